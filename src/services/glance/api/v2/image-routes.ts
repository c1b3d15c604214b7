/**
 * Images and their tags in v2, straight from the database. The metadata catalogue is not
 * simulated. Upstream: glance/api/v2/images.py, image_tags.py at 2014.2;
 * other-services §2.3.
 */
import { HttpFault, respond, type HttpRequest } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { AttributeError, isObject, str } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import { NotFound, ReadonlyProperty, StorageQuotaFull } from "../../exception.js";
import { WORDS } from "../../faults.js";
import type { ImageRow } from "../../database.js";
import { listImages, type ImageQuery } from "../../image-list.js";
import type { GlanceApp } from "../app.js";
import { route } from "../policy.js";
import { imageV2 } from "./bodies.js";
import { asFaults } from "./faults.js";
import { isAttribute, isSettable, liveImage, type DomainImage } from "./image.js";
import { listQueryV2, pagesOf } from "./list.js";
import { changeLocations } from "./locations.js";
import { BASE_KEYS, newImage } from "./new-image.js";
import { changesIn, type Change } from "./patch.js";
import { validateImage } from "./schema.js";

const IMAGES = "/v2/images";
const ONE = `${IMAGES}/{id}`;
const TAG = `${ONE}/tags/{tag}`;

export const v2ImageRoutes = [
  route("GET", IMAGES, "get_images", function* ({ app, ctxt, request }) {
    const query = listQueryV2(request.query, app.flags);
    const page = yield* asFaults(pageOf(app, ctxt, query), inList);
    return respond(200, {
      images: page.map((image) => imageV2(app, image)),
      ...pagesOf(IMAGES, request.query, page, query.limit),
      schema: "/v2/schemas/images",
    });
  }),
  route("POST", IMAGES, "add_image", function* ({ app, ctxt, request }) {
    const image = yield* asFaults(created(app, ctxt, request));
    return respond(201, imageV2(app, image), {
      location: `${app.base}${IMAGES}/${image.uuid}`,
    });
  }),
  route("GET", ONE, "get_image", function* ({ app, ctxt, params: { id } }) {
    return respond(200, imageV2(app, (yield* asFaults(found(app, ctxt, id))).row));
  }),
  route("PATCH", ONE, "modify_image", function* ({ app, ctxt, request, params: { id } }) {
    const changes = changesIn(request);
    const image = yield* asFaults(changed(app, ctxt, id, changes), (error) =>
      error instanceof StorageQuotaFull ? aboveQuota(app, error) : error,
    );
    return respond(200, imageV2(app, image));
  }),
  route("DELETE", ONE, "delete_image", function* ({ app, ctxt, params: { id } }) {
    yield* asFaults(deleted(app, ctxt, id), (error) =>
      error instanceof NotFound
        ? new HttpFault(404, `Failed to find image ${id} to delete`)
        : error,
    );
    return respond(204);
  }),
  route("PUT", TAG, "modify_image", function* ({ app, ctxt, params: { id, tag } }) {
    yield* asFaults(
      tagged(app, ctxt, id, (image) => {
        image.addTag(tag);
      }),
    );
    return respond(204);
  }),
  route("DELETE", TAG, "modify_image", function* ({ app, ctxt, params: { id, tag } }) {
    const untag = (image: DomainImage): void => {
      if (!image.tags.has(tag)) throw new HttpFault(404, WORDS.notFound);
      image.removeTag(tag);
    };
    yield* asFaults(tagged(app, ctxt, id, untag));
    return respond(204);
  }),
];

/** Places of data count as data. */
function aboveQuota({ env }: GlanceApp, { message }: StorageQuotaFull): HttpFault {
  const said = `Denying attempt to upload image because it exceeds the .quota: ${message}`;
  env.log("info", said);
  return new HttpFault(413, said);
}

/** A marker that is not there is a mistake of whoever asks. */
const inList = (error: unknown): unknown =>
  error instanceof NotFound ? new HttpFault(400, error.message) : error;

function* pageOf(app: GlanceApp, ctxt: ImageContext, query: ImageQuery): Op<ImageRow[]> {
  return listImages(app, ctxt, query);
}

function* found(app: GlanceApp, ctxt: ImageContext, id: string): Op<DomainImage> {
  return liveImage(app, ctxt, id);
}

const DISALLOWED = ["direct_url", "self", "file", "schema"];

/** @throws HttpFault 400, 403; what `asFaults` turns into one */
function* created(app: GlanceApp, ctxt: ImageContext, { body }: HttpRequest): Op<ImageRow> {
  if (body === null) throw new HttpFault(400, "Body expected in request.");
  if (!isObject(body)) throw new AttributeError("body is no dictionary");
  const disallowed = DISALLOWED.find((key) => key in body);
  if (disallowed !== undefined) throw new ReadonlyProperty({ property: disallowed });
  validateImage(body);
  const entries = Object.entries(body);
  const base = entries.filter(([key]) => BASE_KEYS.includes(key));
  const own = entries.filter(([key]) => !BASE_KEYS.includes(key));
  return yield* newImage(app, ctxt, Object.fromEntries(base), Object.fromEntries(own));
}

/** One step after the other, and at the end it is written once. Without a step, nothing is. */
function* changed(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  changes: readonly Change[],
): Op<ImageRow> {
  const image = liveImage(app, ctxt, id);
  if (changes.length === 0) return image.row;
  for (const change of changes) {
    if (change.path[0] === "locations") yield* changeLocations(app, ctxt, image, change);
    else apply(image, change);
  }
  const row = image.save();
  yield* app.notify(ctxt, "image.update", app.images.meta(row));
  return row;
}

function apply(image: DomainImage, { op, path: [name], value }: Change): void {
  switch (op) {
    case "replace":
      if (isSettable(name)) image.set(name, value);
      else if (image.properties.has(name)) image.setProperty(name, str(value));
      else throw new HttpFault(409, `Property ${name} does not exist.`);
      return;
    case "add":
      if (isAttribute(name) || image.properties.has(name)) {
        throw new HttpFault(409, `Property ${name} already present.`);
      }
      image.setProperty(name, str(value));
      return;
    case "remove":
      if (isAttribute(name)) throw new HttpFault(403, `Property ${name} may not be removed.`);
      if (!image.properties.has(name)) {
        throw new HttpFault(409, `Property ${name} does not exist.`);
      }
      image.removeProperty(name);
      return;
    default:
      // Upstream only asserts that there is such a method (#1414532).
      throw new AttributeError(`no operation ${op}`);
  }
}

/** The data goes first, then the row. */
function* deleted(app: GlanceApp, ctxt: ImageContext, id: string): Op<void> {
  const image = liveImage(app, ctxt, id);
  image.delete();
  for (const place of image.locations) yield* app.removeLocation(id, place);
  image.save();
  const gone = app.images.destroy(ctxt, id);
  yield* app.notify(ctxt, "image.delete", app.images.meta(gone));
}

function* tagged(
  app: GlanceApp,
  ctxt: ImageContext,
  id: string,
  change: (image: DomainImage) => void,
): Op<void> {
  const image = liveImage(app, ctxt, id);
  change(image);
  yield* app.notify(ctxt, "image.update", app.images.meta(image.save()));
}
