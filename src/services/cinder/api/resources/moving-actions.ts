/**
 * Actions by which a volume gets another host or another type. Upstream: cinder/api/contrib/admin_actions.py
 * (_migrate_volume, _migrate_volume_completion), volume_actions.py (_retype) at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { contains, get, item, str, type Json } from "../../../../python/index.js";
import type { Volume } from "../../db/volumes.js";
import { NotFound } from "../../exception.js";
import { plainFault } from "../faults.js";
import { flagIn, required } from "../input.js";
import type { CinderCall } from "../route.js";
import { completeMigration, migrateVolume } from "../volumes/migrate.js";
import { retype } from "../volumes/retype.js";
import { getVolume } from "../volumes/volumes.js";

type ActionCall = CinderCall<"id">;

/** @throws HttpFault 404 in webob's words */
export function foundByAdmin(call: ActionCall, id = call.params.id): Volume {
  try {
    return getVolume(call, id);
  } catch (error) {
    throw error instanceof NotFound ? plainFault(404) : error;
  }
}

/** A volume that is not there is nobody's concern: its error says so. */
export function* retyping(call: ActionCall, argument: Json): Op<HttpResponse> {
  const volume = getVolume(call, call.params.id);
  const type = required(argument, "new_type", "New volume type must be specified.");
  yield* retype(call, volume, type, get(argument, "migration_policy"));
  return respond(202);
}

export function* migrating(call: ActionCall, argument: Json): Op<HttpResponse> {
  call.enforce(call.ctxt, "volume_extension:volume_admin_actions:migrate_volume");
  const volume = foundByAdmin(call);
  const host = required(argument, "host", "Must specify 'host'");
  const forced = contains(argument, "force_host_copy") ? item(argument, "force_host_copy") : false;
  yield* migrateVolume(call, volume, host, flagIn(forced, "force_host_copy"));
  return respond(202);
}

/** What Nova says after each swap, whoever asked for it. */
export function* completingMigration(call: ActionCall, argument: Json): Op<HttpResponse> {
  call.enforce(call.ctxt, "volume_extension:volume_admin_actions:migrate_volume_completion");
  const volume = foundByAdmin(call);
  const id = str(required(argument, "new_volume", "Must specify 'new_volume'"));
  const target = foundByAdmin(call, id);
  const failed = contains(argument, "error") ? item(argument, "error") : false;
  const save_volume_id = yield* completeMigration(call, volume, target, failed);
  return respond(200, { save_volume_id });
}
