/** The v1 API's routes. Upstream: glance/api/v1/router.py, images.py at 2014.2; other-services §2.3. */
import {
  HttpFault,
  respond,
  type Headers,
  type HttpResponse,
  type Query,
} from "../../../../http/index.js";
import { parseInteger } from "../../../../python/index.js";
import { Invalid } from "../../exception.js";
import { headersOf, redacted, type ImageMeta } from "../../image-meta.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";
import { createImage, deleteImage, imageData, imageOr404, updateImage } from "./images.js";
import { v1MemberRoutes } from "./member-routes.js";

const IMAGES = "/v1/images";

const FILTERS = [
  ...["name", "status", "container_format", "disk_format", "min_ram", "min_disk", "size_min"],
  ...["size_max", "is_public", "changes-since", "protected"],
];

const PARAMETERS = ["limit", "marker", "sort_key", "sort_dir"];

/** Metadata as v1 gives it, in headers. */
const described = (image: ImageMeta): Headers => ({ ...headersOf(image), ...etagOf(image) });

const etagOf = ({ checksum }: ImageMeta): Headers => (checksum === null ? {} : { etag: checksum });

function answered(status: number, image: ImageMeta, more: Headers = {}): HttpResponse {
  return respond(status, { image: redacted(image) }, { ...etagOf(image), ...more });
}

/** What of a query the registry is asked: no other name counts. @throws HttpFault 400 */
function listPath(part: string, query: Query): string {
  const kept = query.names().filter((name) => {
    if (PARAMETERS.includes(name)) return true;
    return FILTERS.includes(name) || name.startsWith("property-");
  });
  const pairs = kept.map((name) => {
    const value = query.get(name) ?? "";
    if (isFine(name, value)) return `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    throw new HttpFault(400, `Bad value passed to filter ${name} got ${value}`);
  });
  return `/images${part}${pairs.length === 0 ? "" : `?${pairs.join("&")}`}`;
}

function isFine(name: string, value: string): boolean {
  switch (name) {
    case "size_min":
    case "size_max":
    case "min_ram":
      return (parseInteger(value) ?? -1) >= 0;
    case "protected":
    case "is_public":
      return ["none", "true", "false", "1", "0"].includes(value.toLowerCase());
    default:
      return true;
  }
}

export const v1Routes = [
  ...["", "/detail"].map((part) =>
    route("GET", `${IMAGES}${part}`, "get_images", function* ({ app, ctxt, request: { query } }) {
      const path = listPath(part, query);
      try {
        const { body } = yield* app.registry.ask(ctxt, "GET", path);
        const { images } = body as unknown as { images: ImageMeta[] };
        return respond(200, { images: images.map(redacted) });
      } catch (error) {
        throw error instanceof Invalid ? new HttpFault(400, error.message) : error;
      }
    }),
  ),
  route("HEAD", `${IMAGES}/detail`, null, function* () {
    const message = "This operation is currently not permitted on Glance images details.";
    throw new HttpFault(405, message, { allow: "GET" });
  }),
  route("HEAD", `${IMAGES}/{id}`, "get_image", function* ({ app, ctxt, params: { id } }) {
    return respond(200, null, described(yield* imageOr404(app, ctxt, id)));
  }),
  route(
    "GET",
    `${IMAGES}/{id}`,
    "download_image",
    function* ({ app, ctxt, request, params: { id } }) {
      const { image, data } = yield* imageData(app, ctxt, id);
      yield* app.notifySent(ctxt, image, data.$data.bytes, request.from);
      return respond(200, data as unknown as HttpResponse["body"], {
        ...described(image),
        "content-type": "application/octet-stream",
      });
    },
  ),
  route("POST", IMAGES, "add_image", function* ({ app, ctxt, request }) {
    const image = yield* createImage(app, ctxt, request);
    return answered(201, image, { location: urlOf(app, image) });
  }),
  route(
    "PUT",
    `${IMAGES}/{id}`,
    "modify_image",
    function* ({ app, ctxt, request, params: { id } }) {
      const image = yield* updateImage(app, ctxt, request, id);
      return "body" in image ? image : answered(200, image);
    },
  ),
  route("DELETE", `${IMAGES}/{id}`, "delete_image", function* ({ app, ctxt, params: { id } }) {
    yield* deleteImage(app, ctxt, id);
    return respond(200);
  }),
  ...v1MemberRoutes,
];

const urlOf = ({ base }: GlanceApp, { id }: ImageMeta): string => `${base}/v1/images/${id}`;
