/**
 * With whom images are shared, in v2: a member must accept. Upstream: glance/api/v2/image_members.py,
 * glance/api/authorization.py (ImageMemberRepoProxy), glance/db/__init__.py at 2014.2.
 */
import { HttpFault, respond } from "../../../../http/index.js";
import type { Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  AttributeError,
  isObject,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import type { ImageMember, ImageRow } from "../../database.js";
import { Duplicate, Forbidden, ImageMemberLimitExceeded, NotFound } from "../../exception.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";
import { asFaults } from "./faults.js";
import { liveImage } from "./image.js";

const MEMBERS = "/v2/images/{id}/members";
const ONE = `${MEMBERS}/{member}`;

const body = (row: Row<ImageMember>): JsonObject => ({
  member_id: row.member,
  image_id: row.image_id,
  status: row.status,
  created_at: `${row.created_at.slice(0, 19)}Z`,
  updated_at: `${(row.updated_at ?? row.created_at).slice(0, 19)}Z`,
  schema: "/v2/schemas/member",
});

/** An image that can have members. @throws NotFound, Forbidden */
function imageOf(app: GlanceApp, ctxt: ImageContext, id: string): ImageRow {
  const { row } = liveImage(app, ctxt, id);
  // Whoever may change a public image is told; anybody else is asked about the member first.
  if (row.is_public && owns(ctxt, row)) {
    throw new Forbidden({}, "Public images do not have members.");
  }
  return row;
}

const owns = ({ is_admin, owner }: ImageContext, image: ImageRow): boolean =>
  is_admin || image.owner === owner;

/** A member's row, for the owner and the member itself. @throws NotFound, Forbidden */
function memberOf(
  app: GlanceApp,
  ctxt: ImageContext,
  image: ImageRow,
  member: string,
): Row<ImageMember> {
  if (!owns(ctxt, image) && ctxt.owner !== member) {
    throw new Forbidden({}, `You cannot get image member for ${member}`);
  }
  const [row] = app.images.members(ctxt, { image_id: image.uuid, member });
  if (row === undefined) throw new NotFound();
  return row;
}

function* listed(app: GlanceApp, ctxt: ImageContext, id: string): Op<Row<ImageMember>[]> {
  const image = imageOf(app, ctxt, id);
  const all = app.images.members(ctxt, { image_id: id });
  if (owns(ctxt, image)) return all;
  const own = all.filter(({ member }) => member === ctxt.owner);
  if (own.length > 0) return own;
  throw new Forbidden({}, `You cannot get image member for ${id}`);
}

function* added(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  member: string,
): Op<Row<ImageMember>> {
  const image = imageOf(app, ctxt, id);
  const { members } = app.database;
  if (!owns(ctxt, image)) {
    throw new Forbidden({}, "You are not permitted to create image members for the image.");
  }
  const maximum = app.flags.image_member_quota;
  const attempted = members.find({ image_id: id }).length + 1;
  if (maximum >= 0 && attempted > maximum) {
    throw new ImageMemberLimitExceeded({ attempted, maximum });
  }
  if (members.first({ image_id: id, member }) !== undefined) {
    throw new Duplicate({}, `The target member ${member} is already associated with image ${id}.`);
  }
  return members.insert({ image_id: id, member, can_share: false, status: "pending" });
}

function* shown(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  member: string,
): Op<Row<ImageMember>> {
  return memberOf(app, ctxt, imageOf(app, ctxt, id), member);
}

/** Only the member itself can accept or reject. */
function* answered(
  app: GlanceApp,
  ctxt: ImageContext,
  [id, member]: readonly [string, string],
  status: Json,
): Op<Row<ImageMember>> {
  const row = memberOf(app, ctxt, imageOf(app, ctxt, id), member);
  if (!ctxt.is_admin && ctxt.owner !== member) {
    throw new Forbidden({}, "You are not permitted to modify 'status' on this image member.");
  }
  if (status !== "pending" && status !== "accepted" && status !== "rejected") {
    throw new HttpFault(400, 'Status must be "pending", "accepted" or "rejected".');
  }
  return app.database.members.touch(row.id, { status }) ?? row;
}

function* removed(app: GlanceApp, ctxt: ImageContext, id: string, member: string): Op<void> {
  const image = imageOf(app, ctxt, id);
  const row = memberOf(app, ctxt, image, member);
  if (!owns(ctxt, image)) {
    throw new Forbidden({}, `You cannot delete image member for ${id}`);
  }
  app.database.members.softDelete(row.id);
}

export const v2MemberRoutes = [
  route("GET", MEMBERS, "get_members", function* ({ app, ctxt, params: { id } }) {
    const rows = yield* asFaults(listed(app, ctxt, id));
    return respond(200, { members: rows.map(body), schema: "/v2/schemas/members" });
  }),
  route("POST", MEMBERS, "add_member", function* ({ app, ctxt, request, params: { id } }) {
    const asked = bodyOf(request.body);
    if (!("member" in asked)) throw new HttpFault(400, "Member to be added not specified");
    const member = asked["member"] ?? null;
    if (!member) throw new HttpFault(400, "Member can't be empty");
    return respond(200, body(yield* asFaults(added(app, ctxt, id, str(member)))));
  }),
  route("GET", ONE, "get_member", function* ({ app, ctxt, params: { id, member } }) {
    const row = yield* asFaults(shown(app, ctxt, id, member), (error) =>
      error instanceof Forbidden ? new HttpFault(404, error.message) : error,
    );
    return respond(200, body(row));
  }),
  route("PUT", ONE, "modify_member", function* ({ app, ctxt, request, params: { id, member } }) {
    const asked = bodyOf(request.body);
    if (!("status" in asked)) throw new HttpFault(400, "Status not specified");
    const change = answered(app, ctxt, [id, member], asked["status"] ?? null);
    return respond(200, body(yield* asFaults(change)));
  }),
  route("DELETE", ONE, "delete_member", function* ({ app, ctxt, params: { id, member } }) {
    yield* asFaults(removed(app, ctxt, id, member));
    return respond(204);
  }),
];

function bodyOf(given: Json): JsonObject {
  if (given === null) throw new HttpFault(400, "Body expected in request.");
  if (isObject(given)) return given;
  throw new AttributeError("body is no dictionary");
}
