/**
 * Requests and responses as services see them. Bodies are JSON values or text; header names are
 * lower case. Image data is a body that only says how large it is.
 */
import type { Json, JsonObject } from "../python/index.js";
import type { HeldBody } from "./bodies/held-body.js";
import type { Query } from "./query.js";
import type { Sender } from "./bodies/sender.js";

export type Headers = Readonly<Record<string, string>>;

/** Data too large to carry about: the simulation knows its size only. */
export interface DataBody {
  readonly $data: {
    readonly bytes: number;
    readonly checksum?: string;
    /** Of what it is made, where somebody outside of the simulation has the bytes. */
    readonly parts?: readonly DataPart[];
  };
}

/** Some bytes of the data with that MD5, from `start` on; or a text. */
export type DataPart =
  | { readonly checksum: string; readonly start: number; readonly bytes: number }
  | { readonly text: string };

/** A body as it came over a real wire: how much it is and what it sums up to, and the text that it is, if it is one. */
export interface Entity extends DataBody {
  readonly text?: string;
}

/** A request as a service sees it; header names are lower case. */
export interface HttpRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: Json;
  /** The body as it came, for who keeps it and does not read it; only what comes from outside has it. */
  readonly entity?: Entity;
  /** In place of the body: it comes when it is asked for. */
  readonly held?: HeldBody;
  /** Behind the token middleware, what Keystone said of the token: `keystone.token_info`. */
  readonly tokenInfo?: JsonObject;
  /** Of a body that takes its time. */
  readonly sender?: Sender;
  /** The actor that asked: its address, as far as the server can tell. */
  readonly from: string;
}

/** A response; its body is JSON or a text. */
export interface HttpResponse {
  readonly status: number;
  /** The words behind it, where they are not the usual ones. */
  readonly reason?: string;
  readonly headers: Headers;
  readonly body: Json;
}

/**
 * A response with the usual parts filled in.
 *
 * @example
 * ```ts
 * import { respond } from "novasim";
 *
 * const { status, body } = respond(201, { note: { id: 1 } });
 * console.log(status, body); // 201 { note: { id: 1 } }
 * ```
 */
export function respond(status: number, body: Json = null, headers: Headers = {}): HttpResponse {
  return { status, headers, body };
}
