/**
 * Images and their tags in v2, straight from the database. Schemas, tasks and the metadata catalogue
 * are not simulated. Upstream: glance/api/v2/images.py, image_tags.py; other-services §2.3.
 */
import { HttpFault, respond, type HttpRequest, type Query } from "../../../http/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import type { ImageContext } from "../context.js";
import type { ImageRow } from "../database.js";
import { checkFormats } from "../formats.js";
import { selectImages } from "../image-list.js";
import type { ImageChanges } from "../image-meta.js";
import type { GlanceApp } from "./app.js";
import { route } from "./policy.js";
import { imageV2 } from "./v2-bodies.js";
import { changesOf, patched } from "./v2-patch.js";

const IMAGES = "/v2/images";

/** Tenants do not see deleted images here, nor do admins. */
function live({ images }: GlanceApp, ctxt: ImageContext, id: string): ImageRow {
  const image = images.get(ctxt, id);
  if (image.deleted !== 0) throw new HttpFault(404, `No image found with ID ${id}`);
  return image;
}

function list(
  { images, database, flags }: GlanceApp,
  ctxt: ImageContext,
  query: Query,
): ImageRow[] {
  const visibility = query.get("visibility");
  const tag = query.get("tag");
  const rows = images.visible(ctxt).filter((image) => {
    if (visibility === "public" && !image.is_public) return false;
    if (visibility === "private" && image.is_public) return false;
    return tag === undefined || database.tags.first({ image_id: image.uuid, value: tag });
  });
  const metas = selectImages(
    rows.map((row) => images.meta(row)),
    query,
    flags,
  );
  return metas.map(({ id }) => images.get(ctxt, id));
}

export const v2ImageRoutes = [
  route("GET", IMAGES, "get_images", function* ({ app, ctxt, request }) {
    const page = list(app, ctxt, request.query);
    return respond(200, {
      images: page.map((image) => imageV2(app, image)),
      first: IMAGES + request.query.toString(),
      schema: "/v2/schemas/images",
      ...nextLink(page, request, app.flags.limit_param_default),
    });
  }),
  route("POST", IMAGES, "add_image", function* ({ app, ctxt, request }) {
    const asked = isObject(request.body) ? request.body : {};
    const id = text(asked["id"]) ?? app.env.stream("image id").uuid();
    const owner = ctxt.is_admin ? (text(asked["owner"]) ?? ctxt.owner) : ctxt.owner;
    const changes = checkFormats(changesOf(asked));
    const image = app.images.create({ ...changes, id, owner, status: "queued" });
    if (Array.isArray(asked["tags"])) {
      for (const value of new Set(asked["tags"] as readonly Json[])) {
        app.database.tags.insert({ image_id: id, value: asText(value) });
      }
    }
    yield* app.notify(ctxt, "image.create", app.images.meta(image));
    return respond(201, imageV2(app, image), { location: `${IMAGES}/${id}` });
  }),
  route("GET", `${IMAGES}/{id}`, "get_image", function* ({ app, ctxt, params: { id } }) {
    return respond(200, imageV2(app, live(app, ctxt, id)));
  }),
  route(
    "PATCH",
    `${IMAGES}/{id}`,
    "modify_image",
    function* ({ app, ctxt, request, params: { id } }) {
      const type = request.headers["content-type"] ?? "";
      if (!/^application\/openstack-images-v2\.[01]-json-patch$/.test(type)) {
        throw new HttpFault(415, `Unsupported media type ${type}`);
      }
      live(app, ctxt, id);
      const before = imageV2(app, app.images.getMutable(ctxt, id));
      const after = patched(before, request.body);
      const changes: ImageChanges = checkFormats(changesOf(after));
      const image = app.images.update(id, changes, { purge: true });
      setTags(app, id, after["tags"]);
      yield* app.notify(ctxt, "image.update", app.images.meta(image));
      return respond(200, imageV2(app, image));
    },
  ),
  route("DELETE", `${IMAGES}/{id}`, "delete_image", function* ({ app, ctxt, params: { id } }) {
    live(app, ctxt, id);
    const image = app.images.getMutable(ctxt, id);
    const location = app.images.location(id);
    if (image.protected) {
      throw new HttpFault(403, `Image ${id} is protected and cannot be deleted.`);
    }
    const delayed = app.flags.delayed_delete && location !== null;
    app.images.update(id, { status: delayed ? "pending_delete" : "deleted" });
    const gone = app.images.destroy(id);
    if (location !== null && !delayed) yield* app.removeData(location);
    yield* app.notify(ctxt, "image.delete", app.images.meta(gone));
    return respond(204);
  }),
  route(
    "PUT",
    `${IMAGES}/{id}/tags/{tag}`,
    "modify_image",
    function* ({ app, ctxt, params: { id, tag } }) {
      app.images.getMutable(ctxt, live(app, ctxt, id).uuid);
      const known = app.database.tags.first({ image_id: id, value: tag });
      if (known === undefined) app.database.tags.insert({ image_id: id, value: tag });
      return respond(204);
    },
  ),
  route(
    "DELETE",
    `${IMAGES}/{id}/tags/{tag}`,
    "modify_image",
    function* ({ app, ctxt, params: { id, tag } }) {
      app.images.getMutable(ctxt, live(app, ctxt, id).uuid);
      const known = app.database.tags.first({ image_id: id, value: tag });
      if (known === undefined) throw new HttpFault(404, "Could not find the tag");
      app.database.tags.softDelete(known.id);
      return respond(204);
    },
  ),
];

function setTags({ database }: GlanceApp, id: string, wanted: Json | undefined): void {
  if (!Array.isArray(wanted)) return;
  const values = new Set((wanted as readonly Json[]).map((each) => asText(each)));
  for (const row of database.tags.find({ image_id: id })) {
    if (!values.delete(row.value)) database.tags.softDelete(row.id);
  }
  for (const value of values) database.tags.insert({ image_id: id, value });
}

const text = (json: Json | undefined): string | undefined =>
  typeof json === "string" && json !== "" ? json : undefined;

/** Tags are text. @throws HttpFault 400 */
function asText(json: Json): string {
  if (typeof json === "string") return json;
  throw new HttpFault(400, "A tag is a string");
}

/** Where the next page begins, if this one is full. */
function nextLink(page: readonly ImageRow[], { query }: HttpRequest, usual: number): JsonObject {
  const last = page.at(-1);
  const limit = Number(query.get("limit") ?? usual);
  if (last === undefined || page.length < limit) return {};
  const kept = query.names().filter((name) => name !== "marker");
  const pairs = kept.map((name) => `${name}=${encodeURIComponent(query.get(name) ?? "")}`);
  return { next: `${IMAGES}?${[`marker=${last.uuid}`, ...pairs].join("&")}` };
}
