/**
 * What is being done with an instance, as the column `task_id` says it. Two have one code, so that a guest
 * that never spoke is read back as a replica that could not be made; the text beside it alone tells them
 * apart. Upstream: trove/instance/tasks.py (InstanceTask, InstanceTasks) at 2014.2.
 */

export interface InstanceTask {
  readonly code: number;
  readonly action: string;
  readonly text: string;
  readonly isError: boolean;
}

const task = (code: number, action: string, text: string, isError = false): InstanceTask => ({
  code,
  action,
  text,
  isError,
});

export const NONE = task(0x01, "NONE", "No tasks for the instance.");
export const DELETING = task(0x02, "DELETING", "Deleting the instance.");
export const REBOOTING = task(0x03, "REBOOTING", "Rebooting the instance.");
export const RESIZING = task(0x04, "RESIZING", "Resizing the instance.");
export const BUILDING = task(0x05, "BUILDING", "The instance is building.");
export const MIGRATING = task(0x06, "MIGRATING", "Migrating the instance.");
export const RESTART_REQUIRED = task(0x07, "RESTART_REQUIRED", "Instance requires a restart.");
export const BUILDING_ERROR_DNS = task(0x50, "BUILDING", "Build error: DNS.", true);
export const BUILDING_ERROR_SERVER = task(0x51, "BUILDING", "Build error: Server.", true);
export const BUILDING_ERROR_VOLUME = task(0x52, "BUILDING", "Build error: Volume.", true);
export const BUILDING_ERROR_TIMEOUT_GA = task(
  0x54,
  "ERROR",
  "Build error: guestagent timeout.",
  true,
);
export const BUILDING_ERROR_SEC_GROUP = task(
  0x53,
  "BUILDING",
  "Build error: Secgroup or rule.",
  true,
);
export const BUILDING_ERROR_REPLICA = task(0x54, "BUILDING", "Build error: Replica.", true);

/** In the order in which upstream registers them: of two with one code, the last counts. */
const BY_CODE: ReadonlyMap<number, InstanceTask> = new Map(
  [
    ...[NONE, DELETING, REBOOTING, RESIZING, BUILDING, MIGRATING, RESTART_REQUIRED],
    ...[BUILDING_ERROR_DNS, BUILDING_ERROR_SERVER, BUILDING_ERROR_VOLUME],
    ...[BUILDING_ERROR_TIMEOUT_GA, BUILDING_ERROR_SEC_GROUP, BUILDING_ERROR_REPLICA],
  ].map((each) => [each.code, each]),
);

export const taskOf = ({ task_id }: { readonly task_id: number }): InstanceTask =>
  BY_CODE.get(task_id) ?? NONE;

/** As a row has it. */
export const taskColumns = ({ code, text }: InstanceTask) => ({
  task_id: code,
  task_description: text,
});

export const taskText = ({ code, action, text }: InstanceTask): string =>
  `(${String(code)} ${action} ${text})`;
