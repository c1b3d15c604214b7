/** An image as v2 shows it: flat, with its own properties beside the rest, and without what is None. Upstream: glance/api/v2/images.py (ResponseSerializer) at 2014.2. */
import type { Json, JsonObject } from "../../../../python/index.js";
import type { ImageRow } from "../../database.js";
import type { GlanceApp } from "../app.js";

export function imageV2(app: GlanceApp, image: ImageRow): JsonObject {
  const { uuid } = image;
  const date = (stamp: string): string => `${stamp.slice(0, 19)}Z`;
  const locations = app.images.locations(uuid);
  const { show_multiple_locations, show_image_direct_url } = app.flags;
  const view: Record<string, Json> = {
    ...app.images.properties(image),
    id: uuid,
    name: image.name,
    status: image.status,
    visibility: image.is_public ? "public" : "private",
    protected: image.protected,
    size: image.size,
    virtual_size: image.virtual_size,
    checksum: image.checksum,
    disk_format: image.disk_format,
    container_format: image.container_format,
    min_disk: image.min_disk,
    min_ram: image.min_ram,
    owner: image.owner,
    tags: app.images.tags(uuid),
    created_at: date(image.created_at),
    updated_at: date(image.updated_at ?? image.created_at),
    self: `/v2/images/${uuid}`,
    file: `/v2/images/${uuid}/file`,
    schema: "/v2/schemas/image",
    locations: show_multiple_locations
      ? locations.map(({ value, meta_data }) => ({ url: value, metadata: meta_data ?? {} }))
      : null,
    direct_url: show_image_direct_url ? (locations[0]?.value ?? null) : null,
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== null));
}
