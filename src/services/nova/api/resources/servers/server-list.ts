/**
 * `GET /servers` and `/servers/detail`: what the query asks for, in the order in which upstream looks
 * at it. Upstream: nova/api/openstack/compute/servers.py (_get_servers), nova/compute/api.py (get_all,
 * _get_instances_by_filters) at 2014.2; nova §5.4.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, type HttpResponse, type Query, respond } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import {
  dictOrder,
  Exception,
  PythonTypeError,
  str,
  strictBoolean,
  truth,
  unchanging,
  ValueError,
  type Json,
} from "../../../../../python/index.js";
import { flavorByFlavorId } from "../../../db/flavors.js";
import { listInstances, type InstancePage } from "../../../db/instances/instance-list.js";
import { FlavorNotFound, Invalid, InvalidInput, MarkerNotFound } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import { statesOf } from "../../../states/status.js";
import type { NovaApp } from "../../app.js";
import { badRequest, pageOf } from "../../input.js";
import { parseIsotime } from "../../isotime.js";
import { enforce } from "../../policy.js";
import { type NovaCall, type NovaRoute, route } from "../../route.js";
import { nextLinks } from "../../views/links.js";
import { briefServer } from "../../views/server-view.js";
import { shownServers } from "../../views/shown-servers.js";

/** What users may filter by; administrators may filter by anything. */
const USER_FILTERS: readonly string[] = [
  ...["reservation_id", "name", "status", "image", "flavor", "ip", "changes-since", "all_tenants"],
];
/** Names of filters whose columns are called otherwise. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ["image", "image_ref"],
  ["name", "display_name"],
  ["tenant_id", "project_id"],
]);
const TRUTHS = "'0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'";

type Filters = Map<string, Json>;

export const serverListRoutes: readonly NovaRoute[] = [
  route("GET", "/servers", "compute:get_all", (call) => list(call, brief)),
  route("GET", "/servers/detail", "compute:get_all", (call) => list(call, full)),
];

type View = (app: NovaApp, ctxt: RequestContext, instances: Instance[]) => Op<Json[]>;

function* brief(app: NovaApp, ctxt: RequestContext, instances: Instance[]): Op<Json[]> {
  return instances.map((instance) => briefServer(app, ctxt, instance));
}

function* full(app: NovaApp, ctxt: RequestContext, instances: Instance[]): Op<Json[]> {
  if (instances.length === 0) return [];
  const uuids = instances.map(({ uuid }) => uuid);
  const groups = yield* app.securityGroups.get_instances_security_groups_bindings(ctxt, uuids);
  return shownServers(app, ctxt, instances, groups).map((server) => unchanging(server));
}

function* list({ app, ctxt, request }: NovaCall, view: View): Op<HttpResponse> {
  const { query, path } = request;
  const found = yield* asBadRequest(servers(app, ctxt, query));
  if (found === undefined) return respond(200, { servers: [] });
  const { instances, limit } = found;
  if (instances === NO_LIST) {
    if (view === full) throw new ListWithoutFaults("'list' object has no attribute 'fill_faults'");
    return respond(200, { servers: [] });
  }
  const ids = instances.map(({ uuid }) => ({ id: uuid }));
  return respond(200, {
    servers: yield* view(app, ctxt, instances),
    ...nextLinks("servers", `${app.base}${path}`, query, ids, limit),
  });
}

/** What both kinds of list answer to an `Invalid`. */
function* asBadRequest<T>(op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    throw error instanceof Invalid ? badRequest(error.message) : error;
  }
}

/** A filter that cannot be read gives a plain list in the place of an InstanceList. */
const NO_LIST: Instance[] = [];

class ListWithoutFaults extends Exception {
  override readonly name = "AttributeError";
}

class IndexError extends Exception {
  override readonly name = "IndexError";
}

interface Found {
  readonly instances: Instance[];
  readonly limit: number;
}

/** undefined: nothing else was looked at. @throws HttpFault, InvalidInput */
function* servers(app: NovaApp, ctxt: RequestContext, query: Query): Op<Found | undefined> {
  const search = searchOptions(ctxt, query);
  if (!addStates(search, query)) return undefined;
  addTimes(app, search);
  if (!addDeleted(ctxt, search)) search.set("deleted", false);
  addTenant(ctxt, search);
  const page = pageOf(query, app.flags.osapi_max_limit);
  try {
    return { instances: yield* all(app, ctxt, search, page), limit: page.limit };
  } catch (error) {
    if (error instanceof MarkerNotFound) {
      throw badRequest(`marker [${String(page.marker)}] not found`);
    }
    if (error instanceof FlavorNotFound) return { instances: [], limit: page.limit };
    throw error;
  }
}

function searchOptions(ctxt: RequestContext, query: Query): Filters {
  const names = query.names().filter((name) => ctxt.is_admin || USER_FILTERS.includes(name));
  const search: Filters = new Map(names.map((name) => [name, query.get(name) ?? ""]));
  search.delete("status");
  return search;
}

/** Any of several statuses. @returns false if none of them is one */
function addStates(search: Filters, query: Query): boolean {
  const statuses = query.getAll("status");
  if (statuses.length === 0) return true;
  const { vm_states, task_states } = statesOf(statuses);
  if (vm_states.length === 0) return false;
  search.set("vm_state", vm_states);
  if (task_states !== "any") search.set("task_state", task_states);
  return true;
}

function addTimes({ env }: NovaApp, search: Filters): void {
  const since = search.get("changes-since");
  if (typeof since !== "string") return;
  try {
    search.set("changes-since", parseIsotime(env.kernel.calendar, since));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw badRequest("Invalid changes-since value");
  }
}

/** @returns whether deleted ones are spoken of: by a filter, or because changes are asked for */
function addDeleted(ctxt: RequestContext, search: Filters): boolean {
  const states = search.get("vm_state");
  const onlyDeleted = Array.isArray(states) && states.length === 1 && states[0] === "deleted";
  if (onlyDeleted) {
    if (!ctxt.is_admin) {
      throw new HttpFault(403, "Only administrators may list deleted instances");
    }
    search.set("deleted", true);
  }
  return search.has("deleted") || search.has("changes-since");
}

/** The caller's own project, unless all are asked for. */
function addTenant(ctxt: RequestContext, search: Filters): void {
  const asked = search.get("all_tenants");
  if (typeof asked === "string" && asked !== "") {
    const wanted = strictBoolean(asked);
    if (wanted === undefined) {
      throw new InvalidInput({}, `Unrecognized value '${asked}', acceptable values are: ${TRUTHS}`);
    }
    if (!wanted) search.delete("all_tenants");
  }
  if (search.has("all_tenants")) {
    enforce(ctxt, "compute:get_all_tenants");
    search.delete("all_tenants");
  } else search.set("project_id", ctxt.project_id);
}

/** `API.get_all`: filters under the names that the database knows. */
function* all(
  app: NovaApp,
  ctxt: RequestContext,
  search: Filters,
  page: InstancePage,
): Op<Instance[]> {
  const filters: Filters = new Map();
  // Two options may mean the same column; then the one counts that Python's dictionary lists last.
  for (const option of dictOrder([...search.keys()])) {
    const value = search.get(option) ?? null;
    if (option === "flavor") {
      const { id } = flavorByFlavorId(app.db, app.store, ctxt, str(value));
      filters.set("instance_type_id", id);
    } else if (option === "fixed_ip") {
      filters.set("ip", `^${str(value).replaceAll(".", "\\.")}$`);
    } else if (option === "metadata" || option === "system_metadata") {
      const read = loads(str(value));
      if (read === undefined) return NO_LIST;
      filters.set(option, read);
    } else filters.set(COLUMNS.get(option) ?? option, value);
  }
  if (filters.has("ip") || filters.has("ip6")) {
    const uuids = yield* app.network.get_instance_uuids_by_ip_filter(ctxt, ipOf(filters));
    filters.set("uuid", uuids);
  }
  return listInstances(app.db, app.snapshots, ctxt, filters, page);
}

/** What Neutron's API class reads of the filters: it knows no `ip6`. */
function ipOf(filters: Filters): string {
  const ip = filters.get("ip");
  if (typeof ip !== "string") {
    throw new PythonTypeError("'NoneType' object has no attribute '__getitem__'");
  }
  if (!truth(ip)) throw new IndexError("string index out of range");
  return ip;
}

function loads(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
