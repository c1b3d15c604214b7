/**
 * What went wrong with an instance: how it is told, and how it is kept as a fault. Upstream:
 * nova/compute/utils.py (exception_to_dict, add_instance_fault_from_exc, _get_fault_details) at
 * 2014.2.
 */
import { originalMessage } from "../../bus/index.js";
import type { RequestContext } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { formatTb, type Exception, type Frame } from "../../python/index.js";
import { NovaException } from "./exception.js";
import type { ObjectStore } from "./objects/base/versioned-object.js";
import { InstanceFault } from "./objects/instance-fault.js";

/** `message` is a column of 255 characters. */
const MESSAGE_LENGTH = 255;

/** `exception_to_dict`, but for the exception itself. */
export function exceptionToDict(error: Exception): { message: string; code: number } {
  return {
    // Of an exception of Nova's the first argument (`format_message`), which no hop adds to.
    message: (messageOf(error) || error.name).slice(0, MESSAGE_LENGTH),
    code: typeof error.kwargs["code"] === "number" ? error.kwargs["code"] : 500,
  };
}

const messageOf = (error: Exception): string =>
  error instanceof NovaException ? originalMessage(error) : error.message;

/** @param caught the frames of upstream's code at the place where the error was caught */
export function* addInstanceFault(
  store: ObjectStore,
  ctxt: RequestContext,
  { uuid: instance_uuid, host }: { readonly uuid: string; readonly host: string },
  error: Exception,
  caught: readonly Frame[],
): Op<void> {
  const { message, code } = exceptionToDict(error);
  // What the user did wrong needs no traceback.
  const details = code === 500 ? formatTb(caught) : "";
  const fields = { instance_uuid, code, message, details, host };
  yield* new InstanceFault(store, fields, Object.keys(fields)).create(ctxt);
}
