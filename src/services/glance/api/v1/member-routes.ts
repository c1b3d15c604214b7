/**
 * With whom images are shared, in v1: what may be is the registry's business, but how many, and that
 * whoever may not finds nothing. Upstream: glance/api/v1/members.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, type Json } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import { Forbidden, ImageMemberLimitExceeded, Invalid, NotFound } from "../../exception.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";
import { imageOr404 } from "./images.js";

const MEMBERS = "/v1/images/{id}/members";
const ONE = `${MEMBERS}/{member}`;

const pathOf = (id: string, member?: string): string =>
  `/images/${encodeURIComponent(id)}/members` +
  (member === undefined ? "" : `/${encodeURIComponent(member)}`);

/** @throws HttpFault 404 */
function* live(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  const { status } = yield* imageOr404(app, ctxt, id);
  if (status !== "deleted") return;
  throw new HttpFault(404, `Image with identifier ${id} has been deleted.`);
}

/** A refusal by the registry is a 404 here. */
function* asked<T>(op: Op<T>): Op<T> {
  try {
    return yield* op;
  } catch (error) {
    if (error instanceof Invalid) throw new HttpFault(400, error.message);
    const hidden = error instanceof NotFound || error instanceof Forbidden;
    throw hidden ? new HttpFault(404, error.message) : error;
  }
}

/** @throws HttpFault 413 */
function checkQuota({ flags }: GlanceApp, attempted: number): void {
  const maximum = flags.image_member_quota;
  if (maximum < 0 || attempted <= maximum) return;
  throw new HttpFault(413, new ImageMemberLimitExceeded({ attempted, maximum }).message);
}

export const v1MemberRoutes = [
  route("GET", MEMBERS, "get_members", function* ({ app, ctxt, params: { id } }) {
    yield* live(app, ctxt, id);
    const { body } = yield* asked(app.registry.ask(ctxt, "GET", pathOf(id)));
    return respond(200, body);
  }),
  route("PUT", MEMBERS, "modify_member", function* ({ app, ctxt, request, params: { id } }) {
    yield* live(app, ctxt, id);
    const wanted = isObject(request.body) ? request.body["memberships"] : undefined;
    if (Array.isArray(wanted)) checkQuota(app, wanted.length);
    yield* asked(app.registry.ask(ctxt, "PUT", pathOf(id), request.body));
    return respond(204);
  }),
  route("PUT", ONE, "modify_member", function* ({ app, ctxt, request, params: { id, member } }) {
    yield* live(app, ctxt, id);
    const { body } = yield* asked(app.registry.ask(ctxt, "GET", pathOf(id)));
    checkQuota(app, (body as unknown as { members: readonly unknown[] }).members.length + 1);
    const told = canShareIn(request.body);
    const sent = told === undefined ? undefined : { member: { can_share: told } };
    yield* asked(app.registry.ask(ctxt, "PUT", pathOf(id, member), sent));
    return respond(204);
  }),
  route("GET", ONE, null, function* ({ request: { method } }) {
    throw new HttpFault(405, `The method ${method} is not allowed for this resource. `);
  }),
  route("DELETE", ONE, "delete_member", function* ({ app, ctxt, params: { id, member } }) {
    yield* live(app, ctxt, id);
    yield* asked(app.registry.ask(ctxt, "DELETE", pathOf(id, member)));
    return respond(204);
  }),
  route("GET", "/v1/shared-images/{member}", null, function* ({ app, ctxt, params: { member } }) {
    const path = `/shared-images/${encodeURIComponent(member)}`;
    const { body } = yield* asked(app.registry.ask(ctxt, "GET", path));
    return respond(200, body);
  }),
];

function canShareIn(body: Json): boolean | undefined {
  const member = isObject(body) ? body["member"] : undefined;
  return isObject(member) && "can_share" in member ? Boolean(member["can_share"]) : undefined;
}
