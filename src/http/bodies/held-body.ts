/**
 * A body that its sender holds back until the server asks for it, so that who refuses does so before
 * anything is sent. The sender may go away while it is on its way. Upstream: `Expect: 100-continue`
 * (RFC 2616, 8.2.3), which eventlet.wsgi answers when an application first reads.
 */
import { Signal, type Duration, type Kernel, type Op } from "../../kernel/index.js";
import { toJson, type Json } from "../../python/index.js";
import { IncompleteBody, Sender } from "./sender.js";

export class HeldBody {
  /** "100 Continue" has come. */
  readonly asked = new Signal<void>("100 Continue");
  readonly #kernel: Kernel;
  readonly #lag: () => Duration;
  readonly #received = new Signal<Json>("the body of a request");
  readonly #sender = new Sender();

  /** @param lag how long anything is on its way */
  constructor(kernel: Kernel, lag: () => Duration) {
    this.#kernel = kernel;
    this.#lag = lag;
  }

  /** The sender's: what was asked for goes out. */
  send(body: Json): void {
    const sent = toJson(body);
    this.#kernel.after(this.#lag(), () => {
      if (!this.#received.set) this.#received.send(sent);
    });
  }

  /** The sender's: it goes away; harmless if all was sent and received. */
  abandon(): void {
    this.#kernel.after(this.#lag(), () => {
      this.#sender.leave();
      if (!this.#received.set) this.#received.sendError(new IncompleteBody());
    });
  }

  /** The server's: ask for the body. @throws IncompleteBody if the sender goes away instead */
  *read(): Op<Json> {
    this.#kernel.after(this.#lag(), () => {
      if (!this.asked.set) this.asked.send();
    });
    return yield* this.#received.wait();
  }

  /** The server's: the body takes so long to come. @throws IncompleteBody if it breaks off */
  stream(duration: Duration): Op<void> {
    return this.#sender.stream(duration);
  }
}
