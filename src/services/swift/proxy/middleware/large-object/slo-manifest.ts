/**
 * A manifest: as a client sends it, and as it is stored. Upstream: swift/common/middleware/slo.py (parse_input,
 * the loop of handle_multipart_put) at 2.2.0.
 */
import {
  Exception,
  ValueError,
  isObject,
  loads,
  parseInteger,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { Answered, answer } from "../../../common/answer.js";
import { isTrue } from "../../../common/headers.js";

/** A line of what a client sends. */
export interface Wanted {
  readonly path: string;
  /** Not looked at before it is compared. */
  readonly etag: Json;
  readonly size: Json;
}

/** A line of what is stored. */
export interface Line {
  readonly name: string;
  readonly bytes: number;
  readonly hash: string;
  readonly sub: boolean;
}

export const refused = (body: string): Answered => new Answered(answer(400, { body }));

/** @throws Answered with 400 */
export function parseInput(text: string | undefined): Wanted[] {
  let parsed: Json;
  try {
    parsed = loads(text ?? "");
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw refused("Manifest must be valid json.");
  }
  if (Array.isArray(parsed)) return (parsed as readonly Json[]).map(wanted);
  // Nothing is in `{}` and `""` that could be wrong.
  if ((isObject(parsed) && Object.keys(parsed).length === 0) || parsed === "") return [];
  throw refused("Invalid SLO Manifest File");
}

function wanted(line: Json): Wanted {
  if (isObject(line) && Object.keys(line).sort().join() === "etag,path,size_bytes") {
    const { path = null, etag = null, size_bytes = null } = line;
    if (typeof path === "string" && path.replace(/^\/+/, "").includes("/")) {
      return { path, etag, size: size_bytes };
    }
  }
  throw refused("Invalid SLO Manifest File");
}

/** `int(size)`. @throws Answered with 400 */
export function sizeOf(size: Json): number {
  if (typeof size === "boolean") return Number(size);
  if (typeof size === "number") {
    if (Number.isFinite(size)) return Math.trunc(size);
    throw new Exception("cannot convert float infinity to integer");
  }
  const value = typeof size === "string" ? parseInteger(size) : undefined;
  if (value === undefined) throw refused("Invalid Manifest File");
  return value;
}

/** What is in a manifest that is stored. @throws ValueError for what is none */
export function linesOf(text: string): Line[] {
  const parsed = loads(text);
  const lines = Array.isArray(parsed) ? (parsed as readonly Json[]).filter(isObject) : [];
  return lines.map(lineOf);
}

const lineOf = ({ name, bytes, hash, sub_slo: sub = false }: JsonObject): Line => ({
  name: typeof name === "string" ? name : "",
  bytes: Number(bytes),
  hash: typeof hash === "string" ? hash : "",
  sub: sub === true || (typeof sub === "string" && isTrue(sub)),
});
