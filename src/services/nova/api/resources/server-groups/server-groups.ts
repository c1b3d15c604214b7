/**
 * Server groups. Nobody looks whose a group is that is shown or deleted by its id: Juno's defect. Upstream:
 * contrib/server_groups.py, nova/objects/instance_group.py, nova/db/sqlalchemy/api.py (instance_group_*) at 2014.2.
 */
import type { RequestContext } from "../../../../../framework/index.js";
import { HttpFault, respond } from "../../../../../http/index.js";
import type { JsonObject } from "../../../../../python/index.js";
import {
  createGroup,
  deleteGroup,
  groupByUuid,
  groupsOf,
} from "../../../db/instances/instance-groups.js";
import { rowsByFilters } from "../../../db/instances/instances.js";
import { commitReservations } from "../../../db/quota/reservations.js";
import { InstanceGroupNotFound, OverQuota } from "../../../exception.js";
import type { InstanceGroup } from "../../../objects/instance-group.js";
import type { NovaApp } from "../../app.js";
import { limited } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { groupIn } from "./new-group.js";

const LIST = "/os-server-groups";
const ITEM = "/os-server-groups/{id}";
const RULE = "compute_extension:server_groups";

export const serverGroupRoutes: readonly NovaRoute[] = [
  route("GET", LIST, RULE, function* ({ app, ctxt, request: { query } }) {
    const all = query.get("all_projects") !== undefined && ctxt.is_admin;
    const groups = groupsOf(app.db, app.store, all ? undefined : (ctxt.project_id ?? ""));
    const page = limited(groups, query, app.flags.osapi_max_limit);
    return respond(200, { server_groups: page.map((group) => view(app, ctxt, group)) });
  }),
  route("POST", LIST, RULE, function* ({ app, ctxt, request: { body } }) {
    const { name, policies } = groupIn(body);
    const owner = { project_id: ctxt.project_id ?? "", user_id: ctxt.user_id ?? "" };
    const reservations = reserved(app, owner);
    const uuid = app.env.stream("server group").uuid();
    const group = createGroup(app.db, app.store, { ...owner, uuid, name, policies });
    commitReservations(app.db, reservations);
    return respond(200, { server_group: view(app, ctxt, group) });
  }),
  route("GET", ITEM, RULE, function* ({ app, ctxt, params: { id } }) {
    return respond(200, { server_group: view(app, ctxt, found(app, id)) });
  }),
  route("DELETE", ITEM, RULE, function* ({ app, params: { id } }) {
    const { project_id, user_id, uuid } = found(app, id);
    // To whoever made it, whoever deletes it.
    const reservations = app.quotas.reserve({ project_id, user_id }, { server_groups: -1 });
    deleteGroup(app.db, uuid);
    commitReservations(app.db, reservations);
    return respond(204);
  }),
];

/** @throws HttpFault 403 */
function reserved(
  { quotas }: NovaApp,
  owner: { readonly project_id: string; readonly user_id: string },
): string[] {
  try {
    return quotas.reserve(owner, { server_groups: 1 });
  } catch (error) {
    if (!(error instanceof OverQuota)) throw error;
    throw new HttpFault(403, "Quota exceeded, too many server groups.");
  }
}

/** @throws HttpFault 404 */
function found({ db, store }: NovaApp, id: string): InstanceGroup {
  try {
    return groupByUuid(db, store, id);
  } catch (error) {
    if (!(error instanceof InstanceGroupNotFound)) throw error;
    throw new HttpFault(404, error.message);
  }
}

/** With those of its members that are there still and that the caller may see, newest first. */
function view({ db }: NovaApp, ctxt: RequestContext, group: InstanceGroup): JsonObject {
  const { uuid: id, name, policies, members } = group;
  const live = rowsByFilters(db, ctxt, { uuid: members, deleted: false });
  const own = ctxt.is_admin
    ? live
    : live.filter(({ project_id }) => project_id === ctxt.project_id);
  return { id, name, policies, metadata: {}, members: own.map(({ uuid }) => uuid) };
}
