/** The v1 API's routes. Upstream: glance/api/v1/router.py, images.py, members.py; other-services §2.3. */
import { respond, type Headers, type HttpResponse } from "../../../http/index.js";
import { headersOf, type ImageMeta } from "../image-meta.js";
import type { GlanceApp } from "./app.js";
import { route } from "./policy.js";
import { createImage, deleteImage, imageData, updateImage } from "./v1-images.js";

const IMAGES = "/v1/images";

const urlOf = ({ base }: GlanceApp, { id }: ImageMeta): string => `${base}/v1/images/${id}`;

/** Metadata as v1 gives it, in headers. */
const described = (app: GlanceApp, image: ImageMeta): Headers => ({
  ...headersOf(image),
  ...(image.checksum !== null && { etag: image.checksum }),
  location: urlOf(app, image),
});

function answered(app: GlanceApp, status: number, image: ImageMeta): HttpResponse {
  const { location: _, ...shown } = image;
  const headers: Headers = image.checksum === null ? {} : { etag: image.checksum };
  return respond(status, { image: shown }, { ...headers, location: urlOf(app, image) });
}

/** A route that asks the registry: sharing is its business alone. */
const shared = (
  method: "GET" | "PUT" | "DELETE",
  path: string,
  policy: "get_members" | "modify_member" | "delete_member",
) =>
  route(method, `/v1${path}`, policy, function* ({ app, ctxt, request }) {
    const asked = request.body ?? undefined;
    const answer = yield* app.registry.ask(ctxt, method, request.path.slice(3), asked);
    return respond(answer.status, answer.body);
  });

export const v1Routes = [
  ...["", "/detail"].map((part) =>
    route("GET", `${IMAGES}${part}`, "get_images", function* ({ app, ctxt, request: { query } }) {
      const { body } = yield* app.registry.ask(ctxt, "GET", `/images${part}${query.toString()}`);
      const { images } = body as unknown as { images: ImageMeta[] };
      return respond(200, { images: images.map(({ location: _, ...shown }) => shown) });
    }),
  ),
  route("HEAD", `${IMAGES}/{id}`, "get_image", function* ({ app, ctxt, params: { id } }) {
    const image = yield* app.registry.show(ctxt, id);
    return respond(200, null, described(app, image));
  }),
  route(
    "GET",
    `${IMAGES}/{id}`,
    "download_image",
    function* ({ app, ctxt, request, params: { id } }) {
      const { image, data } = yield* imageData(app, ctxt, id);
      yield* app.notifySent(ctxt, image, data.$data.bytes, request.from);
      return respond(200, data as unknown as HttpResponse["body"], {
        ...described(app, image),
        "content-type": "application/octet-stream",
      });
    },
  ),
  route("POST", IMAGES, "add_image", function* ({ app, ctxt, request }) {
    const image = yield* createImage(app, ctxt, request);
    return answered(app, 201, image);
  }),
  route(
    "PUT",
    `${IMAGES}/{id}`,
    "modify_image",
    function* ({ app, ctxt, request, params: { id } }) {
      const image = yield* updateImage(app, ctxt, request, id);
      return answered(app, 200, image);
    },
  ),
  route("DELETE", `${IMAGES}/{id}`, "delete_image", function* ({ app, ctxt, params: { id } }) {
    yield* deleteImage(app, ctxt, id);
    return respond(200);
  }),
  shared("GET", "/images/{id}/members", "get_members"),
  shared("PUT", "/images/{id}/members", "modify_member"),
  shared("PUT", "/images/{id}/members/{member}", "modify_member"),
  shared("DELETE", "/images/{id}/members/{member}", "delete_member"),
  shared("GET", "/shared-images/{member}", "get_members"),
];
