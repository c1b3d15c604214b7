/**
 * A request that has come over a real wire, as plain data: what the simulation is given of it, and what a
 * recording keeps so that it can be sent again. Bytes that are no short text are known by size and sum alone.
 */
import type { DataBody, Entity, Headers, RequestOptions } from "../../http/index.js";
import type { Observation } from "../../kernel/index.js";
import type { Json, JsonObject } from "../../python/index.js";

export interface ArrivedRequest {
  /** Where it goes in the cloud: `controller:8774`. */
  readonly to: string;
  readonly method: string;
  /** Path and query as they came. */
  readonly target: string;
  readonly headers: Headers;
  /** The body, if it is a text of moderate length. */
  readonly text?: string;
  /** Of any body: its length and MD5. */
  readonly data?: DataBody["$data"];
}

/** Entry `arrival`: a request comes in from outside. */
export interface Arrival extends Observation {
  readonly kind: "arrival";
  readonly arrived: ArrivedRequest;
}

/** Entry `operated`: somebody outside does a step of a scenario, at this instant. */
export interface Operated extends Observation {
  readonly kind: "operated";
  /** As a scenario has it: `{ fault: { drop: ... } }`. */
  readonly operated: JsonObject;
}

/** Entry `refused`: the step that caused it could not be done. */
export interface Refused extends Observation {
  readonly kind: "refused";
  readonly why: string;
}

/** Entry `closed`: the door is shut, and nothing more comes in. */
export interface Closed extends Observation {
  readonly kind: "closed";
}

export const ARRIVAL = "arrival";
export const OPERATED = "operated";
export const REFUSED = "refused";
export const CLOSED = "closed";

/** What a client of the simulation sends for it. */
export function optionsOf({ headers, text, data }: ArrivedRequest): RequestOptions {
  if (data === undefined) return { headers };
  const $data = { ...data, parts: wholeOf(data) };
  const entity: Entity = { $data, ...(text !== undefined && { text }) };
  return { headers, body: text === undefined ? { $data } : bodyOf(text), entity };
}

const wholeOf = ({ bytes, checksum = "" }: DataBody["$data"]) => [{ checksum, start: 0, bytes }];

/** JSON that is nested deeper is no service's; it is read by walking, level by level. */
const DEEPEST = 500;

/** JSON is read here as every service would; any other text reaches the service, which says so. */
function bodyOf(text: string): Json {
  if (isDeep(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Brackets within texts count as well: a body that has so many of them open is left as it is. */
function isDeep(text: string): boolean {
  if (text.length <= 2 * DEEPEST) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) depth++;
    else if (code === 93 || code === 125) depth--;
    if (depth > DEEPEST) return true;
  }
  return false;
}
