/**
 * What resources raise of themselves: that what they made went wrong, that they may not do what is asked.
 * Upstream: heat/engine/resource.py (ResourceInError), heat/common/exception.py (Error) at 2014.2.
 */
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

/** `exception.Error`: whatever is in its words. */
export class HeatError extends HeatException {
  static override readonly msg_fmt = "%(message)s";

  constructor(message: string) {
    super({ message });
    this.name = "Error";
  }
}
