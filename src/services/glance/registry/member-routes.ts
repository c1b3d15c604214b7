/** With whom images are shared, in the registry. Upstream: glance/registry/api/v1/members.py. */
import { HttpFault, respond } from "../../../http/index.js";
import { isObject, type Json } from "../../../python/index.js";
import type { ImageMember } from "../database.js";
import { route, type RegistryApp } from "./app.js";

const body = ({ member, can_share }: ImageMember) => ({ member_id: member, can_share });

function share(
  { database: { members } }: RegistryApp,
  image_id: string,
  member: string,
  canShare: boolean | undefined,
): void {
  const known = members.first({ image_id, member });
  if (known === undefined) {
    members.insert({ image_id, member, can_share: canShare ?? false, status: "pending" });
  } else if (canShare !== undefined) members.update(known.id, { can_share: canShare });
}

export const memberRoutes = [
  route("GET", "/images/{id}/members", null, function* ({ app, ctxt, params: { id } }) {
    app.images.get(ctxt, id);
    return respond(200, { members: app.database.members.find({ image_id: id }).map(body) });
  }),
  route("PUT", "/images/{id}/members", null, function* ({ app, ctxt, request, params: { id } }) {
    app.images.getMutable(ctxt, id);
    const asked = isObject(request.body) ? request.body["memberships"] : undefined;
    if (!Array.isArray(asked)) {
      throw new HttpFault(400, "Invalid membership association specified");
    }
    const wanted = new Map<string, boolean>();
    for (const each of asked as readonly Json[]) {
      if (!isObject(each) || typeof each["member_id"] !== "string") {
        throw new HttpFault(400, "Invalid membership association specified");
      }
      wanted.set(each["member_id"], each["can_share"] === true);
    }
    for (const row of app.database.members.find({ image_id: id })) {
      if (!wanted.has(row.member)) app.database.members.softDelete(row.id);
    }
    for (const [member, canShare] of wanted) share(app, id, member, canShare);
    return respond(204);
  }),
  route(
    "PUT",
    "/images/{id}/members/{member}",
    null,
    function* ({ app, ctxt, request, params: { id, member } }) {
      app.images.getMutable(ctxt, id);
      const asked = isObject(request.body) ? request.body["member"] : undefined;
      const canShare = isObject(asked) ? asked["can_share"] === true : undefined;
      share(app, id, member, canShare);
      return respond(204);
    },
  ),
  route(
    "DELETE",
    "/images/{id}/members/{member}",
    null,
    function* ({ app, ctxt, params: { id, member } }) {
      app.images.getMutable(ctxt, id);
      const row = app.database.members.first({ image_id: id, member });
      if (row === undefined) throw new HttpFault(404, "Membership could not be found");
      app.database.members.softDelete(row.id);
      return respond(204);
    },
  ),
  route("GET", "/shared-images/{member}", null, function* ({ app, ctxt, params: { member } }) {
    const shared = app.database.members.find({ member }).filter(({ image_id }) => {
      const image = app.database.images.get(image_id);
      return image !== undefined && app.images.mayBeSeen(ctxt, image);
    });
    const bodies = shared.map(({ image_id, can_share }) => ({ image_id, can_share }));
    return respond(200, { shared_images: bodies });
  }),
];
