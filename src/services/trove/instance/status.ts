/**
 * The status that a user sees: nobody stores it, it follows from the task, the server, backups that run and
 * the service, in this order. Upstream: trove/instance/models.py (SimpleInstance.status,
 * Instance.validate_can_perform_action) at 2014.2.
 */
import { UnprocessableEntity } from "../exception.js";
import type { TroveParts } from "../parts.js";
import { runningBackup } from "../backups.js";
import type { Instance } from "./instances.js";
import { actionIsAllowed, NEW, PAUSED } from "./service-status.js";
import { NONE, RESTART_REQUIRED, taskOf, taskText } from "./tasks.js";

/** What a task is shown as, whatever the server does. */
const OF_TASK: ReadonlyMap<string, string> = new Map([
  ["REBOOTING", "REBOOT"],
  ["RESIZING", "RESIZE"],
  ["RESTART_REQUIRED", "RESTART_REQUIRED"],
]);

const OF_SERVER: ReadonlyMap<string, string> = new Map([
  ["BUILD", "BUILD"],
  ["ERROR", "ERROR"],
  ["REBOOT", "REBOOT"],
  ["RESIZE", "RESIZE"],
  ["VERIFY_RESIZE", "RESIZE"],
]);

export function instanceStatus(
  { env, db }: Pick<TroveParts, "env" | "db">,
  { row, server, service }: Instance,
): string {
  const task = taskOf(row);
  if (task.isError) return "ERROR";
  if (task.action === "BUILDING") return server.status === "ERROR" ? "ERROR" : "BUILD";
  const shown = OF_TASK.get(task.action) ?? OF_SERVER.get(server.status);
  if (shown !== undefined) return shown;
  if (runningBackup(db, row.uuid) !== undefined) return "BACKUP";
  if (task.action === "DELETING") {
    if (["ACTIVE", "SHUTDOWN", "DELETED"].includes(server.status)) return "SHUTDOWN";
    env.log(
      "error",
      `While shutting down instance (${row.uuid}): server had status (${server.status}).`,
    );
    return "ERROR";
  }
  if (service.code === PAUSED.code) return "REBOOT";
  return service.code === NEW.code ? "BUILD" : service.apiStatus;
}

/** @throws UnprocessableEntity unless an action can be begun */
export function validateCanPerformAction(
  parts: Pick<TroveParts, "env" | "db">,
  instance: Instance,
): void {
  const { row, server, service } = instance;
  const task = taskOf(row);
  let status: string;
  if (server.status !== "ACTIVE") status = server.status;
  else if (task.text !== NONE.text && task.text !== RESTART_REQUIRED.text) status = taskText(task);
  else if (!actionIsAllowed(service)) status = instanceStatus(parts, instance);
  else if (runningBackup(parts.db, row.uuid) !== undefined) status = "BACKUP";
  else return;
  const words =
    `Instance ${row.uuid} is not currently available for an action to be performed ` +
    `(status was ${status}).`;
  parts.env.log("error", words);
  throw new UnprocessableEntity({}, words);
}
