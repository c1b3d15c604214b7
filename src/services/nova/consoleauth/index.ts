/** nova-consoleauth: says who may see which console. Upstream: nova/cmd/consoleauth.py at 2014.2. */
import {
  Service,
  contextSerializer,
  serve,
  type Env,
  type Process,
} from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { ConsoleAuthManager } from "./manager.js";
import { consoleauthApi } from "./rpcapi.js";

/** A nova-consoleauth that has yet to be started. */
export function novaConsoleauth(env: Env, database: NovaDatabase): Process {
  return serve(
    env,
    (around) =>
      new Service(around, {
        topic: consoleauthApi.topic,
        manager: new ConsoleAuthManager(around, database),
        serializer: contextSerializer,
        group: new DatabaseServiceGroup(database, around.flags),
      }),
  );
}
