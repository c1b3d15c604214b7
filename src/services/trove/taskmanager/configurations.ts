/**
 * What a user has configured reaches the guest, or is taken back there. Upstream:
 * trove/taskmanager/models.py (BuiltInstanceTasks.update_overrides, unassign_configuration) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { defaultConfiguration, renderedOverrides } from "../configuration/config-template.js";
import { needsRestart } from "../configuration/configurations.js";
import type { TroveContext } from "../context.js";
import { GuestError } from "../exception.js";
import { setTask, updateInstance, type InstanceRecord } from "../instance/instances.js";
import { RESTART_REQUIRED } from "../instance/tasks.js";
import type { FlavorOnWire } from "./rpcapi.js";
import type { TaskParts } from "./task-parts.js";

/** An error of the guest's is logged. */
export function* updateOverrides(
  parts: TaskParts,
  ctxt: TroveContext,
  row: InstanceRecord,
  overrides: JsonObject,
  remove = false,
): Op<void> {
  const { env, db } = parts;
  const { uuid: id, configuration_id, flavor_id } = row;
  env.log("info", `Initiating datastore configurations update on instance ${id}.`);
  if (configuration_id !== null && needsRestart(db, configuration_id)) {
    setTask(db, id, RESTART_REQUIRED);
  }
  yield* parts.remote.nova(ctxt).flavor(flavor_id);
  const guest = parts.guest(ctxt, id);
  try {
    yield* guest.updateOverrides({
      overrides: renderedOverrides(parts.versionOf(row), overrides),
      remove,
    });
    yield* guest.applyOverrides({ overrides });
  } catch (error) {
    if (!(error instanceof GuestError)) throw error;
    env.log("error", `Failed to initiate datastore configurations update on instance ${id}.`);
  }
}

/** What has no default of its own needs a restart to be as it was. */
export function* unassignConfiguration(
  parts: TaskParts,
  ctxt: TroveContext,
  row: InstanceRecord,
  { ram }: FlavorOnWire,
  configuration_id: string,
): Op<void> {
  const { env, db } = parts;
  const { uuid: id } = row;
  env.log(
    "info",
    `Initiating configuration group ${configuration_id} removal from instance ${id}.`,
  );
  const defaults = new Map(defaultConfiguration({ version: parts.versionOf(row), ram, id }));
  const overrides: Record<string, string> = {};
  for (const { configuration_key: key } of db.configuration_parameters.find({ configuration_id })) {
    const value = defaults.get(key);
    if (value === undefined) setTask(db, id, RESTART_REQUIRED);
    else if (value !== "") overrides[key] = value;
  }
  yield* updateOverrides(parts, ctxt, row, overrides, true);
  updateInstance(db, id, { configuration_id: null });
}
