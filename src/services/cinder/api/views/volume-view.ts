/**
 * A volume as the API shows it, in both versions. Dates are as MySQL keeps them, but for a volume that
 * has just been made. Upstream: cinder/api/v2/views/volumes.py, cinder/api/v1/volumes.py
 * (_translate_volume_detail_view), and the extensions that add to its show and detail, at 2014.2.
 */
import { storedDate, type RequestContext } from "../../../../framework/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { imageMetadata } from "../../db/image-metadata.js";
import { volumeTypeName } from "../../db/volume-types.js";
import type { Volume } from "../../db/volumes.js";
import type { CinderApp } from "../app.js";
import { authorized } from "../policy.js";
import { linksOf } from "./links.js";
import type { ApiVersion } from "../route.js";

export interface ViewOptions {
  readonly version: ApiVersion;
  /** Whether what administrators note of it is shown among what users say. */
  readonly adminMetadata: boolean;
  /** A row that has not been read back yet: its date has a fraction. */
  readonly fresh?: boolean;
  /** What it is being made from, where the request has just said so. */
  readonly imageId?: string | undefined;
}

/** `_visible_admin_metadata_keys`. */
const VISIBLE = ["readonly", "attached_mode"];

export function volumeView(
  app: CinderApp,
  ctxt: RequestContext,
  volume: Volume,
  options: ViewOptions,
): JsonObject {
  const { db } = app;
  const { uuid: id, status, size, availability_zone, snapshot_id, source_volid } = volume;
  const created_at = options.fresh === true ? volume.created_at : storedDate(volume.created_at);
  const attachments = attachmentsOf(volume);
  const metadata = metadataOf(app, id, options.adminMetadata);
  const type = volumeTypeName(db, volume.volume_type_id) ?? volume.volume_type_id;
  const encrypted = volume.encryption_key_id !== null;
  const bootable = String(volume.bootable);
  if (options.version === "v1") {
    return {
      id,
      status,
      size,
      availability_zone,
      created_at,
      bootable,
      attachments,
      display_name: volume.display_name,
      display_description: volume.display_description,
      volume_type: type ?? "None",
      snapshot_id,
      source_volid,
      encrypted,
      ...(options.imageId !== undefined && { image_id: options.imageId }),
      metadata,
    };
  }
  return {
    id,
    status,
    size,
    availability_zone,
    created_at,
    attachments,
    name: volume.display_name,
    description: volume.display_description,
    volume_type: type,
    snapshot_id,
    source_volid,
    metadata,
    links: volumeLinks(app, ctxt, id),
    user_id: volume.user_id,
    bootable,
    encrypted,
    replication_status: volume.replication_status,
    consistencygroup_id: volume.consistencygroup_id,
  };
}

/** What v2 lists without details. */
export const volumeSummary = (
  app: CinderApp,
  ctxt: RequestContext,
  volume: Volume,
): JsonObject => ({
  id: volume.uuid,
  name: volume.display_name,
  links: volumeLinks(app, ctxt, volume.uuid),
});

/** What extensions add to show and detail, as far as the caller may see it. */
export function volumeAttributes(app: CinderApp, ctxt: RequestContext, volume: Volume): JsonObject {
  const image = imageMetadata(app.db, { volume_id: volume.uuid });
  return {
    ...(authorized(ctxt, "volume_extension:volume_host_attribute") && {
      "os-vol-host-attr:host": volume.host,
    }),
    ...(authorized(ctxt, "volume_extension:volume_tenant_attribute") && {
      "os-vol-tenant-attr:tenant_id": volume.project_id,
    }),
    ...(authorized(ctxt, "volume_extension:volume_mig_status_attribute") && {
      "os-vol-mig-status-attr:migstat": volume.migration_status,
      "os-vol-mig-status-attr:name_id": volume._name_id,
    }),
    ...(authorized(ctxt, "volume_extension:volume_replication") && {
      "os-volume-replication:extended_status": volume.replication_extended_status,
      "os-volume-replication:driver_data": volume.replication_driver_data,
    }),
    ...(Object.keys(image).length > 0 && { volume_image_metadata: image }),
  };
}

/** There is one attachment at most, and its id is the volume's. */
function attachmentsOf(volume: Volume): JsonObject[] {
  const { uuid, attach_status, instance_uuid, attached_host, mountpoint } = volume;
  if (attach_status !== "attached") return [];
  const device = mountpoint === null || mountpoint === "" ? {} : { device: mountpoint };
  return [
    { id: uuid, volume_id: uuid, server_id: instance_uuid, host_name: attached_host, ...device },
  ];
}

function metadataOf({ db }: CinderApp, id: string, withAdmin: boolean): JsonObject {
  const visible = withAdmin
    ? Object.entries(db.adminMetadata.get(id)).filter(([key]) => VISIBLE.includes(key))
    : [];
  return { ...db.userMetadata.get(id), ...Object.fromEntries(visible) };
}

const volumeLinks = (app: CinderApp, ctxt: RequestContext, id: string): JsonObject[] =>
  linksOf(app, ctxt, { version: "v2", collection: "volumes", id });
