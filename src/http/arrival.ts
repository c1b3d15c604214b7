/** A request where it arrives, and who listens there. Upstream: a connection that was accepted. */
import type { HttpFault } from "./fault.js";
import type { HttpRequest, HttpResponse } from "./message.js";

/** An error that the application is made to raise in place of what it would answer. */
export interface Raised {
  readonly fault: HttpFault;
  /** Whether it does its work first. */
  readonly afterWork: boolean;
}

/** A request that has arrived, and what to do with its outcome. */
export interface Arrival {
  readonly request: HttpRequest;
  readonly name: string;
  readonly daemon: boolean;
  readonly detail: "flow" | "full";
  readonly cause: number;
  readonly raised?: Raised;
  /** A greenthread of the server's pool begins to see to it. */
  taken(): void;
  respond(response: HttpResponse): void;
  /** The connection ends without an answer: it is closed, or reset. */
  abort(how?: "closed" | "reset"): void;
}

/** Whoever listens at an address. */
export interface Listening {
  readonly actor: string;
  /** A client's request arrives. */
  accept(arrival: Arrival): void;
}
