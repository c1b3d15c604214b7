/**
 * What may be stored: lengths of names, sizes, metadata, times at which objects end. Upstream:
 * swift/common/constraints.py at 2.2.0; the limits are those of swift.conf by default.
 */
import type { Env } from "../../../framework/index.js";
import type { HttpResponse } from "../../../http/index.js";
import { answer, badRequest, PLAIN } from "./answer.js";
import type { EntityType, HeaderMap } from "./headers.js";
import { deleteAt, unixNow } from "./timestamp.js";

export const LIMITS = {
  max_file_size: 5_368_709_122,
  max_meta_name_length: 128,
  max_meta_value_length: 256,
  max_meta_count: 90,
  max_meta_overall_size: 4096,
  max_header_size: 8192,
  max_object_name_length: 1024,
  container_listing_limit: 10_000,
  account_listing_limit: 10_000,
  max_account_name_length: 256,
  max_container_name_length: 256,
} as const;

/** The size of a name is that of its bytes. */
export const nameLength = (name: string): number =>
  Array.from(name).reduce((sum, sign) => sum + width(sign.codePointAt(0) ?? 0), 0);

const width = (point: number): number =>
  point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

/** 400 for metadata that may not be; undefined if all is well. */
export function metadataError(headers: HeaderMap, type: EntityType): HttpResponse | undefined {
  const prefix = `x-${type}-meta-`;
  let count = 0;
  let size = 0;
  for (const [header, value] of headers) {
    if (value.length > LIMITS.max_header_size) {
      return badRequest(`Header value too long: ${header.slice(0, LIMITS.max_meta_name_length)}`);
    }
    if (!header.startsWith(prefix)) continue;
    const name = header.slice(prefix.length);
    if (name === "") return badRequest("Metadata name cannot be empty");
    count++;
    size += name.length + value.length;
    if (name.length > LIMITS.max_meta_name_length) {
      return badRequest(`Metadata name too long: ${prefix}${name}`);
    }
    if (value.length > LIMITS.max_meta_value_length) {
      const most = String(LIMITS.max_meta_value_length);
      return badRequest(`Metadata value longer than ${most}: ${prefix}${name}`);
    }
    if (count > LIMITS.max_meta_count) {
      return badRequest(`Too many metadata items; max ${String(LIMITS.max_meta_count)}`);
    }
    if (size > LIMITS.max_meta_overall_size) {
      return badRequest(`Total metadata too large; max ${String(LIMITS.max_meta_overall_size)}`);
    }
  }
  return undefined;
}

const INTEGER = /^\s*[+-]?\d+\s*$/;

/** `X-Delete-After` becomes `X-Delete-At`. @returns 400 for what is no time to come */
export function deleteHeadersError(env: Env, headers: HeaderMap): HttpResponse | undefined {
  const second = unixNow(env) / 1e6;
  const after = headers.get("x-delete-after");
  if (after !== undefined) {
    if (!INTEGER.test(after)) return badRequest("Non-integer X-Delete-After");
    if (Number(after) < 0) return badRequest("X-Delete-After in past");
    headers.set("x-delete-at", deleteAt(second + Number(after)));
  }
  const at = headers.get("x-delete-at");
  if (at === undefined) return undefined;
  if (!INTEGER.test(at)) return badRequest("Non-integer X-Delete-At");
  return Number(deleteAt(Number(at))) < second ? badRequest("X-Delete-At in past") : undefined;
}

/** What is wrong with a PUT of an object, before anything of it is read. */
export function objectCreationError(
  env: Env,
  headers: HeaderMap,
  name: string,
): HttpResponse | undefined {
  const wrong = lengthError(headers);
  if (wrong !== undefined) return wrong;
  const length = headers.get("content-length");
  const size = length === undefined ? undefined : Number(length);
  if (size !== undefined && size > LIMITS.max_file_size && !headers.has("transfer-encoding")) {
    return answer(413, { body: "Your request is too large.", type: PLAIN });
  }
  if (size === undefined && headers.get("transfer-encoding") !== "chunked") {
    return answer(411, { body: "Missing Content-Length header.", type: PLAIN });
  }
  if (headers.has("x-copy-from") && size !== undefined && size !== 0) {
    return badRequest("Copy requests require a zero byte body");
  }
  const long = nameLength(name);
  if (long > LIMITS.max_object_name_length) {
    const most = String(LIMITS.max_object_name_length);
    return badRequest(`Object name length of ${String(long)} longer than ${most}`);
  }
  if (!headers.has("content-type")) return badRequest("No content type");
  const ends = deleteHeadersError(env, headers);
  if (ends !== undefined) return ends;
  const type = headers.get("content-type") ?? "";
  if (type === "" || type.includes("\0")) return badRequest("Invalid Content-Type");
  return metadataError(headers, "object");
}

/** swob's message_length. */
function lengthError(headers: HeaderMap): HttpResponse | undefined {
  const encoding = headers.get("transfer-encoding");
  if (encoding !== undefined && encoding !== "") {
    if (encoding.includes(",")) {
      const body = "Unsupported Transfer-Coding header value specified in Transfer-Encoding header";
      return answer(501, { body, type: PLAIN });
    }
    if (encoding.toLowerCase() !== "chunked") {
      return badRequest("Invalid Transfer-Encoding header value");
    }
    return undefined;
  }
  const length = headers.get("content-length");
  if (length !== undefined && !INTEGER.test(length)) {
    return badRequest("Invalid Content-Length header value");
  }
  return undefined;
}
