/**
 * What is known of the database server in a guest, and what users are shown for it. Upstream:
 * trove/common/instance.py (ServiceStatus, ServiceStatuses) at 2014.2.
 */
import { ValueError } from "../../../python/index.js";

export interface ServiceStatus {
  readonly code: number;
  /** What a guest calls it. */
  readonly description: string;
  readonly apiStatus: string;
}

const status = (code: number, description: string, apiStatus: string): ServiceStatus => ({
  code,
  description,
  apiStatus,
});

export const RUNNING = status(0x01, "running", "ACTIVE");
export const BLOCKED = status(0x02, "blocked", "BLOCKED");
export const PAUSED = status(0x03, "paused", "SHUTDOWN");
export const SHUTDOWN = status(0x04, "shutdown", "SHUTDOWN");
export const DELETED = status(0x05, "deleted", "DELETED");
export const CRASHED = status(0x06, "crashed", "SHUTDOWN");
export const FAILED = status(0x08, "failed to spawn", "FAILED");
export const BUILDING = status(0x09, "building", "BUILD");
export const UNKNOWN = status(0x16, "unknown", "ERROR");
export const NEW = status(0x17, "new", "NEW");
export const FAILED_TIMEOUT_GUESTAGENT = status(0x18, "guestagent error", "ERROR");
export const BUILD_PENDING = status(0x19, "build pending", "BUILD");

const ALL: readonly ServiceStatus[] = [
  ...[RUNNING, BLOCKED, PAUSED, SHUTDOWN, DELETED, CRASHED, FAILED, BUILDING, UNKNOWN, NEW],
  ...[FAILED_TIMEOUT_GUESTAGENT, BUILD_PENDING],
];

/** @throws ValueError */
export function statusOfCode(code: number): ServiceStatus {
  const found = ALL.find((each) => each.code === code);
  if (found !== undefined) return found;
  throw new ValueError(`Status code ${String(code)} is not a valid ServiceStatus integer code.`);
}

/** @throws ValueError */
export function statusOfDescription(description: string): ServiceStatus {
  const found = ALL.find((each) => each.description === description);
  if (found !== undefined) return found;
  throw new ValueError(`Status description ${description} is not a valid ServiceStatus.`);
}

export const statusColumns = ({ code, description }: ServiceStatus) => ({
  status_id: code,
  status_description: description,
});

/** Whether a user may have something done then. */
export const actionIsAllowed = ({ code }: ServiceStatus): boolean =>
  [RUNNING, SHUTDOWN, CRASHED, BLOCKED].some((each) => each.code === code);
