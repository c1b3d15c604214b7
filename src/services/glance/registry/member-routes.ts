/** With whom images are shared, in the registry. Upstream: glance/registry/api/v1/members.py. */
import { HttpFault, respond, type Route } from "../../../http/index.js";
import type { Json } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { GlanceDatabase, ImageMember } from "../database.js";
import type { Images } from "../images.js";
import { isObject } from "../json.js";

export function registryMemberRoutes(
  database: GlanceDatabase,
  images: Images,
): Route<ImageContext>[] {
  const { members } = database;

  const body = ({ member, can_share }: ImageMember) => ({ member_id: member, can_share });

  function share(image_id: string, member: string, canShare: boolean | undefined): void {
    const known = members.first({ image_id, member });
    if (known === undefined) {
      members.insert({ image_id, member, can_share: canShare ?? false, status: "pending" });
    } else if (canShare !== undefined) members.update(known.id, { can_share: canShare });
  }

  return [
    {
      method: "GET",
      path: "/images/{id}/members",
      *handler(ctxt, _request, { id = "" }) {
        images.get(ctxt, id);
        return respond(200, { members: members.find({ image_id: id }).map(body) });
      },
    },
    {
      method: "PUT",
      path: "/images/{id}/members",
      *handler(ctxt, request, { id = "" }) {
        images.getMutable(ctxt, id);
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
        for (const row of members.find({ image_id: id })) {
          if (!wanted.has(row.member)) members.softDelete(row.id);
        }
        for (const [member, canShare] of wanted) share(id, member, canShare);
        return respond(204);
      },
    },
    {
      method: "PUT",
      path: "/images/{id}/members/{member}",
      *handler(ctxt, request, { id = "", member = "" }) {
        images.getMutable(ctxt, id);
        const asked = isObject(request.body) ? request.body["member"] : undefined;
        const canShare = isObject(asked) ? asked["can_share"] === true : undefined;
        share(id, member, canShare);
        return respond(204);
      },
    },
    {
      method: "DELETE",
      path: "/images/{id}/members/{member}",
      *handler(ctxt, _request, { id = "", member = "" }) {
        images.getMutable(ctxt, id);
        const row = members.first({ image_id: id, member });
        if (row === undefined) throw new HttpFault(404, "Membership could not be found");
        members.softDelete(row.id);
        return respond(204);
      },
    },
    {
      method: "GET",
      path: "/shared-images/{member}",
      *handler(ctxt, _request, { member = "" }) {
        const shared = members.find({ member }).filter(({ image_id }) => {
          const image = database.images.get(image_id);
          return image !== undefined && images.mayBeSeen(ctxt, image);
        });
        const bodies = shared.map(({ image_id, can_share }) => ({ image_id, can_share }));
        return respond(200, { shared_images: bodies });
      },
    },
  ];
}
