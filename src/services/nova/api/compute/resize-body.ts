/**
 * `{"resize": {"flavorRef": "2"}}`, and how the errors of moves are answered. Upstream:
 * nova/api/openstack/compute/servers.py (_action_resize, _resize, _action_confirm_resize,
 * _action_revert_resize), contrib/admin_actions.py (_migrate), contrib/disk_config.py at 2014.2; nova
 * §3.1.
 */
import { originalMessage } from "../../../../bus/index.js";
import { HttpFault } from "../../../../http/index.js";
import {
  contains,
  item,
  KeyError,
  PythonTypeError,
  str,
  truth,
  type Json,
} from "../../../../python/index.js";
import * as errors from "../../exception.js";
import { plainFault, stateConflict } from "../faults.js";
import { badRequest } from "../input.js";
import { DISK_CONFIG, diskConfigFromApi } from "../server-create/request-extensions.js";

interface WantedResize {
  readonly flavorRef: string;
  /** null: as it is. */
  readonly autoDiskConfig: boolean | null;
}

/** @throws HttpFault 400; PythonTypeError for what holds nothing */
export function wantedResize(argument: Json): WantedResize {
  const asked = contains(argument, DISK_CONFIG)
    ? diskConfigFromApi(item(argument, DISK_CONFIG))
    : undefined;
  const flavorRef = flavorOf(argument);
  if (flavorRef === "") {
    throw badRequest("Resize request has invalid 'flavorRef' attribute.");
  }
  if (asked !== undefined) return { flavorRef, autoDiskConfig: asked };
  if (!contains(argument, "auto_disk_config")) return { flavorRef, autoDiskConfig: null };
  const config = item(argument, "auto_disk_config");
  return { flavorRef, autoDiskConfig: config === null ? null : truth(config) };
}

function flavorOf(argument: Json): string {
  try {
    return str(item(argument, "flavorRef"));
  } catch (error) {
    if (!(error instanceof KeyError || error instanceof PythonTypeError)) throw error;
    throw badRequest("Resize requests require 'flavorRef' attribute.");
  }
}

const is = (error: unknown, ...kinds: readonly (new (...args: never) => Error)[]): boolean =>
  kinds.some((kind) => error instanceof kind);

/** What `_resize` catches, in its order: what else is the client's doing is the image's. */
export function resizeFault(error: unknown): unknown {
  if (error instanceof errors.QuotaError) {
    return new HttpFault(403, originalMessage(error), { "Retry-After": "0" });
  }
  if (is(error, errors.FlavorNotFound)) return badRequest("Unable to locate requested flavor.");
  if (is(error, errors.CannotResizeToSameFlavor)) {
    return badRequest("Resize requires a flavor change.");
  }
  if (error instanceof errors.CannotResizeDisk) return badRequest(originalMessage(error));
  if (error instanceof errors.InstanceInvalidState) return stateConflict(error, "resize");
  if (is(error, errors.ImageNotAuthorized)) {
    const text = "You are not authorized to access the image the instance was started with.";
    return new HttpFault(401, text);
  }
  if (is(error, errors.ImageNotFound)) {
    return badRequest("Image that the instance was started with could not be found.");
  }
  if (error instanceof errors.Invalid) return badRequest("Invalid instance image.");
  if (error instanceof errors.NoValidHost) return badRequest(originalMessage(error));
  return error;
}

export function confirmFault(error: unknown, action: string): unknown {
  if (is(error, errors.MigrationNotFound)) return badRequest("Instance has not been resized.");
  return stateConflict(error, action);
}

export function revertFault(error: unknown, action: string): unknown {
  if (is(error, errors.FlavorNotFound)) {
    return badRequest("Flavor used by the instance could not be found.");
  }
  return confirmFault(error, action);
}

/** What `_migrate` catches, which is everything. */
export function migrateFault(error: unknown, action: string): unknown {
  if (error instanceof errors.QuotaError) return new HttpFault(403, originalMessage(error));
  if (error instanceof errors.InstanceInvalidState) return stateConflict(error, action);
  if (error instanceof errors.InstanceNotFound) return new HttpFault(404, originalMessage(error));
  if (error instanceof errors.NoValidHost) return badRequest(originalMessage(error));
  return plainFault(400);
}
