/**
 * A database server is restarted, or its server is rebooted. Whatever comes of it, the task is over then.
 * Upstream: trove/taskmanager/models.py (BuiltInstanceTasks.restart, reboot) at 2014.2.
 */
import { caught, type Op } from "../../../kernel/index.js";
import type { TroveContext } from "../context.js";
import { GuestError } from "../exception.js";
import { setServiceStatus, setTask, type Instance } from "../instance/instances.js";
import { PAUSED } from "../instance/service-status.js";
import { NONE } from "../instance/tasks.js";
import { pollUntil } from "../poll.js";
import type { TaskParts } from "./task-parts.js";

export function* restartInstance(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  const { env } = parts;
  env.log("info", `Initiating datastore restart on instance ${id}.`);
  try {
    yield* parts.guest(ctxt, id).restart();
  } catch (error) {
    if (!(error instanceof GuestError)) throw error;
    env.log("error", `Failed to initiate datastore restart on instance ${id}.`);
  } finally {
    resetTask(parts, id);
  }
}

/** The service is paused until the guest speaks again. */
export function* rebootInstance(parts: TaskParts, ctxt: TroveContext, { row }: Instance): Op<void> {
  const { env, flags } = parts;
  const { uuid: id, compute_instance_id } = row;
  const serverId = compute_instance_id ?? "None";
  const nova = parts.remote.nova(ctxt);
  try {
    yield* parts.guest(ctxt, id).stopDb();
    env.log("info", `Rebooting instance ${id}.`);
    yield* nova.action(serverId, "reboot", { type: "SOFT" });
    yield* pollUntil(env, { sleepTime: 2, timeOut: flags.reboot_time_out }, function* () {
      return (yield* nova.server(serverId)).status === "ACTIVE";
    });
    setServiceStatus(parts.db, id, PAUSED);
    env.log("info", `Rebooted instance ${id} successfully.`);
  } catch (thrown) {
    const error = yield* caught(thrown);
    env.log("error", `Failed to reboot instance ${id}: ${error.message}`);
  } finally {
    resetTask(parts, id);
  }
}

/** `reset_task_status`. */
export function resetTask({ env, db }: TaskParts, id: string): void {
  env.log("info", `Resetting task status to NONE on instance ${id}.`);
  setTask(db, id, NONE);
}
