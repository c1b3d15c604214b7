/** What a server is, for good: nova/compute/vm_states.py at 2014.2 (nova §4.1). */

export const ACTIVE = "active";
export const BUILDING = "building";
export const PAUSED = "paused";
export const SUSPENDED = "suspended";
export const STOPPED = "stopped";
export const RESCUED = "rescued";
export const RESIZED = "resized";
export const SOFT_DELETED = "soft-delete";
export const DELETED = "deleted";
export const ERROR = "error";
export const SHELVED = "shelved";
export const SHELVED_OFFLOADED = "shelved_offloaded";

export type VmState =
  | typeof ACTIVE
  | typeof BUILDING
  | typeof PAUSED
  | typeof SUSPENDED
  | typeof STOPPED
  | typeof RESCUED
  | typeof RESIZED
  | typeof SOFT_DELETED
  | typeof DELETED
  | typeof ERROR
  | typeof SHELVED
  | typeof SHELVED_OFFLOADED;
