/**
 * The list of an image's locations as a patch changes it: the first one makes a queued image active,
 * with the last one its data goes and it is queued again. Upstream: glance/api/v2/images.py
 * (_do_add_locations and its like), glance/location.py, glance/quota, glance/api/authorization.py at 2014.2.
 */
import { HttpFault } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { dumps, isObject, typeName, type Json } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import { Forbidden, ImageLocationLimitExceeded } from "../../exception.js";
import type { Location } from "../../images.js";
import { BackendException, NotFound, UnknownScheme } from "../../stores/store.js";
import type { GlanceApp } from "../app.js";
import { checkStorage } from "../quota.js";
import type { DomainImage } from "./image.js";
import type { Change } from "./patch.js";

/** @throws HttpFault 400, 500; Forbidden, LimitExceeded, StorageQuotaFull, BackendException */
export function* changeLocations(
  app: GlanceApp,
  ctxt: ImageContext,
  image: DomainImage,
  { op, path, value }: Change,
): Op<void> {
  const at = path[1] ?? "";
  if (op === "replace") yield* replace(app, ctxt, image, value as unknown as readonly Location[]);
  else if (op === "add") yield* add(app, ctxt, image, at, value as unknown as Location);
  else yield* remove(app, image, at);
}

function* add(
  app: GlanceApp,
  ctxt: ImageContext,
  image: DomainImage,
  path: string,
  { url, metadata }: Location,
): Op<void> {
  const { locations } = image;
  const at = positionOf(path, locations.length);
  if (at === undefined) throw new HttpFault(400, "Invalid position for adding a location.");
  const place: Location = { url, metadata };
  requireChangeable(image);
  // Its own images count here, too.
  checkStorage(app, ctxt, "", yield* requiredSize(app, image, [place]));
  checkQuota(app, locations.length + 1);
  yield* check(app, place);
  if (locations.some((known) => isSame(known, place))) throw duplicate(place);
  image.locations = locations.toSpliced(at, 0, place);
  yield* takeSize(app, image, [place]);
  if (image.status === "queued") image.setStatus("active");
}

/** All that goes wrong here is a fault of the server. */
function* remove(app: GlanceApp, image: DomainImage, path: string): Op<void> {
  const { locations } = image;
  const at = positionOf(path, locations.length - 1);
  const gone = at === undefined ? undefined : locations[at];
  if (gone === undefined) throw new HttpFault(400, "Invalid position for removing a location.");
  try {
    requireChangeable(image);
    yield* app.removeLocation(image.id, gone);
  } catch (thrown) {
    const { message } = yield* caught(thrown);
    throw new HttpFault(500, message);
  }
  image.locations = locations.filter((place) => place !== gone);
  if (image.locations.length === 0 && image.status === "active") image.setStatus("queued");
}

function* replace(
  app: GlanceApp,
  ctxt: ImageContext,
  image: DomainImage,
  value: readonly Location[],
): Op<void> {
  if (image.locations.length > 0 && value.length > 0) {
    throw new HttpFault(400, "Cannot replace locations from a non-empty list to a non-empty list.");
  }
  if (value.length === 0) {
    requireChangeable(image);
    for (const place of image.locations) yield* app.removeLocation(image.id, place);
    image.locations = [];
    if (image.status === "active") image.setStatus("queued");
    return;
  }
  image.requireMutable("locations");
  const places = value.map(({ url, metadata }): Location => ({ url, metadata }));
  checkQuota(app, places.length);
  checkStorage(app, ctxt, image.id, yield* requiredSize(app, image, places));
  for (const place of places) {
    yield* check(app, place);
    if (places.filter((other) => isSame(other, place)).length > 1) throw duplicate(place);
  }
  yield* takeSize(app, image, places);
  image.locations = places;
  if (image.status === "queued") image.setStatus("active");
}

/** @throws Forbidden, in other words than for what is set as a whole */
function requireChangeable(image: DomainImage): void {
  if (image.mutable) return;
  throw new Forbidden({}, "You are not permitted to modify locations for this image.");
}

/** @throws ImageLocationLimitExceeded */
function checkQuota({ flags }: GlanceApp, attempted: number): void {
  const maximum = flags.image_location_quota;
  if (maximum >= 0 && attempted > maximum) {
    throw new ImageLocationLimitExceeded({ attempted, maximum });
  }
}

/** What the tenant's quota must have room for; null if nobody knows. Upstream: _calc_required_size. */
function* requiredSize(
  app: GlanceApp,
  { size }: DomainImage,
  places: readonly Location[],
): Op<number | null> {
  if (size) return size * places.length;
  for (const { url } of places) {
    const held = yield* sizeOrNone(app, url);
    if (held) return held * places.length;
  }
  return null;
}

function* sizeOrNone(app: GlanceApp, url: string): Op<number | undefined> {
  try {
    return yield* app.sizeAt(url);
  } catch (error) {
    if (error instanceof NotFound || error instanceof UnknownScheme) return undefined;
    throw error;
  }
}

/** @throws HttpFault 400 for a place that no store has; BackendException */
function* check(app: GlanceApp, { url, metadata }: Location): Op<void> {
  if (!(yield* app.holds(url))) throw new HttpFault(400, "Invalid location");
  checkMetadata(metadata, "");
}

/** Upstream: glance_store 0.1.8 backend.py (check_location_metadata). @throws BackendException */
function checkMetadata(value: Json, key: string): void {
  if (typeof value === "string") return;
  if (Array.isArray(value)) {
    (value as readonly Json[]).forEach((item, index) => {
      checkMetadata(item, `${key}[${String(index)}]`);
    });
  } else if (isObject(value)) {
    for (const [name, item] of Object.entries(value)) checkMetadata(item, name);
  } else {
    throw new BackendException(
      {},
      `The image metadata key ${key} has an invalid type of <type '${typeName(value)}'>. ` +
        "Only dict, list, and unicode are supported.",
    );
  }
}

/** An image that does not know its size has that of its first place. Upstream: _set_image_size. */
function* takeSize(app: GlanceApp, image: DomainImage, places: readonly Location[]): Op<void> {
  if (image.size) return;
  for (const { url } of places) {
    const size = yield* app.sizeAt(url);
    if (size === 0) continue;
    image.setSize(size);
    return;
  }
}

const isSame = (one: Location, other: Location): boolean =>
  one.url === other.url && dumps(one.metadata) === dumps(other.metadata);

const duplicate = ({ url }: Location): HttpFault =>
  new HttpFault(400, `The location ${url} already exists`);

/** `-` stands for the end. */
function positionOf(text: string, last: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  return text === "-" ? last : undefined;
}
