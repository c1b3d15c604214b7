/**
 * Options of cinder-volume and of its LVM driver. Upstream: cinder/volume/manager.py,
 * cinder/volume/driver.py, cinder/volume/drivers/lvm.py at 2014.2.
 */
import { boolean, integer, optionalString, string } from "../../../framework/index.js";

export const volumeFlags = {
  volume_backend_name: optionalString("The backend name for a given driver implementation"),
  volume_group: string("cinder-volumes", "Name of the volume group that contains the volumes"),
  reserved_percentage: integer(0, "Percentage of the backend capacity that is reserved", {
    min: 0,
    max: 100,
  }),
  volume_clear: string("zero", "Method used to wipe old volumes", ["none", "zero", "shred"]),
  volume_clear_size: integer(0, "Size in MB to wipe at the start of old volumes; 0: all", {
    min: 0,
  }),
  iscsi_ip_address: optionalString(
    "Address that the iSCSI daemon listens on; unset: that of its host",
  ),
  iscsi_port: integer(3260, "Port that the iSCSI daemon listens on", { min: 1, max: 65_535 }),
  iscsi_target_prefix: string("iqn.2010-10.org.openstack:", "Prefix of iSCSI volumes"),
  migration_create_volume_timeout_secs: integer(
    300,
    "Timeout for creating the volume to migrate to when performing volume migration (seconds)",
  ),
  volume_service_inithost_offload: boolean(
    false,
    "Offload pending volume deletes of the start to the thread pool",
  ),
} as const;
