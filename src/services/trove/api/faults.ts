/**
 * What an error looks like to a client of Trove: by the class itself, not by what it derives from, so that most
 * of what is not found is a bad request. Upstream: trove/common/wsgi.py (Controller.exception_map, Fault,
 * Resource.execute_action) at 2014.2.
 */
import { originalMessage } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import { explanation, HttpFault, respond, type HttpResponse } from "../../../http/index.js";
import type { Exception } from "../../../python/index.js";
import * as errors from "../exception.js";

const NAMES: ReadonlyMap<number, string> = new Map([
  [400, "badRequest"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "itemNotFound"],
  [405, "badMethod"],
  [409, "conflict"],
  [413, "overLimit"],
  [415, "badMediaType"],
  [422, "unprocessableEntity"],
  [500, "instanceFault"],
  [501, "notImplemented"],
  [503, "serviceUnavailable"],
]);

type ErrorClass = abstract new (...args: never[]) => errors.TroveError;

/** Every other one of Trove's is a bad request. */
const STATUSES: ReadonlyMap<ErrorClass, number> = new Map<ErrorClass, number>([
  [errors.UnprocessableEntity, 422],
  [errors.Forbidden, 401],
  [errors.SwiftAuthError, 401],
  [errors.ReplicaSourceDeleteForbidden, 403],
  [errors.NotFound, 404],
  [errors.ComputeInstanceNotFound, 404],
  [errors.ModelNotFoundError, 404],
  [errors.UserNotFound, 404],
  [errors.DatabaseNotFound, 404],
  [errors.QuotaResourceUnknown, 404],
  [errors.BackupFileNotFound, 404],
  [errors.ClusterNotFound, 404],
  [errors.BackupNotCompleteError, 409],
  [errors.RestoreBackupIntegrityError, 409],
  [errors.QuotaExceeded, 413],
  [errors.VolumeQuotaExceeded, 413],
  [errors.VolumeCreationFailure, 500],
  [errors.VolumeNotSupported, 501],
  [errors.LocalStorageNotSupported, 501],
  [errors.DatastoreOperationNotSupported, 501],
  [errors.ClusterInstanceOperationNotSupported, 501],
  [errors.ClusterDatastoreNotSupported, 501],
]);

/** `{badRequest: {code, message}}`. */
const body = (status: number, message: string, name = NAMES.get(status)): HttpResponse =>
  respond(
    status,
    { [name ?? "instanceFault"]: { code: status, message } },
    { "content-type": "application/json" },
  );

/** webob's own words. */
export const plainFault = (status: number): HttpResponse => body(status, explanation(status));

export function faultOf(error: Exception, env: Env): HttpResponse {
  if (error instanceof HttpFault) return body(error.status, error.message);
  if (error instanceof errors.TroveError) {
    const status = STATUSES.get(error.constructor as ErrorClass) ?? 400;
    env.log("debug", `Caught Trove Error ${error.message}`);
    const name = error instanceof errors.VolumeCreationFailure ? "serverError" : undefined;
    return body(status, originalMessage(error), name ?? NAMES.get(status));
  }
  const id = env.stream("fault").uuid();
  env.log("error", `${id}: ${error.message}`);
  return body(
    500,
    `Internal Server Error. Please keep this ID to help us figure out what went wrong: (${id}).`,
  );
}
