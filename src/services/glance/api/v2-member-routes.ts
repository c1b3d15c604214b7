/** With whom images are shared, in v2: a member must accept. Upstream: glance/api/v2/image_members.py. */
import { HttpFault, respond } from "../../../http/index.js";
import type { Row } from "../../../framework/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import type { ImageMember } from "../database.js";
import type { GlanceApp } from "./app.js";
import { route } from "./policy.js";

const MEMBERS = "/v2/images/{id}/members";

const body = (row: Row<ImageMember>): JsonObject => ({
  member_id: row.member,
  image_id: row.image_id,
  status: row.status,
  created_at: `${row.created_at.slice(0, 19)}Z`,
  updated_at: `${(row.updated_at ?? row.created_at).slice(0, 19)}Z`,
  schema: "/v2/schemas/member",
});

function memberOf(
  { database: { members } }: GlanceApp,
  image_id: string,
  member: string,
): Row<ImageMember> {
  const row = members.first({ image_id, member });
  if (row === undefined) throw new HttpFault(404, `${member} not found in the member list`);
  return row;
}

export const v2MemberRoutes = [
  route("GET", MEMBERS, "get_members", function* ({ app, ctxt, params: { id } }) {
    const image = app.images.get(ctxt, id);
    const all = app.database.members.find({ image_id: id });
    // A member sees itself only.
    const owns = ctxt.is_admin || image.owner === ctxt.owner;
    const shown = owns ? all : all.filter(({ member }) => member === ctxt.owner);
    return respond(200, { members: shown.map(body), schema: "/v2/schemas/members" });
  }),
  route("POST", MEMBERS, "add_member", function* ({ app, ctxt, request, params: { id } }) {
    app.images.getMutable(ctxt, id);
    const member = isObject(request.body) ? request.body["member"] : undefined;
    if (typeof member !== "string" || member === "") {
      throw new HttpFault(400, "Member to be added not specified");
    }
    if (app.database.members.first({ image_id: id, member }) !== undefined) {
      throw new HttpFault(409, `Member ${member} is duplicated for image ${id}`);
    }
    const row = app.database.members.insert({
      image_id: id,
      member,
      can_share: false,
      status: "pending",
    });
    return respond(200, body(row));
  }),
  route(
    "GET",
    `${MEMBERS}/{member}`,
    "get_member",
    function* ({ app, ctxt, params: { id, member } }) {
      app.images.get(ctxt, id);
      return respond(200, body(memberOf(app, id, member)));
    },
  ),
  // Only the member itself can accept or reject.
  route(
    "PUT",
    `${MEMBERS}/{member}`,
    "modify_member",
    function* ({ app, ctxt, request, params: { id, member } }) {
      app.images.get(ctxt, id);
      const row = memberOf(app, id, member);
      if (!ctxt.is_admin && ctxt.owner !== member) {
        throw new HttpFault(403, "You may not change the status of another member");
      }
      const status = isObject(request.body) ? request.body["status"] : undefined;
      if (status !== "pending" && status !== "accepted" && status !== "rejected") {
        throw new HttpFault(400, "Status must be one of pending, accepted, rejected");
      }
      return respond(
        200,
        body(app.database.members.update(row.id, { status }) as Row<ImageMember>),
      );
    },
  ),
  route(
    "DELETE",
    `${MEMBERS}/{member}`,
    "delete_member",
    function* ({ app, ctxt, params: { id, member } }) {
      app.images.getMutable(ctxt, id);
      app.database.members.softDelete(memberOf(app, id, member).id);
      return respond(204);
    },
  ),
];
