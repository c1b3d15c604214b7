/**
 * `GET /servers` and `/servers/detail`: filters, order, pages. Upstream:
 * nova/api/openstack/compute/servers.py (_get_servers), nova/compute/api.py (get_all) at 2014.2;
 * nova §5.4.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, type HttpResponse, type Query, respond } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { strictBoolean, type Json } from "../../../../../python/index.js";
import { type InstanceFilters, listInstances } from "../../../db/instance-list.js";
import { InvalidInput, MarkerNotFound } from "../../../exception.js";
import type { Instance } from "../../../objects/instance.js";
import { enforce } from "../../policy.js";
import { statesOf } from "../../../status.js";
import type { NovaApp } from "../../app.js";
import { badRequest, pageOf } from "../../input.js";
import { type NovaCall, type NovaRoute, route } from "../../route.js";
import { nextLinks } from "../../views/links.js";
import { briefServer, fullServer } from "../../views/server-view.js";

/** What users may filter by; administrators may filter by any column. */
const USER_FILTERS = [
  "reservation_id",
  "name",
  "status",
  "image",
  "flavor",
  "ip",
  "changes-since",
  "all_tenants",
];
/** Names of filters whose columns are called otherwise. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ["image", "image_ref"],
  ["tenant_id", "project_id"],
]);
const NOT_COLUMNS = ["name", "status", "flavor", "ip", "changes-since", "all_tenants", "deleted"];
const PAGING = ["limit", "marker", "sort_key", "sort_dir"];

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
  return instances.map((instance) => fullServer(app, ctxt, instance, groups.get(instance.uuid)));
}

function* list({ app, ctxt, request }: NovaCall, view: View): Op<HttpResponse> {
  const { query, path } = request;
  const { limit, marker } = pageOf(query, app.flags.osapi_max_limit);
  const filters = filtersOf(app, ctxt, query);
  const instances = filters === undefined ? [] : pageOfInstances(app, filters, marker, limit);
  const servers = yield* view(app, ctxt, instances);
  const ids = instances.map(({ uuid }) => ({ id: uuid }));
  const links = query.get("limit") === undefined && ids.length < limit;
  return respond(200, {
    servers,
    ...(!links && nextLinks("servers", `${app.base}${path}`, query, ids, limit)),
  });
}

function pageOfInstances(
  app: NovaApp,
  filters: InstanceFilters,
  marker: string | undefined,
  limit: number,
): Instance[] {
  try {
    return listInstances(app.db, app.store, filters, marker, limit);
  } catch (error) {
    if (!(error instanceof MarkerNotFound)) throw error;
    throw badRequest(`marker [${String(marker)}] not found`);
  }
}

/** undefined: nothing can match. @throws HttpFault, InvalidInput */
function filtersOf(app: NovaApp, ctxt: RequestContext, query: Query): InstanceFilters | undefined {
  const given = new Map<string, string>();
  for (const name of query.names()) {
    if (PAGING.includes(name) || !(ctxt.is_admin || USER_FILTERS.includes(name))) continue;
    given.set(name, query.get(name) ?? "");
  }
  const states = statesFilter(query.getAll("status"));
  if (states === undefined) return undefined;
  const changesSince = moment(app, given.get("changes-since"));
  const onlyDeleted = states.vm_state?.join() === "deleted";
  if (onlyDeleted && !ctxt.is_admin) {
    throw new HttpFault(403, "Only administrators may list deleted instances");
  }
  return {
    ...states,
    ...(changesSince !== undefined && { changesSince }),
    deleted: onlyDeleted ? true : deletedFilter(given.get("deleted"), changesSince),
    projectId: projectFilter(ctxt, given),
    name: given.get("name"),
    flavorid: given.get("flavor"),
    ip: given.get("ip"),
    columns: columnsOf(given),
  };
}

function statesFilter(
  statuses: readonly string[],
): Pick<InstanceFilters, "vm_state" | "task_state"> | undefined {
  if (statuses.length === 0) return {};
  const all = statuses.map(statesOf);
  const vm_state = [...new Set(all.flatMap(({ vm_states }) => vm_states))];
  if (vm_state.length === 0) return undefined;
  const anyTask = all.some(({ task_states }) => task_states.length === 0);
  return {
    vm_state,
    ...(!anyTask && { task_state: all.flatMap(({ task_states }) => task_states) }),
  };
}

function moment(app: NovaApp, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const at = app.env.kernel.calendar.parse(text);
  if (Number.isNaN(at)) throw badRequest("Invalid changes-since value");
  return at;
}

/** Deleted ones are listed when asked for, or as changes; undefined: both kinds. */
function deletedFilter(
  filter: string | undefined,
  changesSince: number | undefined,
): boolean | undefined {
  if (filter !== undefined) return strictBoolean(filter) ?? false;
  return changesSince === undefined ? false : undefined;
}

/** The caller's own project, unless an administrator asks for all or for another. */
function projectFilter(
  ctxt: RequestContext,
  given: ReadonlyMap<string, string>,
): string | undefined {
  const own = ctxt.project_id ?? "";
  const filter = given.get("all_tenants");
  let all = false;
  if (filter !== undefined) {
    const value = filter === "" ? true : strictBoolean(filter);
    if (value === undefined) throw new InvalidInput({ reason: `Unrecognized value '${filter}'` });
    all = value;
  } else if (given.has("tenant_id")) {
    all = given.get("tenant_id") !== own;
  }
  if (!all) return own;
  enforce(ctxt, "compute:get_all_tenants");
  // Whatever the policy says, the database shows users nothing but their own.
  return ctxt.is_admin ? undefined : own;
}

function columnsOf(given: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const columns = [...given].filter(([name]) => !NOT_COLUMNS.includes(name));
  return Object.fromEntries(columns.map(([name, value]) => [COLUMNS.get(name) ?? name, value]));
}
