/** Words about the options that every datastore has. Upstream: trove/common/cfg.py at 2014.2. */
export const TCP_HELP = "List of TCP ports and/or port ranges to open in the security group";
export const UDP_HELP = "List of UDP ports and/or port ranges to open in the security group";
export const BACKUP_HELP = "Default strategy to perform backups.";
export const REPLICATION_HELP = "Default strategy for replication.";
export const MOUNT_HELP = "Filesystem path for mounting volumes if volume support is enabled.";
export const ROOT_HELP =
  "Enable the automatic creation of the root user for the service during instance-create.";
export const VOLUME_HELP = "Whether to provision a Cinder volume for datadir.";
export const DEVICE_HELP = "Device path for volume if volume support is enabled.";
