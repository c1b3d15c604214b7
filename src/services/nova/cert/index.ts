/** nova-cert: makes X.509 certificates for users. Upstream: nova/cmd/cert.py at 2014.2. */
import {
  Service,
  contextSerializer,
  serve,
  type Env,
  type Process,
} from "../../../framework/index.js";
import type { AuthorityFiles } from "../crypto/authority.js";
import type { NovaDatabase } from "../db/database.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { CertManager } from "./manager.js";
import { certApi } from "./rpcapi.js";

/** A nova-cert that has yet to be started. */
export function novaCert(env: Env, database: NovaDatabase, files: AuthorityFiles): Process {
  return serve(
    env,
    (around) =>
      new Service(around, {
        topic: certApi.topic,
        manager: new CertManager(around, database, files),
        serializer: contextSerializer,
        group: new DatabaseServiceGroup(database, around.flags),
      }),
  );
}
