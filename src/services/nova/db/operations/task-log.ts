/**
 * What each host has done of a task that is done once a period: the audit of usage is the one that there is.
 * Upstream: nova/db/sqlalchemy/api.py (task_log_*), models.py (TaskLog) at 2014.2.
 */
import type { Row } from "../../../../framework/index.js";
import { TaskAlreadyRunning, TaskNotRunning } from "../../exception.js";
import type { NovaDatabase } from "../database.js";
import type { TaskLogRow, TaskOfPeriod } from "./rows.js";

/** The latest, if it was ever begun. */
export const taskLog = (db: NovaDatabase, task: TaskOfPeriod): Row<TaskLogRow> | undefined =>
  db.task_log.find({ ...task }).at(-1);

/** Of all hosts. */
export const taskLogs = (db: NovaDatabase, of: Omit<TaskOfPeriod, "host">): Row<TaskLogRow>[] =>
  db.task_log.find({ ...of });

/** @throws TaskAlreadyRunning: a task is begun once */
export function beginTask(
  db: NovaDatabase,
  task: TaskOfPeriod,
  values: Pick<TaskLogRow, "message" | "task_items">,
): void {
  if (taskLog(db, task) !== undefined) {
    throw new TaskAlreadyRunning({ task_name: task.task_name, host: task.host });
  }
  db.task_log.insert({ ...task, ...values, state: "RUNNING", errors: 0 });
}

/** @throws TaskNotRunning */
export function endTask(
  db: NovaDatabase,
  task: TaskOfPeriod,
  values: Pick<TaskLogRow, "message" | "errors">,
): void {
  const row = db.task_log.first({ ...task, state: "RUNNING" });
  if (row === undefined) {
    throw new TaskNotRunning({ task_name: task.task_name, host: task.host });
  }
  db.task_log.update(row.id, { ...values, state: "DONE" });
}
