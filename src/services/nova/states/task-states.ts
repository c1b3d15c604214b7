/**
 * What is being done to a server, null when nothing is: nova/compute/task_states.py at 2014.2, with
 * its mixture of hyphens and underscores (nova §4.2).
 */

export const SCHEDULING = "scheduling";
export const BLOCK_DEVICE_MAPPING = "block_device_mapping";
export const NETWORKING = "networking";
export const SPAWNING = "spawning";

export const IMAGE_SNAPSHOT = "image_snapshot";
export const IMAGE_SNAPSHOT_PENDING = "image_snapshot_pending";
export const IMAGE_PENDING_UPLOAD = "image_pending_upload";
export const IMAGE_UPLOADING = "image_uploading";
export const IMAGE_BACKUP = "image_backup";

export const UPDATING_PASSWORD = "updating_password";

export const RESIZE_PREP = "resize_prep";
export const RESIZE_MIGRATING = "resize_migrating";
export const RESIZE_MIGRATED = "resize_migrated";
export const RESIZE_FINISH = "resize_finish";
export const RESIZE_REVERTING = "resize_reverting";
/** Defined upstream and never written. */
export const RESIZE_CONFIRMING = "resize_confirming";

export const REBOOTING = "rebooting";
export const REBOOT_PENDING = "reboot_pending";
export const REBOOT_STARTED = "reboot_started";
export const REBOOTING_HARD = "rebooting_hard";
export const REBOOT_PENDING_HARD = "reboot_pending_hard";
export const REBOOT_STARTED_HARD = "reboot_started_hard";

export const PAUSING = "pausing";
export const UNPAUSING = "unpausing";
export const SUSPENDING = "suspending";
export const RESUMING = "resuming";
export const POWERING_OFF = "powering-off";
export const POWERING_ON = "powering-on";

export const RESCUING = "rescuing";
export const UNRESCUING = "unrescuing";

export const REBUILDING = "rebuilding";
export const REBUILD_BLOCK_DEVICE_MAPPING = "rebuild_block_device_mapping";
export const REBUILD_SPAWNING = "rebuild_spawning";

export const MIGRATING = "migrating";

export const DELETING = "deleting";
export const SOFT_DELETING = "soft-deleting";
export const RESTORING = "restoring";

export const SHELVING = "shelving";
export const SHELVING_IMAGE_PENDING_UPLOAD = "shelving_image_pending_upload";
export const SHELVING_IMAGE_UPLOADING = "shelving_image_uploading";
export const SHELVING_OFFLOADING = "shelving_offloading";
export const UNSHELVING = "unshelving";

/** As stored; null is idle. */
export type TaskState = string | null;
