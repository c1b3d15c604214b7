/**
 * An instance goes: its server, of which nobody waits for longer than a minute, its queue, its row and its
 * group. The volume is the server's affair. Upstream: trove/instance/models.py (delete_async),
 * trove/taskmanager/models.py (BuiltInstanceTasks._delete_resources), manager.py (delete_instance) at 2014.2.
 */
import { NotFound as NovaNotFound } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { TroveContext } from "../context.js";
import { PollTimeOut, UnprocessableEntity } from "../exception.js";
import {
  builtInstance,
  freshInstance,
  setServiceStatus,
  type Instance,
} from "../instance/instances.js";
import { DELETED } from "../instance/service-status.js";
import { NONE, taskColumns } from "../instance/tasks.js";
import { pollUntil } from "../poll.js";
import { deleteForInstance } from "../security-groups.js";
import { isoTime } from "../times.js";
import type { TaskParts } from "./task-parts.js";
import { sendUsageEvent } from "./usage-events.js";

export function* deleteInstance(parts: TaskParts, ctxt: TroveContext, id: string): Op<void> {
  try {
    const instance = yield* builtInstance(parts, ctxt, id);
    yield* deleteResources(parts, ctxt, instance, parts.env.utcnow());
  } catch (error) {
    if (!(error instanceof UnprocessableEntity)) throw error;
    // Without a server there is nothing but the row.
    yield* freshInstance(parts, ctxt, id);
  }
  parts.guest(ctxt, id).deleteQueue();
  const { db, instanceFlags } = parts;
  db.instances.touch(id, taskColumns(NONE));
  db.instances.softDelete(id);
  setServiceStatus(db, id, DELETED);
  if (instanceFlags.trove_security_groups_support) yield* deleteForInstance(parts, ctxt, id);
}

function* deleteResources(
  parts: TaskParts,
  ctxt: TroveContext,
  instance: Instance,
  deletedAt: string,
): Op<void> {
  const { env, flags } = parts;
  const { uuid, compute_instance_id } = instance.row;
  const serverId = compute_instance_id ?? "None";
  const nova = parts.remote.nova(ctxt);
  const server = yield* nova.server(serverId);
  try {
    yield* nova.deleteServer(serverId);
  } catch (thrown) {
    parts.exception(`Error during delete compute server ${serverId}`, yield* caught(thrown));
  }
  try {
    const patience = { sleepTime: 2, timeOut: flags.server_delete_time_out };
    yield* pollUntil(env, patience, function* () {
      try {
        const { status } = yield* nova.server(serverId);
        if (!["SHUTDOWN", "ACTIVE"].includes(status.toUpperCase())) {
          const what = `entered ERROR status when deleting instance ${uuid}!`;
          env.log("error", `Server ${serverId} ${what}`);
        }
        return false;
      } catch (error) {
        if (error instanceof NovaNotFound) return true;
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof PollTimeOut)) throw error;
    const what = `Timeout deleting compute server ${serverId}`;
    parts.exception(`Failed to delete instance ${uuid}: ${what}`, error);
  }
  const extra = { deleted_at: isoTime(deletedAt) };
  yield* sendUsageEvent(parts, ctxt, instance, { event: "delete", server, extra });
}
