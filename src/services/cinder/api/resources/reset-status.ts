/**
 * An administrator writes the status of a thing, whatever is true of it. Upstream:
 * cinder/api/contrib/admin_actions.py (AdminController._reset_status, validate_update) at 2014.2.
 */
import { respond, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  AttributeError,
  get,
  isObject,
  KeyError,
  item,
  noAttribute,
  PythonTypeError,
  truth,
  type Json,
} from "../../../../python/index.js";
import { NotFound } from "../../exception.js";
import { badRequest, notFound } from "../faults.js";
import type { CinderRule } from "../policy.js";
import type { Asking, CinderCall } from "../route.js";

export interface StatusUpdate {
  readonly status?: string;
  readonly attach_status?: string;
  readonly migration_status?: string | null;
}

export interface Resettable {
  readonly collection: string;
  readonly rule: CinderRule;
  readonly statuses: readonly string[];
  /** Of volumes alone. */
  readonly attachStatuses?: readonly string[];
  readonly migrationStatuses?: readonly string[];
  readonly update: (asking: Asking, id: string, values: StatusUpdate) => void;
}

/** @throws HttpFault 400 or 404 */
export function* resetStatus(
  call: CinderCall<"id">,
  what: Resettable,
  argument: Json,
): Op<HttpResponse> {
  const { app, ctxt, params } = call;
  call.enforce(ctxt, what.rule);
  const update = what.attachStatuses === undefined ? one(what, argument) : any(what, argument);
  const told = { id: params.id, update };
  const event = `${what.collection}.reset_status`;
  yield* app.statusNotifier.info(ctxt, `${event}.start`, told);
  try {
    what.update(call, params.id, update);
  } catch (error) {
    throw error instanceof NotFound ? notFound(error.message) : error;
  }
  yield* app.statusNotifier.info(ctxt, `${event}.end`, told);
  return respond(202);
}

/** A status, which must be there. @throws HttpFault 400; AttributeError for what is no text */
function one({ statuses }: Resettable, argument: Json): { readonly status: string } {
  let given: Json;
  try {
    given = item(argument, "status");
    if (given === null) throw new AttributeError("'NoneType' object has no attribute 'lower'");
  } catch (error) {
    if (!(error instanceof KeyError || error instanceof PythonTypeError)) throw error;
    throw badRequest("Must specify 'status'");
  }
  const status = lower(given);
  if (!statuses.includes(status)) throw badRequest("Must specify a valid status");
  return { status };
}

/** A status, an attach status, a migration status: at least one of them. @throws HttpFault 400 */
function any(what: Resettable, argument: Json): StatusUpdate {
  if (!isObject(argument)) throw noAttribute(argument, "get");
  const { attachStatuses = [], migrationStatuses = [] } = what;
  const given = (key: string): Json => get(argument, key);
  const status = truth(given("status")) ? one(what, argument) : {};
  const attach = checked(given("attach_status"), attachStatuses, "attach status");
  const migration = checked(given("migration_status"), migrationStatuses, "migration status");
  const update = {
    ...status,
    ...(attach !== undefined && { attach_status: attach }),
    ...(migration !== undefined && {
      migration_status: migration === "none" ? null : migration,
    }),
  };
  if (Object.keys(update).length > 0) return update;
  throw badRequest("Must specify 'status', 'attach_status' or 'migration_status' for update.");
}

function checked(given: Json, valid: readonly string[], what: string): string | undefined {
  if (!truth(given)) return undefined;
  const status = lower(given);
  if (!valid.includes(status)) throw badRequest(`Must specify a valid ${what}`);
  return status;
}

/** @throws AttributeError for what is no text */
function lower(value: Json): string {
  if (typeof value !== "string") throw noAttribute(value, "lower");
  return value.toLowerCase();
}
