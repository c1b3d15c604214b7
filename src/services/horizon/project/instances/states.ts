/**
 * What Horizon calls the states of a server, and which of them it takes for settled. Upstream:
 * openstack_dashboard/dashboards/project/instances/tables.py at 2014.2.
 */
import { textOf } from "../../../../python/index.js";
import type { NovaServer } from "../../api/nova.js";
import type { RowStatus } from "../../client/index.js";
import { titled } from "../../text.js";

const STATUS_WORDS: ReadonlyMap<string, string> = new Map([
  ["resize", "Resize/Migrate"],
  ["verify_resize", "Confirm or Revert Resize/Migrate"],
  ["revert_resize", "Revert Resize/Migrate"],
]);

const TASK_WORDS: ReadonlyMap<string, string> = new Map([
  ["image_snapshot", "Snapshotting"],
  ["resize_prep", "Preparing Resize or Migrate"],
  ["resize_migrating", "Resizing or Migrating"],
  ["resize_migrated", "Resized or Migrated"],
  ["resize_finish", "Finishing Resize or Migrate"],
  ["resize_reverting", "Reverting Resize or Migrate"],
  ["resize_confirming", "Confirming Resize or Migrate"],
  ["unpausing", "Resuming"],
  ["powering-off", "Powering Off"],
  ["powering-on", "Powering On"],
  ["soft-deleting", "Soft Deleting"],
]);

const POWER_STATES: readonly (readonly [state: string, words: string])[] = [
  ["NO STATE", "No State"],
  ["RUNNING", "Running"],
  ["BLOCKED", "Blocked"],
  ["PAUSED", "Paused"],
  ["SHUTDOWN", "Shut Down"],
  ["SHUTOFF", "Shut Off"],
  ["CRASHED", "Crashed"],
  ["SUSPENDED", "Suspended"],
  ["FAILED", "Failed"],
  ["BUILDING", "Building"],
];

/** Statuses that a row stays in; all others are asked for again and again. */
const SETTLED: ReadonlySet<string> = new Set([
  "active",
  "shutoff",
  "suspended",
  "paused",
  "rescue",
  "shelved_offloaded",
]);

export const taskOf = (server: NovaServer): string | null => {
  const task = server["OS-EXT-STS:task_state"] as string | null | undefined;
  return task === undefined || task === "" ? null : task;
};

export const isDeleting = (server: NovaServer): boolean =>
  taskOf(server)?.toLowerCase() === "deleting";

export const statusWord = ({ status }: NovaServer): string =>
  STATUS_WORDS.get(status.toLowerCase()) ?? titled(status);

export function taskWord(server: NovaServer): string {
  const task = taskOf(server);
  return task === null ? "None" : (TASK_WORDS.get(task.toLowerCase()) ?? titled(task));
}

const powerOf = (server: NovaServer) => POWER_STATES[server["OS-EXT-STS:power_state"]] ?? ["", ""];

/** `RUNNING`. */
export const powerState = (server: NovaServer): string => powerOf(server)[0];

export const powerWord = (server: NovaServer): string => powerOf(server)[1];

export function rowStatus(server: NovaServer): RowStatus {
  const status = server.status.toLowerCase();
  if (status === "error") return "down";
  return SETTLED.has(status) && taskOf(server) === null ? "up" : "unknown";
}

/** What has become of it, where it is in error. Upstream: `get_instance_error`. */
export function instanceError(server: NovaServer): string | undefined {
  if (server.status.toLowerCase() !== "error") return undefined;
  const { fault } = server;
  const message = fault === undefined ? "Unknown" : textOf(fault, "message");
  const words =
    message === "NoValidHost"
      ? "There is not enough capacity for this flavor in the selected availability zone. Try again later or select a different availability zone."
      : `Please try again later [Error: ${message}].`;
  return `Failed to launch instance "${server.name}": ${words}`;
}
