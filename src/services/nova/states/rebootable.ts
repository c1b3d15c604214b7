/** From which states a server may be rebooted: nova/compute/vm_states.py (ALLOW_SOFT_REBOOT ...) at 2014.2. */
import { ACTIVE, ERROR, PAUSED, STOPPED, SUSPENDED, type VmState } from "./vm-states.js";

/** Those in which a guest may be asked to restart itself. */
export const ALLOW_SOFT_REBOOT: readonly VmState[] = [ACTIVE];

/** Those in which it may be made to. */
export const ALLOW_HARD_REBOOT: readonly VmState[] = [
  ...ALLOW_SOFT_REBOOT,
  STOPPED,
  PAUSED,
  SUSPENDED,
  ERROR,
];
