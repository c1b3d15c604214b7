/** nova-console: proxies for the consoles of Xen's guests. Upstream: nova/cmd/console.py at 2014.2. */
import {
  Service,
  contextSerializer,
  serve,
  type Env,
  type Process,
} from "../../../framework/index.js";
import type { NovaDatabase } from "../db/database.js";
import { DatabaseServiceGroup } from "../servicegroup.js";
import { ConsoleProxyManager } from "./manager.js";
import { consoleApi } from "./rpcapi.js";

/** A nova-console that has yet to be started. */
export function novaConsole(env: Env, database: NovaDatabase): Process {
  return serve(
    env,
    (around) =>
      new Service(around, {
        topic: consoleApi.topic,
        manager: new ConsoleProxyManager(around, database),
        serializer: contextSerializer,
        group: new DatabaseServiceGroup(database, around.flags),
      }),
  );
}
