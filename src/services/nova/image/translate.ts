/**
 * Between what Glance says of an image and what Nova's services pass about. Upstream:
 * nova/image/glance.py (_translate_from_glance, _translate_to_glance, _is_image_available).
 */
import type { RequestContext } from "../../../framework/index.js";
import type { GlanceImage, ImageChanges } from "../../glance/client/index.js";
import type { ImageMeta } from "./image-meta.js";

/** `_extract_attributes`: only an active image has a checksum, a queued one has no formats yet. */
export function fromGlance(image: GlanceImage): ImageMeta {
  const { id, name, status, size, min_disk, min_ram, owner, is_public, deleted } = image;
  const { created_at, updated_at, properties } = image;
  const queued = status === "queued";
  return {
    id,
    name,
    status,
    size,
    min_disk,
    min_ram,
    disk_format: queued ? null : image.disk_format,
    container_format: queued ? null : image.container_format,
    checksum: status === "active" ? image.checksum : null,
    owner,
    is_public,
    deleted,
    created_at: dated(created_at),
    updated_at: dated(updated_at),
    deleted_at: null,
    properties,
  };
}

/** `_convert_timestamps_to_datetimes`, and how a message writes them (`timeutils.strtime`). */
const dated = (date: string | null): string | null =>
  date === null ? null : `${date.slice(0, "2014-09-18T04:03:09".length)}.000000`;

/** What Glance is told: status and dates are for it alone to decide. */
export function toGlance(meta: Partial<ImageMeta>): ImageChanges {
  const { status: _status, created_at: _created, updated_at: _updated, ...left } = meta;
  const { deleted_at: _deleted, ...changes } = left;
  return changes;
}

/**
 * Whether the caller may see the image. Glance has decided already for whoever came with a token;
 * this is for deployments without Keystone.
 */
export function isAvailable(ctxt: RequestContext, image: ImageMeta): boolean {
  if (ctxt.auth_token !== null && ctxt.auth_token !== "") return true;
  if (image.is_public || ctxt.is_admin) return true;
  const { owner_id, project_id, user_id } = image.properties;
  if (owner_id !== undefined) return owner_id === ctxt.project_id;
  if (project_id !== undefined) return project_id === ctxt.project_id;
  return user_id !== undefined && user_id === ctxt.user_id;
}
