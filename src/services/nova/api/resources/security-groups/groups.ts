/**
 * Security groups by way of the compute API, which asks Neutron; only rules for what comes in are
 * shown. Upstream: contrib/security_groups.py, nova/network/security_group/neutron_driver.py at
 * 2014.2; nova §5.6.
 */
import { HttpFault, respond, type HttpResponse } from "../../../../../http/index.js";
import { caught, type Op } from "../../../../../kernel/index.js";
import {
  get,
  isUuidLike,
  textOf,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import {
  Invalid,
  NoUniqueMatch,
  SecurityGroupLimitExceeded,
  SecurityGroupNotFound,
} from "../../../exception.js";
import { badRequest, limited, shown, unprocessable } from "../../input.js";
import { route, type NovaRoute } from "../../route.js";
import { securityGroupView } from "../../views/security-group-view.js";

const POLICY = "compute_extension:security_groups";

export const securityGroupRoutes: readonly NovaRoute[] = [
  route("GET", "/os-security-groups", POLICY, function* ({ app, ctxt, request: { query } }) {
    const page = limited(yield* app.securityGroups.list(ctxt), query, app.flags.osapi_max_limit);
    const security_groups: JsonObject[] = [];
    for (const group of page) security_groups.push(yield* securityGroupView(app, ctxt, group));
    return respond(200, { security_groups: security_groups.sort(byTenantAndName) });
  }),
  route("POST", "/os-security-groups", POLICY, function* ({ app, ctxt, request: { body } }) {
    const { name, description } = propertiesIn(body);
    const group = yield* translated(app.securityGroups.create(ctxt, name, description));
    return respond(200, { security_group: yield* securityGroupView(app, ctxt, group) });
  }),
  route("GET", "/os-security-groups/{id}", POLICY, function* ({ app, ctxt, params: { id } }) {
    const group = yield* translated(app.securityGroups.show(ctxt, checkedId(id)));
    return respond(200, { security_group: yield* securityGroupView(app, ctxt, group) });
  }),
  route("PUT", "/os-security-groups/{id}", POLICY, function* ({ app, ctxt, params, request }) {
    const id = checkedId(params.id);
    yield* translated(app.securityGroups.show(ctxt, id));
    const { name, description } = propertiesIn(request.body);
    const group = yield* translated(app.securityGroups.update(ctxt, id, name, description));
    return respond(200, { security_group: yield* securityGroupView(app, ctxt, group) });
  }),
  route("DELETE", "/os-security-groups/{id}", POLICY, function* (call): Op<HttpResponse> {
    const { app, ctxt } = call;
    const id = checkedId(call.params.id);
    yield* translated(app.securityGroups.show(ctxt, id));
    yield* translated(app.securityGroups.destroy(ctxt, id));
    return respond(202);
  }),
];

/** `validate_id`. @throws HttpFault 400 */
export function checkedId(id: Json): string {
  if (isUuidLike(shown(id))) return shown(id);
  throw badRequest("Security group id should be uuid");
}

/** `_from_body`, which takes whatever is there. @throws HttpFault 422; AttributeError for a body that is no dictionary */
export function fromBody(body: Json, key: string): Json {
  const member = truth(body) ? get(body, key) : null;
  if (member === null) throw unprocessable();
  return member;
}

/** @throws as `fromBody`; AttributeError for a group that is no dictionary */
function propertiesIn(body: Json): { readonly name: Json; readonly description: Json } {
  const group = fromBody(body, "security_group");
  return { name: get(group, "name"), description: get(group, "description") };
}

/** `translate_exceptions`: what a client is told of what goes wrong behind the API. */
export function* translated<T>(op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof Invalid) throw badRequest(error.message);
    if (error instanceof SecurityGroupNotFound) throw new HttpFault(404, error.message);
    if (error instanceof SecurityGroupLimitExceeded) throw new HttpFault(403, error.message);
    if (error instanceof NoUniqueMatch) throw new HttpFault(409, error.message);
    throw error;
  }
}

export function byTenantAndName(a: JsonObject, b: JsonObject): number {
  const key = (group: JsonObject) => `${textOf(group, "tenant_id")}\0${textOf(group, "name")}`;
  if (key(a) === key(b)) return 0;
  return key(a) < key(b) ? -1 : 1;
}
