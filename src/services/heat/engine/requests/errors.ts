/** What MySQL refuses of Heat's rows, as its clients are told. Upstream: oslo.db 1.0 (exception.py), heat/db at 2014.2. */
import { Exception } from "../../../../python/index.js";

/** Something else depends on it, or it on something that there is not. */
export class DBReferenceError extends Exception {
  static override readonly module: string = "oslo.db.exception";
  override readonly name: string = "DBReferenceError";

  /** @param words the error's number and text */
  constructor(words: string) {
    super(`(IntegrityError) ${words}`);
  }
}
