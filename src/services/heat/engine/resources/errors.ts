/**
 * What resources raise of themselves: that what they made went wrong, that they may not do what is asked.
 * Upstream: heat/engine/resource.py (ResourceInError), heat/common/exception.py (Error) at 2014.2.
 */
import { Exception } from "../../../../python/index.js";
import { HeatException } from "../../exception.js";

/** It is deleted and made again, a few times. */
export class ResourceInError extends HeatException {
  static override readonly module = "heat.engine.resource";
  static override readonly msg_fmt =
    'Went to status %(resource_status)s due to "%(status_reason)s"';

  constructor(resource_status: string, status_reason = "Unknown") {
    super({ resource_status, status_reason });
  }
}

/** It is what nobody knows: neither there, nor on its way. */
export class ResourceUnknownStatus extends HeatException {
  static override readonly module = "heat.engine.resource";
  static override readonly msg_fmt = "%(result)s - Unknown status %(resource_status)s";

  constructor(result: string, resource_status: string) {
    super({ result, resource_status });
  }
}

/** It cannot be changed in place. */
export class UpdateReplace extends Exception {
  static override readonly module: string = "heat.engine.resource";
  override readonly name: string = "UpdateReplace";

  constructor(resource: string) {
    super(`The Resource ${resource} requires replacement.`);
  }
}

export { HeatError } from "../../exception.js";
