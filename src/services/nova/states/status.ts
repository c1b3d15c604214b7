/**
 * The one word that users see for a server's state, made from vm_state and task_state. Upstream:
 * nova/api/openstack/common.py (status_from_state, task_and_vm_state_from_status); nova §4.4.
 */
import * as task from "./task-states.js";
import * as vm from "./vm-states.js";

interface Words {
  readonly default: string;
  readonly byTask?: Readonly<Record<string, string>>;
}

const all = (status: string, ...tasks: string[]): Record<string, string> =>
  Object.fromEntries(tasks.map((state) => [state, status]));

const RESIZING = all(
  "RESIZE",
  task.RESIZE_PREP,
  task.RESIZE_MIGRATING,
  task.RESIZE_MIGRATED,
  task.RESIZE_FINISH,
);

const STATUSES: ReadonlyMap<string, Words> = new Map<string, Words>([
  [
    vm.ACTIVE,
    {
      default: "ACTIVE",
      byTask: {
        ...all("REBOOT", task.REBOOTING, task.REBOOT_PENDING, task.REBOOT_STARTED),
        ...all(
          "HARD_REBOOT",
          task.REBOOTING_HARD,
          task.REBOOT_PENDING_HARD,
          task.REBOOT_STARTED_HARD,
        ),
        ...all("PASSWORD", task.UPDATING_PASSWORD),
        ...all(
          "REBUILD",
          task.REBUILDING,
          task.REBUILD_BLOCK_DEVICE_MAPPING,
          task.REBUILD_SPAWNING,
        ),
        ...all("MIGRATING", task.MIGRATING),
        ...RESIZING,
      },
    },
  ],
  [vm.BUILDING, { default: "BUILD" }],
  [vm.STOPPED, { default: "SHUTOFF", byTask: RESIZING }],
  [vm.RESIZED, { default: "VERIFY_RESIZE", byTask: all("REVERT_RESIZE", task.RESIZE_REVERTING) }],
  [vm.PAUSED, { default: "PAUSED" }],
  [vm.SUSPENDED, { default: "SUSPENDED" }],
  [vm.RESCUED, { default: "RESCUE" }],
  [vm.ERROR, { default: "ERROR" }],
  [vm.DELETED, { default: "DELETED" }],
  [vm.SOFT_DELETED, { default: "SOFT_DELETED" }],
  [vm.SHELVED, { default: "SHELVED" }],
  [vm.SHELVED_OFFLOADED, { default: "SHELVED_OFFLOADED" }],
]);

/** `deleted`: the row is; that comes before any look at its states. */
export function statusOf(vmState: string, taskState: string | null, deleted = false): string {
  if (deleted) return "DELETED";
  const words = STATUSES.get(vmState);
  if (words === undefined) return "UNKNOWN";
  const special = words.byTask;
  if (taskState !== null && special !== undefined && Object.hasOwn(special, taskState)) {
    return special[taskState] as string;
  }
  return words.default;
}

/** Every status that a server can have. */
export function allStatuses(): string[] {
  const words = [...STATUSES.values()].flatMap(({ default: usual, byTask = {} }) => [
    usual,
    ...Object.values(byTask),
  ]);
  return [...new Set([...words, "UNKNOWN"])].sort();
}

/** Which states some statuses stand for. */
export interface StatesOfStatus {
  readonly vm_states: readonly string[];
  /** Any, if one of the statuses does not depend on the task. */
  readonly task_states: readonly string[] | "any";
}

/** The way back, for list filters: no states at all for words that are no status. */
export function statesOf(statuses: readonly string[]): StatesOfStatus {
  const wanted = new Set(statuses.map((status) => status.toUpperCase()));
  const vmStates: string[] = [];
  const taskStates = new Set<string>();
  let any = false;
  for (const [vmState, { default: usual, byTask = {} }] of STATUSES) {
    const tasks = Object.keys(byTask).filter((task) => wanted.has(byTask[task] ?? ""));
    if (wanted.has(usual) || tasks.length > 0) vmStates.push(vmState);
    any ||= wanted.has(usual);
    for (const taskState of tasks) taskStates.add(taskState);
  }
  return { vm_states: vmStates.sort(), task_states: any ? "any" : [...taskStates].sort() };
}
