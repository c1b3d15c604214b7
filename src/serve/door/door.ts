/**
 * The door between a real network and the simulated one: a request that arrives becomes one of an actor
 * outside of the cloud, in a greenthread of its own, and its answer is handed back. It has no routes and
 * knows no service. Whatever it does depends on the requests and on virtual time alone, so that a
 * recording of what came in is enough to do it again.
 */
import {
  ConnectionError,
  HttpClient,
  addressOf,
  type HttpResponse,
  type Network,
} from "../../http/index.js";
import { NO_CAUSE, type Kernel, type Op } from "../../kernel/index.js";
import type { Actor } from "../../timeline/index.js";
import {
  ARRIVAL,
  CLOSED,
  optionsOf,
  type Arrival,
  type ArrivedRequest,
  type Closed,
} from "./arrived.js";

/** What comes of a request. */
export type Outcome =
  | { readonly kind: "response"; readonly response: HttpResponse }
  /** Nobody answered: refused, closed, reset or timed out, in the words of a client inside. */
  | { readonly kind: "broken"; readonly reason: string };

export type Answered = (outcome: Outcome) => void;

/** Who stands before the door; services see its address. */
export const OUTSIDE: Actor = {
  name: "client@127.0.0.1",
  service: "client",
  project: "client",
  host: addressOf("client@127.0.0.1"),
};

export class Door {
  readonly #kernel: Kernel;
  readonly #client: HttpClient;
  #open = 0;

  constructor(kernel: Kernel, network: Network) {
    this.#kernel = kernel;
    this.#client = new HttpClient(network, OUTSIDE.name);
    // Nothing that comes in has been seen by a compiler.
    kernel.unchecked.admit();
  }

  /** How many requests have not been answered. */
  get open(): number {
    return this.#open;
  }

  /** A request arrives now, after all that is due now. @throws what ends a run */
  enter(request: ArrivedRequest, answered: Answered): void {
    const kernel = this.#kernel;
    kernel.run(kernel.now);
    const arrival: Arrival = { kind: ARRIVAL, actor: OUTSIDE.name, arrived: request };
    const cause = kernel.observe(arrival, NO_CAUSE, "flow");
    const name = `${request.method} ${request.target}`;
    this.#open++;
    kernel.spawn(this.#exchange(request, answered), { name, actor: OUTSIDE.name, cause });
  }

  /** Nothing comes in any more. */
  close(): void {
    const kernel = this.#kernel;
    kernel.run(kernel.now);
    const closed: Closed = { kind: CLOSED, actor: OUTSIDE.name };
    kernel.observe(closed, NO_CAUSE, "flow");
  }

  *#exchange(request: ArrivedRequest, answered: Answered): Op<void> {
    let outcome: Outcome = { kind: "broken", reason: "it was given up" };
    try {
      const { method, to, target } = request;
      const response = yield* this.#client.request(
        method,
        `http://${to}${target}`,
        optionsOf(request),
      );
      outcome = { kind: "response", response };
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      outcome = { kind: "broken", reason: error.message };
    } finally {
      this.#open--;
      answered(outcome);
    }
  }
}
