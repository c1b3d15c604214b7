/** A date that Python's `datetime` cannot hold. Upstream: CPython 2.7. */
import { Exception } from "../../../python/index.js";

export class OverflowError extends Exception {
  override readonly name: string = "OverflowError";
}
