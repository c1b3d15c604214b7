/**
 * A new image of v2, out of a POST or of a task that imports it: what may be said of it, in the order in
 * which upstream's layers look. Upstream: glance/domain/__init__.py (ImageFactory), glance/api/policy.py,
 * glance/quota/__init__.py, glance/api/authorization.py (ImageFactoryProxy) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { str, type JsonObject } from "../../../../python/index.js";
import type { ImageContext } from "../../context.js";
import type { ImageRow } from "../../database.js";
import { ReadonlyProperty, ReservedProperty } from "../../exception.js";
import type { ImageChanges } from "../../image-meta.js";
import type { GlanceApp } from "../app.js";
import { requirePublicizing } from "../policy.js";
import { checkNotNegative, checkPropertyQuota, checkTagQuota } from "./image.js";

const READ_ONLY = ["created_at", "updated_at", "status", "checksum", "size", "virtual_size"];

const RESERVED = [
  ...["owner", "is_public", "locations", "deleted", "deleted_at"],
  ...["direct_url", "self", "file", "schema"],
];

export const BASE_KEYS = [
  ...["container_format", "disk_format", "id", "min_disk", "min_ram", "name", "tags"],
  ...["visibility", "protected", ...READ_ONLY],
];

/**
 * @param base what every image has, and what may not be said of one; its types have been looked at
 * @param own what this one has besides
 * @throws Forbidden, ReadonlyProperty, ReservedProperty, InvalidParameterValue, Duplicate, LimitExceeded
 */
export function* newImage(
  app: GlanceApp,
  ctxt: ImageContext,
  base: JsonObject,
  own: JsonObject,
): Op<ImageRow> {
  const tags = new Set((base["tags"] ?? []) as readonly string[]);
  checkTagQuota(app, tags.size);
  if (base["visibility"] === "public") requirePublicizing(ctxt);
  const fixed = READ_ONLY.find((key) => Object.hasOwn(base, key));
  if (fixed !== undefined) throw new ReadonlyProperty({ property: fixed });
  const reserved = RESERVED.find((key) => Object.hasOwn(own, key));
  if (reserved !== undefined) throw new ReservedProperty({ property: reserved });
  for (const key of ["min_disk", "min_ram"]) checkNotNegative(key, Number(base[key] ?? 0));
  const names = Object.keys(own);
  checkPropertyQuota(app, names.length);
  const id = Object.hasOwn(base, "id")
    ? str(base["id"] ?? null)
    : app.env.stream("image id").uuid();
  const properties = Object.fromEntries(names.map((key) => [key, str(own[key] ?? null)]));
  const image = app.images.create({
    ...changesOf(base),
    ...{ properties, id, owner: ctxt.owner, status: "queued" },
  });
  app.images.setTags(id, tags);
  yield* app.notify(ctxt, "image.create", app.images.meta(image));
  return image;
}

function changesOf(base: JsonObject): ImageChanges {
  const { visibility, name, disk_format, container_format, min_disk, min_ram } = base;
  const texts = { name, disk_format, container_format };
  const given = Object.entries({ ...texts, min_disk, min_ram, protected: base["protected"] });
  return {
    ...(Object.fromEntries(given.filter(([, value]) => value !== undefined)) as ImageChanges),
    is_public: visibility === "public",
  };
}
