/** What the hypervisor says of a guest: nova/compute/power_state.py at 2014.2 (nova §4.3). */

export const NOSTATE = 0;
export const RUNNING = 1;
export const PAUSED = 3;
export const SHUTDOWN = 4;
export const CRASHED = 6;
export const SUSPENDED = 7;
export const BUILDING = 9;

export type PowerState = 0 | 1 | 3 | 4 | 6 | 7 | 9;

/** As the clients show it. */
export const POWER_STATE_NAMES: ReadonlyMap<number, string> = new Map([
  [NOSTATE, "NOSTATE"],
  [RUNNING, "Running"],
  [PAUSED, "Paused"],
  [SHUTDOWN, "Shutdown"],
  [CRASHED, "Crashed"],
  [SUSPENDED, "Suspended"],
  [BUILDING, "Building"],
]);
