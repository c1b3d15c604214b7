/** What the storage refuses. Upstream: ceilometer/__init__.py, ceilometer/storage/__init__.py at 2014.2. */
import { Exception } from "../../../python/index.js";

/** What this driver does not do. */
export class NotImplementedError extends Exception {
  static override readonly module: string = "ceilometer";
  override readonly name: string = "NotImplementedError";
  readonly code = 501;
}

export class StorageBadAggregate extends Exception {
  static override readonly module: string = "ceilometer.storage";
  override readonly name: string = "StorageBadAggregate";
  readonly code = 400;
}
