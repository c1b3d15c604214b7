/** An image as v2 shows it: flat, with its own properties beside the rest. Upstream: glance/api/v2/images.py. */
import type { JsonObject } from "../../../python/index.js";
import type { ImageRow } from "../database.js";
import type { GlanceApp } from "./app.js";

/** Names that no custom property can have. */
export const BASE_PROPERTIES: ReadonlySet<string> = new Set([
  ...["id", "name", "status", "size", "checksum", "disk_format", "container_format"],
  ...["min_disk", "min_ram", "owner", "visibility", "protected", "tags"],
  ...["created_at", "updated_at", "file", "self", "schema", "locations", "direct_url"],
  ...["virtual_size", "deleted", "deleted_at", "is_public", "location"],
]);

export function imageV2(app: GlanceApp, image: ImageRow): JsonObject {
  const { uuid } = image;
  const date = (stamp: string): string => `${stamp.slice(0, 19)}Z`;
  const tags = app.database.tags.find({ image_id: uuid });
  return {
    ...app.images.properties(image),
    id: uuid,
    name: image.name,
    status: image.status,
    visibility: image.is_public ? "public" : "private",
    protected: image.protected,
    size: image.status === "queued" ? null : image.size,
    virtual_size: null,
    checksum: image.checksum,
    disk_format: image.disk_format,
    container_format: image.container_format,
    min_disk: image.min_disk,
    min_ram: image.min_ram,
    owner: image.owner,
    tags: tags.map(({ value }) => value),
    created_at: date(image.created_at),
    updated_at: date(image.updated_at ?? image.created_at),
    self: `/v2/images/${uuid}`,
    file: `/v2/images/${uuid}/file`,
    schema: "/v2/schemas/image",
  };
}
