/**
 * `/images/{id}/metadata`: an image's properties by way of the compute API, all of them or by key.
 * Glance is given the whole image again, and forgets what is not named. Upstream:
 * nova/api/openstack/compute/image_metadata.py, nova/api/openstack/common.py
 * (check_img_metadata_properties_quota) at 2014.2.
 */
import { HttpFault, respond } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  contains,
  get,
  isObject,
  item,
  KeyError,
  length,
  noAttribute,
  truth,
  type Json,
} from "../../../../python/index.js";
import { type ImageNotAuthorized } from "../../exception.js";
import type { ImageMeta } from "../../image/image-meta.js";
import { within } from "../../quota/within.js";
import { plainFault } from "../faults.js";
import { badRequest } from "../input.js";
import { route, type NovaCall, type NovaRoute } from "../route.js";
import { metadata as view, propertyText } from "../views/image-view.js";
import { found } from "./images.js";

const ALL = "/images/{id}/metadata";
const ITEM = `${ALL}/{key}` as const;
/** Characters of a key. */
const LONGEST = 255;

export const imageMetadataRoutes: readonly NovaRoute[] = [
  route("GET", ALL, null, function* (call) {
    return respond(200, { metadata: view((yield* imageOf(call)).properties) });
  }),
  route("POST", ALL, null, function* (call) {
    const image = yield* imageOf(call);
    const properties: Record<string, Json> = { ...image.properties };
    const { body } = call.request;
    if (contains(body, "metadata")) {
      const given = item(body, "metadata");
      if (!isObject(given)) throw noAttribute(given, "iteritems");
      Object.assign(properties, given);
    }
    check(call, properties);
    return respond(200, { metadata: view((yield* store(call, image, properties)).properties) });
  }),
  route("PUT", ALL, null, function* (call) {
    const image = yield* imageOf(call);
    const { body } = call.request;
    if (!isObject(body)) throw noAttribute(body, "get");
    const metadata = Object.hasOwn(body, "metadata") ? get(body, "metadata") : {};
    check(call, metadata);
    yield* store(call, image, metadata);
    return respond(200, { metadata });
  }),
  route("GET", ITEM, null, function* (call) {
    const { key } = call.params;
    const all = view((yield* imageOf(call)).properties);
    if (!Object.hasOwn(all, key)) throw plainFault(404);
    return respond(200, { meta: { [key]: all[key] ?? null } });
  }),
  route("PUT", ITEM, null, function* (call) {
    const { key } = call.params;
    const meta = metaOf(call.request.body);
    if (!contains(meta, key)) throw badRequest("Request body and URI mismatch");
    if (length(meta) > 1) throw badRequest("Request body contains too many items");
    const image = yield* imageOf(call);
    const properties = { ...image.properties, [key]: item(meta, key) };
    check(call, properties);
    yield* store(call, image, properties);
    return respond(200, { meta });
  }),
  route("DELETE", ITEM, null, function* (call) {
    const { key } = call.params;
    const image = yield* imageOf(call);
    if (!Object.hasOwn(image.properties, key)) throw new HttpFault(404, "Invalid metadata key");
    const { [key]: _gone, ...left } = image.properties;
    yield* store(call, image, left);
    return respond(204);
  }),
];

/** `body['meta']`. @throws HttpFault 400 */
function metaOf(body: Json): Json {
  try {
    return item(body, "meta");
  } catch (error) {
    if (error instanceof KeyError) throw badRequest("Incorrect request body format");
    throw error;
  }
}

/** @throws HttpFault 404, 403 */
const imageOf = ({ app, ctxt, params }: NovaCall<"id">): Op<ImageMeta> =>
  found(app.images.get(ctxt, params.id), forbidden);

/** The image with these properties and no others. @throws HttpFault 403, 404; AttributeError */
function* store(
  { app, ctxt, params }: NovaCall<"id">,
  image: ImageMeta,
  given: Json,
): Op<ImageMeta> {
  if (!isObject(given)) throw noAttribute(given, "iteritems");
  const texts = Object.entries(given).map(([key, value]) => [key, propertyText(key, value)]);
  const properties = Object.fromEntries(texts) as ImageMeta["properties"];
  return yield* found(app.images.replace(ctxt, params.id, { ...image, properties }), forbidden);
}

const forbidden = (error: ImageNotAuthorized): HttpFault => new HttpFault(403, error.message);

/** @throws HttpFault 403, 400 */
function check({ app, ctxt }: NovaCall, metadata: Json): void {
  if (!truth(metadata)) return;
  within(app.quotas, ctxt, { metadata_items: length(metadata) }, () => {
    return new HttpFault(403, "Image metadata limit exceeded");
  });
  if (!isObject(metadata)) throw badRequest("Invalid image metadata");
  for (const key of Object.keys(metadata)) {
    if (key === "") throw badRequest("Image metadata key cannot be blank");
    if (key.length > LONGEST) throw badRequest("Image metadata key too long");
  }
}
