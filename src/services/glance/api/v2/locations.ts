/**
 * The list of an image's locations as a patch changes it: the first one makes a queued image active,
 * with the last one its data goes and it is queued again. Upstream: glance/api/v2/images.py
 * (_do_add_locations and its like), glance/location.py, glance/quota at 2014.2.
 */
import { HttpFault } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { LimitExceeded } from "../../exception.js";
import type { GlanceApp } from "../app.js";
import type { DomainImage, Location } from "./image.js";
import type { Change } from "./patch.js";

/** @throws HttpFault 400, 413, 500; Forbidden */
export function* changeLocations(app: GlanceApp, image: DomainImage, change: Change): Op<void> {
  const { op, path, value } = change;
  if (op === "replace") return yield* replace(app, image, value);
  const last = op === "add" ? image.locations.length : image.locations.length - 1;
  const at = positionOf(path[1] ?? "", last);
  const most = op === "add" ? Infinity : last;
  if (at === undefined || at < 0 || at > most) {
    const what = op === "add" ? "adding" : "removing";
    throw new HttpFault(400, `Invalid position for ${what} a location.`);
  }
  image.requireMutable("locations");
  if (op === "add") {
    const location = value as unknown as Location;
    yield* accept(app, image, [location]);
    image.locations.splice(at, 0, location);
    if (image.status === "queued") image.setStatus("active");
    return;
  }
  const [gone] = image.locations.splice(at, 1);
  if (gone !== undefined) yield* app.removeLocation(image.id, gone.url);
  if (image.locations.length === 0 && image.status === "active") image.setStatus("queued");
}

function* replace(app: GlanceApp, image: DomainImage, value: Json): Op<void> {
  const wanted = value as unknown as readonly Location[];
  if (image.locations.length > 0 && wanted.length > 0) {
    throw new HttpFault(400, "Cannot replace locations from a non-empty list to a non-empty list.");
  }
  image.requireMutable("locations");
  if (wanted.length === 0) {
    for (const { url } of image.locations) yield* app.removeLocation(image.id, url);
    image.locations = [];
    if (image.status === "active") image.setStatus("queued");
    return;
  }
  yield* accept(app, image, wanted);
  image.locations = [...wanted];
  if (image.status === "queued") image.setStatus("active");
}

/** @throws HttpFault 400 for a place that no store has, or that is there already */
function* accept(app: GlanceApp, image: DomainImage, wanted: readonly Location[]): Op<void> {
  const maximum = app.flags.image_location_quota;
  const attempted = image.locations.length + wanted.length;
  if (maximum >= 0 && attempted > maximum) {
    throw new LimitExceeded(
      {},
      "The limit has been exceeded on the number of allowed image locations. " +
        `Attempted: ${String(attempted)}, Maximum: ${String(maximum)}`,
    );
  }
  for (const { url } of wanted) {
    if (image.locations.some((known) => known.url === url)) {
      throw new HttpFault(400, `The location ${url} already exists`);
    }
    if (!(yield* app.holds(url))) throw new HttpFault(400, "Invalid location");
  }
}

/** `-` stands for the end. */
function positionOf(text: string, last: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  return text === "-" ? last : undefined;
}
