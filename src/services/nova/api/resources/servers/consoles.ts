/**
 * The consoles of a server that nova-console keeps: who wants one is answered before anybody has made it. Nobody looks whose they are.
 * Upstream: nova/api/openstack/compute/consoles.py, nova/console/api.py, nova/db/sqlalchemy/api.py (console_get) at 2014.2.
 */
import type { Row } from "../../../../../framework/index.js";
import { respond } from "../../../../../http/index.js";
import { PythonTypeError, ValueError } from "../../../../../python/index.js";
import type { ConsolePoolRow, ConsoleRow } from "../../../db/operations/rows.js";
import type { NovaApp } from "../../app.js";
import { plainFault } from "../../faults.js";
import { integerIn } from "../../input.js";
import { route, type NovaCall, type NovaRoute } from "../../route.js";
import { findServer } from "./look-up.js";

const LIST = "/servers/{server_id}/consoles";
const ITEM = "/servers/{server_id}/consoles/{id}";

export const consoleRoutes: readonly NovaRoute[] = [
  // Of whatever server, also of one that is not there.
  route("GET", LIST, null, function* ({ app, params: { server_id: instance_uuid } }) {
    const own = app.db.consoles.find({ instance_uuid });
    const consoles = own.map((one) => ({
      console: { id: one.id, console_type: poolOf(app, one).console_type },
    }));
    return respond(200, { consoles });
  }),
  route("POST", LIST, null, function* ({ app, ctxt, params: { server_id } }) {
    const instance = findServer(app, ctxt, server_id, plainFault(404).message);
    const { host } = instance;
    const compute = host === null ? app.computeRpc : app.computeRpc.prepare({ server: host });
    const topic = yield* compute.get_console_topic(ctxt, {});
    // `console.<host>`: what is behind the point is the server.
    const server = topic.slice(topic.indexOf(".") + 1);
    yield* app.console.prepare({ server }).add_console(ctxt, { instance_id: instance.id });
    return respond(200);
  }),
  route("GET", ITEM, null, function* (call) {
    const found = consoleOf(call);
    const { console_type, public_hostname: host } = poolOf(call.app, found);
    const { id, password, instance_name, port } = found;
    return respond(200, { console: { id, console_type, password, instance_name, port, host } });
  }),
  route("DELETE", ITEM, null, function* (call) {
    const { app, ctxt } = call;
    const found = consoleOf(call);
    const { host: server } = poolOf(app, found);
    yield* app.console.prepare({ server }).remove_console(ctxt, { console_id: found.id });
    return respond(202);
  }),
];

/** @throws HttpFault 404; ValueError for what is no number */
function consoleOf({ app, params }: NovaCall<"server_id" | "id">): Row<ConsoleRow> {
  const id = integerIn(params.id);
  if (id === undefined) {
    throw new ValueError(`invalid literal for int() with base 10: '${params.id}'`);
  }
  const found = app.db.consoles.get(id);
  if (found?.instance_uuid !== params.server_id) throw plainFault(404);
  return found;
}

/** @throws PythonTypeError: without a pool there is None */
function poolOf({ db }: NovaApp, { pool_id }: ConsoleRow): Row<ConsolePoolRow> {
  const pool = db.console_pools.get(pool_id);
  if (pool !== undefined) return pool;
  throw new PythonTypeError("'NoneType' object has no attribute '__getitem__'");
}
