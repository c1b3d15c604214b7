/**
 * A disk that a user asked for, in the second form of the API; the first form is translated to it.
 * Upstream: nova/block_device.py (BlockDeviceDict) at 2014.2.
 */

export interface BlockDeviceRequest {
  readonly source_type: "image" | "volume" | "snapshot" | "blank";
  readonly destination_type: "local" | "volume";
  readonly guest_format: string | null;
  readonly device_type: string | null;
  readonly disk_bus: string | null;
  readonly boot_index: number | null;
  readonly device_name: string | null;
  readonly delete_on_termination: boolean;
  readonly snapshot_id: string | null;
  readonly volume_id: string | null;
  readonly volume_size: number | null;
  readonly image_id: string | null;
  readonly no_device: boolean | null;
}

/** The disk of every server that boots from an image: a local copy of it. */
export const imageDisk = (imageId: string): BlockDeviceRequest => ({
  source_type: "image",
  destination_type: "local",
  guest_format: null,
  device_type: "disk",
  disk_bus: null,
  boot_index: 0,
  device_name: null,
  delete_on_termination: true,
  snapshot_id: null,
  volume_id: null,
  volume_size: null,
  image_id: imageId,
  no_device: null,
});
