/** What HTTP publishes about itself: each request and its response. */
import type { Micros, Observation } from "../kernel/index.js";

export interface RestRequest extends Observation {
  readonly kind: "rest.request";
  readonly id: number;
  readonly from: string;
  /** The actor that listens there, or `host:port` if none does. */
  readonly to: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface RestResponse extends Observation {
  readonly kind: "rest.response";
  readonly id: number;
  /** 0 when no answer came: the connection was refused or timed out, and `error` says so. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly error?: string;
  /** When the callee took the request (µs, as `at`); absent if it never did. */
  readonly taken?: Micros;
}

export type HttpObservation = RestRequest | RestResponse;
