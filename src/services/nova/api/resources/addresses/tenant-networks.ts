/**
 * Networks once more, for everybody. With Neutron they are listed, with the text `None` for their addresses, and none is made or
 * deleted. Upstream: contrib/os_tenant_networks.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../../http/index.js";
import {
  asDict,
  dictOrder,
  get,
  ipNetworkOf,
  item,
  KeyError,
  NotImplementedException,
  firstOf,
  lastOf,
  repr,
  str,
  truth,
  type JsonObject,
} from "../../../../../python/index.js";
import { NetworkNotFound } from "../../../exception.js";
import { badRequest, unprocessable } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";

const RULE = "compute_extension:os-tenant-networks";
const LIST = "/os-tenant-networks";
const ITEM = "/os-tenant-networks/{id}";

/** The attributes of a record of Python's logging. */
const RECORD: ReadonlySet<string> = new Set([
  ...["name", "msg", "args", "levelname", "levelno", "pathname", "filename", "module", "exc_info"],
  ...["exc_text", "lineno", "funcName", "created", "msecs", "relativeCreated", "thread"],
  ...["threadName", "processName", "process", "message", "asctime"],
]);

export const tenantNetworkRoutes: readonly NovaRoute[] = [
  route("GET", LIST, RULE, function* ({ app, ctxt }) {
    return respond(200, { networks: (yield* app.network.get_all(ctxt)).map(view) });
  }),
  route("GET", ITEM, RULE, function* ({ app, ctxt, params: { id } }) {
    try {
      return respond(200, { network: view(yield* app.network.get(ctxt, id)) });
    } catch (error) {
      throw error instanceof NetworkNotFound ? new HttpFault(404, "Network not found") : error;
    }
  }),
  route("POST", LIST, RULE, function* ({ app, request: { body } }) {
    if (!truth(body)) throw unprocessable();
    const network = item(body, "network");
    const cidr = get(network, "cidr");
    const cidr_v6 = get(network, "cidr_v6");
    item(network, "label");
    if (!truth(cidr) && !truth(cidr_v6)) throw badRequest("No CIDR requested");
    if (truth(cidr)) {
      const parsed = ipNetworkOf(cidr);
      if (parsed === undefined) throw badRequest("CIDR is malformed.");
      if (lastOf(parsed) - firstOf(parsed) + 1n < 4n) {
        throw badRequest("Requested network does not contain enough (2+) usable hosts");
      }
    }
    // The error is logged with what was asked for, of which no name may be one of the log's own.
    const taken = dictOrder(Object.keys(asDict(network, "get"))).find((name) => RECORD.has(name));
    if (taken !== undefined)
      throw new KeyError(`"Attempt to overwrite ${repr(taken)} in LogRecord"`);
    app.env.log("error", "Create networks failed");
    throw new HttpFault(503, "Create networks failed");
  }),
  route("DELETE", ITEM, RULE, function* ({ app, params: { id } }) {
    app.env.log("info", `Deleting network with id ${id}`);
    throw new NotImplementedException("");
  }),
];

const view = ({ id = null, name = null, cidr = null }: JsonObject): JsonObject => ({
  id,
  cidr: str(cidr),
  label: name,
});
