/**
 * The registry's REST: what the v1 API knows of images it knows from here. Upstream: glance/registry/
 * api/v1/images.py; other-services §2.1.
 */
import { isObject } from "../json.js";
import type { FlagsOf, Env } from "../../../framework/index.js";
import {
  HttpFault,
  respond,
  type HttpRequest,
  type Query,
  type Route,
} from "../../../http/index.js";
import type { ImageContext } from "../context.js";
import type { ImageRow, ImageStatus } from "../database.js";
import type { glanceRegistryFlags } from "../flags.js";
import { isTrue, selectImages } from "../image-list.js";
import type { ImageChanges, ImageMeta } from "../image-meta.js";
import type { Images } from "../images.js";

export function registryRoutes(
  env: Env,
  images: Images,
  flags: FlagsOf<typeof glanceRegistryFlags>,
): Route<ImageContext>[] {
  function list(ctxt: ImageContext, { query }: HttpRequest): ImageMeta[] {
    const rows = images.visible(ctxt).filter((image) => inV1List(images, ctxt, image, query));
    return selectImages(
      rows.map((row) => images.meta(row)),
      query,
      flags,
    );
  }

  return [
    {
      method: "GET",
      path: "/images",
      *handler(ctxt, request) {
        const brief = list(ctxt, request).map((image) => ({
          id: image.id,
          name: image.name,
          disk_format: image.disk_format,
          container_format: image.container_format,
          checksum: image.checksum,
          size: image.size,
        }));
        return respond(200, { images: brief });
      },
    },
    {
      method: "GET",
      path: "/images/detail",
      *handler(ctxt, request) {
        return respond(200, { images: list(ctxt, request) });
      },
    },
    {
      method: "GET",
      path: "/images/{id}",
      *handler(ctxt, _request, { id = "" }) {
        return respond(200, { image: images.meta(images.get(ctxt, id)) });
      },
    },
    {
      method: "POST",
      path: "/images",
      *handler(ctxt, request) {
        const asked = imageIn(request);
        // Only an admin may make an image for somebody else.
        const owner = ctxt.is_admin ? (asked.owner ?? ctxt.owner) : ctxt.owner;
        const id = asked.id ?? env.stream("image id").uuid();
        return respond(200, { image: images.meta(images.create({ ...asked, id, owner })) });
      },
    },
    {
      method: "PUT",
      path: "/images/{id}",
      *handler(ctxt, request, { id = "" }) {
        const asked = imageIn(request);
        images.getMutable(ctxt, id);
        const { owner: _, ...mine } = asked;
        const purge = isTrue(request.headers["x-glance-registry-purge-props"] ?? "false");
        const { from_state } = request.body as { from_state?: ImageStatus | null };
        const options = { purge, fromState: from_state ?? undefined };
        const image = images.update(id, ctxt.is_admin ? asked : mine, options);
        return respond(200, { image: images.meta(image) });
      },
    },
    {
      method: "DELETE",
      path: "/images/{id}",
      *handler(ctxt, _request, { id = "" }) {
        images.getMutable(ctxt, id);
        return respond(200, { image: images.meta(images.destroy(id)) });
      },
    },
  ];
}

/**
 * v1 shows what is public, one's own, or shared; an admin may ask for what is private, or with
 * `is_public=none` for everything.
 */
function inV1List(images: Images, ctxt: ImageContext, image: ImageRow, query: Query): boolean {
  const wanted = query.get("is_public")?.toLowerCase();
  if (ctxt.is_admin && wanted === "none") return true;
  if (ctxt.is_admin && wanted !== undefined && !isTrue(wanted)) return !image.is_public;
  return images.mayBeSeen({ ...ctxt, is_admin: false }, image);
}

function imageIn(request: HttpRequest): ImageChanges {
  const { body } = request;
  const image = isObject(body) ? body["image"] : undefined;
  if (isObject(image)) return image;
  throw new HttpFault(400, "Expecting to find image in request body");
}
