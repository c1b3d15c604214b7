/** Records what went wrong with an instance. Upstream: nova/compute/utils.py (add_instance_fault_from_exc). */
import { originalMessage } from "../../../bus/index.js";
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Exception } from "../../../python/index.js";
import { NovaException } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import { InstanceFault } from "../objects/instance-fault.js";
import type { ComputeHost } from "./compute-host.js";

/** `message` is a column of 255 characters. */
const MESSAGE_LENGTH = 255;

export function* addInstanceFault(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  error: Exception,
): Op<void> {
  const text = originalMessage(error);
  const code = error instanceof NovaException ? error.code : 500;
  const fault = new InstanceFault(compute.store, {
    instance_uuid: instance.uuid,
    code,
    message: (text === "" ? error.name : text).slice(0, MESSAGE_LENGTH),
    // What the user did wrong needs no traceback.
    details: code === 500 ? formatException(error) : "",
    host: compute.host,
  });
  yield* fault.create(ctxt);
}

/** `traceback.format_exception`. Deterministic: a real stack would differ between machines. */
export function formatException(error: Exception): string {
  return exceptionLines(error).join("");
}

export const exceptionLines = (error: Exception): string[] => [
  "Traceback (most recent call last):\n",
  `${error.name}: ${originalMessage(error)}\n`,
];
