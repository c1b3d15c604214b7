/**
 * Volumes and their snapshots as the compute API shows them. Upstream:
 * nova/api/openstack/compute/contrib/volumes.py (_translate_volume_summary_view,
 * _translate_snapshot_summary_view, _translate_attachment_summary_view) at 2014.2.
 */
import { truth, type Json, type JsonObject } from "../../../../python/index.js";
import type { Volume, VolumeSnapshot } from "../../volume/model.js";

export const volumeView = (volume: Volume): JsonObject => ({
  id: volume.id,
  status: volume.status,
  size: volume.size,
  availabilityZone: volume.availability_zone,
  createdAt: volume.created_at,
  attachments: [
    volume.attach_status === "attached"
      ? attachmentView(volume.id, volume.instance_uuid ?? null, volume.mountpoint)
      : {},
  ],
  displayName: volume.display_name,
  displayDescription: volume.display_description,
  volumeType: volume.volume_type_id,
  snapshotId: volume.snapshot_id,
  metadata: volume.volume_metadata,
});

/** One without a name for its device does not say so. */
export const attachmentView = (volumeId: Json, serverId: Json, device: Json): JsonObject => ({
  id: volumeId,
  volumeId,
  serverId,
  ...(truth(device) && { device }),
});

export const snapshotView = (snapshot: VolumeSnapshot): JsonObject => ({
  id: snapshot.id,
  volumeId: snapshot.volume_id,
  status: snapshot.status,
  size: snapshot.volume_size,
  createdAt: snapshot.created_at,
  displayName: snapshot.display_name,
  displayDescription: snapshot.display_description,
});
