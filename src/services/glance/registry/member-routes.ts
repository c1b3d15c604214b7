/** With whom images are shared, in the registry. Upstream: glance/registry/api/v1/members.py at 2014.2. */
import { HttpFault, respond } from "../../../http/index.js";
import { isObject, PythonTypeError, repr, str, type Json } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { ImageMember, ImageRow } from "../database.js";
import { Forbidden, NotFound } from "../exception.js";
import { WORDS } from "../faults.js";
import { route, type RegistryApp } from "./app.js";

const body = ({ member, can_share }: ImageMember) => ({ member_id: member, can_share });

/** @throws HttpFault 404 */
function imageOf({ images }: RegistryApp, ctxt: ImageContext, id: string): ImageRow {
  try {
    return images.get(ctxt, id);
  } catch (error) {
    if (error instanceof NotFound) throw new HttpFault(404, `Image ${id} not found`);
    throw error instanceof Forbidden ? new HttpFault(404, WORDS.notFound) : error;
  }
}

/** An image that the caller may share: its own, or one that was shared so. @throws HttpFault 403, 404 */
function sharable(app: RegistryApp, ctxt: ImageContext, id: string): void {
  const image = imageOf(app, ctxt, id);
  if (ctxt.is_admin || image.owner === ctxt.owner) return;
  const [own] = app.images.members(ctxt, { image_id: id, member: ctxt.owner });
  if (own?.can_share === true) return;
  throw new HttpFault(403, "No permission to share that image");
}

/** Without a word about it, who is there keeps what it may, and who comes may not share. */
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

const malformed = (what: string): HttpFault =>
  new HttpFault(400, `Invalid membership association: ${what}`);

/** Who is to be a member, and whether it may share. @throws HttpFault 400 */
function membershipOf(entry: Json): readonly [string, boolean | undefined] {
  if (!isObject(entry)) throw malformed("string indices must be integers");
  if (!Object.hasOwn(entry, "member_id")) throw malformed(repr("member_id", ""));
  const canShare = "can_share" in entry ? Boolean(entry["can_share"]) : undefined;
  return [str(entry["member_id"] ?? null), canShare];
}

export const memberRoutes = [
  route("GET", "/images/{id}/members", null, function* ({ app, ctxt, params: { id } }) {
    imageOf(app, ctxt, id);
    return respond(200, { members: app.images.members(ctxt, { image_id: id }).map(body) });
  }),
  route("PUT", "/images/{id}/members", null, function* ({ app, ctxt, request, params: { id } }) {
    sharable(app, ctxt, id);
    if (!isObject(request.body) || !Object.hasOwn(request.body, "memberships")) {
      throw malformed(repr("memberships", ""));
    }
    const asked = request.body["memberships"];
    if (!Array.isArray(asked)) throw new PythonTypeError("memberships cannot be gone through");
    const wanted = new Map((asked as readonly Json[]).map(membershipOf));
    for (const row of app.images.members(ctxt, { image_id: id })) {
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
      sharable(app, ctxt, id);
      share(app, id, member, canShareIn(request.body));
      return respond(204);
    },
  ),
  route(
    "DELETE",
    "/images/{id}/members/{member}",
    null,
    function* ({ app, ctxt, params: { id, member } }) {
      sharable(app, ctxt, id);
      const [row] = app.images.members(ctxt, { image_id: id, member });
      if (row === undefined) throw new HttpFault(404, "Membership could not be found.");
      app.database.members.softDelete(row.id);
      return respond(204);
    },
  ),
  route("GET", "/shared-images/{member}", null, function* ({ app, ctxt, params: { member } }) {
    const shared = app.images.members(ctxt, { member });
    const bodies = shared.map(({ image_id, can_share }) => ({ image_id, can_share }));
    return respond(200, { shared_images: bodies });
  }),
];

/** @throws HttpFault 400 */
function canShareIn(asked: Json): boolean | undefined {
  if (!isObject(asked) || Object.keys(asked).length === 0) return undefined;
  const member = asked["member"];
  if (member === undefined) throw malformed(repr("member", ""));
  if (!isObject(member) || !Object.hasOwn(member, "can_share")) {
    throw malformed(repr("can_share", ""));
  }
  return Boolean(member["can_share"]);
}
