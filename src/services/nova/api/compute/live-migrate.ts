/**
 * A running server is asked to go to another host, which is named or found. No rule of the compute API's is
 * asked, and the server's history has nothing of it. Upstream: nova/compute/api.py (live_migrate),
 * nova/api/openstack/compute/contrib/admin_actions.py (_migrate_live) at 2014.2; nova §3.1, NOV-253.
 */
import { originalMessage } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import { HttpFault } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, strictBoolean, type Json } from "../../../../python/index.js";
import * as errors from "../../exception.js";
import type { Instance } from "../../objects/instance.js";
import * as task from "../../states/task-states.js";
import * as vm from "../../states/vm-states.js";
import { noteTask } from "../actions/action.js";
import type { NovaApp } from "../app.js";
import { stateConflict } from "../faults.js";
import { badRequest, shown } from "../input.js";
import { checkLock, checkState } from "./checks.js";

interface WantedMove {
  readonly host: string | null;
  readonly blockMigration: boolean;
  readonly diskOverCommit: boolean;
}

/** @throws HttpFault 400 */
export function wantedMove(argument: Json): WantedMove {
  const { block_migration, disk_over_commit, host } = isObject(argument) ? argument : {};
  if (block_migration === undefined || disk_over_commit === undefined || host === undefined) {
    throw badRequest(
      "host, block_migration and disk_over_commit must be specified for live migration.",
    );
  }
  return {
    host: host === null ? null : shown(host),
    blockMigration: strict(block_migration),
    diskOverCommit: strict(disk_over_commit),
  };
}

/** `bool_from_string(strict=True)`. @throws HttpFault 400 */
function strict(value: Json): boolean {
  const yes = strictBoolean(value);
  if (yes !== undefined) return yes;
  const known = "'0', '1', 'f', 'false', 'n', 'no', 'off', 'on', 't', 'true', 'y', 'yes'";
  throw badRequest(`Unrecognized value '${shown(value)}', acceptable values are: ${known}`);
}

/** @throws InstanceIsLocked, InstanceInvalidState, and what the conductor refuses it with */
export function* liveMigrate(
  app: NovaApp,
  ctxt: RequestContext,
  instance: Instance,
  argument: Json,
): Op<void> {
  const { host, blockMigration, diskOverCommit } = wantedMove(argument);
  try {
    checkLock(ctxt, instance);
    checkState(instance, { method: "live_migrate" }, [vm.ACTIVE]);
    yield* noteTask(app, ctxt, instance, { state: task.MIGRATING, record: null });
    yield* app.computeTask.migrate_server(ctxt, {
      instance,
      scheduler_hint: { host },
      live: true,
      rebuild: false,
      flavor: null,
      block_migration: blockMigration,
      disk_over_commit: diskOverCommit,
      reservations: null,
    });
  } catch (error) {
    throw answered(error, instance.uuid, host);
  }
}

const REFUSALS = [
  errors.NoValidHost,
  errors.ComputeServiceUnavailable,
  errors.InvalidHypervisorType,
  errors.UnableToMigrateToSelf,
  errors.DestinationHypervisorTooOld,
  errors.InvalidLocalStorage,
  errors.InvalidSharedStorage,
  errors.InstanceNotRunning,
  errors.MigrationPreCheckError,
];

/** What is caught is everything. */
function answered(error: unknown, id: string, host: string | null): unknown {
  if (error instanceof errors.NovaException && REFUSALS.some((kind) => error instanceof kind)) {
    return badRequest(originalMessage(error));
  }
  if (error instanceof errors.InstanceNotFound) return new HttpFault(404, originalMessage(error));
  if (error instanceof errors.InstanceInvalidState) return stateConflict(error, "os-migrateLive");
  const where = host === null ? "another host" : `host ${host}`;
  return badRequest(`Live migration of instance ${id} to ${where} failed`);
}
