/**
 * Who sends the body of a request, as its server knows it: a long body takes its time, and its sender may
 * be gone before all of it has come. Upstream: a socket that ends while eventlet.wsgi (Input) reads from it.
 */
import { Signal, withTimeout, type Duration, type Op } from "../../kernel/index.js";
import { Exception, TimedOut } from "../../python/index.js";

/** The sender is gone, and the body is not complete. */
export class IncompleteBody extends Exception {
  static override readonly module: string = "swift.common.exceptions";
  override readonly name: string = "ChunkReadError";
}

export class Sender {
  readonly #gone = new Signal<void>("the end of a connection");

  /** It goes away, as its server sees; harmless if all has come. */
  leave(): void {
    if (!this.#gone.set) this.#gone.send();
  }

  /** The body takes so long to come. @throws IncompleteBody if it breaks off */
  *stream(duration: Duration): Op<void> {
    if (duration === 0) return;
    try {
      yield* withTimeout(duration, "the body", this.#gone.wait());
    } catch (error) {
      if (error instanceof TimedOut) return;
      throw error;
    }
    throw new IncompleteBody();
  }
}
