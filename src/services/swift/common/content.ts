/**
 * What an object is made of: a text that somebody typed, or data of which only the size and the sum are
 * known. Both have a length, an MD5 and parts. Upstream: the bytes of swift/obj/diskfile.py at 2.2.0.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { DataPart } from "../../../http/index.js";
import { microseconds, type Duration, type Stream } from "../../../kernel/index.js";
import { dumps, isObject, wellFormed, type Json } from "../../../python/index.js";

/** Data that does not exist, with its sum where somebody knows it and the time its sender takes. */
export type Bulk = {
  readonly $data: {
    readonly bytes: number;
    readonly checksum?: string;
    readonly duration?: Duration;
    /** Where its bytes can be had, if somebody outside of the simulation has them. */
    readonly parts?: readonly DataPart[];
  };
};

export type Content = string | Bulk;

export const EMPTY = "";

const isBulk = (body: Json): body is Json & Bulk => isObject(body) && isObject(body["$data"]);

/** The content that a body of HTTP is: JSON that a client sends as such is its text. */
export function contentOf(body: Json): Content {
  if (body === null) return EMPTY;
  if (typeof body === "string") return body;
  if (!isBulk(body)) return dumps(body);
  const { bytes, checksum, duration, parts } = body.$data;
  const size = Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : 0;
  return {
    $data: {
      bytes: size,
      ...(typeof checksum === "string" && { checksum }),
      ...(typeof duration === "number" && duration > 0 && { duration: microseconds(duration) }),
      ...(Array.isArray(parts) && { parts }),
    },
  };
}

export const lengthOf = (content: Content): number =>
  typeof content === "string" ? bytesOf(content).length : content.$data.bytes;

/** How long its sender takes. */
export const durationOf = (content: Content): Duration =>
  typeof content === "string" ? 0 : (content.$data.duration ?? 0);

/** The same as it lies on a disk: it takes no time any more. */
export function stored(content: Content): Content {
  if (typeof content === "string") return content;
  const { bytes, checksum, parts } = content.$data;
  return { $data: { bytes, ...(checksum !== undefined && { checksum }), ...(parts && { parts }) } };
}

/** Its MD5; data without a sum gets one that nothing else has. */
export function withSum(content: Content, sums: Stream): { content: Content; etag: string } {
  if (typeof content === "string") return { content, etag: bytesToHex(md5(bytesOf(content))) };
  const { checksum } = content.$data;
  if (content.$data.bytes === 0) return { content, etag: bytesToHex(md5(new Uint8Array())) };
  const etag = checksum ?? sums.hex32();
  return { content: { $data: { ...content.$data, checksum: etag } }, etag };
}

/** The bytes from `start` up to `stop`. */
export function slice(content: Content, start: number, stop: number): Content {
  if (start === 0 && stop >= lengthOf(content)) return content;
  if (typeof content === "string") return textOf(bytesOf(content).subarray(start, stop));
  const { parts } = content.$data;
  const bytes = Math.max(0, Math.min(stop, content.$data.bytes) - start);
  return { $data: { bytes, ...(parts && { parts: cut(parts, start, stop) }) } };
}

/** One after the other. */
export function joined(parts: readonly Content[]): Content {
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  const bytes = parts.reduce((sum, part) => sum + lengthOf(part), 0);
  const all = parts.map(partsOf);
  const known = all.filter((some) => some !== undefined);
  return { $data: { bytes, ...(known.length === all.length && { parts: known.flat() }) } };
}

/** The parts that a content consists of, where they can be had. */
function partsOf(content: Content): readonly DataPart[] | undefined {
  return typeof content === "string" ? [{ text: content }] : content.$data.parts;
}

/** What of `parts` lies between `start` and `stop`. */
function cut(parts: readonly DataPart[], start: number, stop: number): DataPart[] {
  let at = 0;
  return parts.flatMap((part): DataPart[] => {
    const length = "text" in part ? bytesOf(part.text).length : part.bytes;
    const from = Math.max(0, start - at);
    const to = Math.min(length, stop - at);
    at += length;
    if (to <= from) return [];
    if ("text" in part) return [{ text: textOf(bytesOf(part.text).subarray(from, to)) }];
    return [{ checksum: part.checksum, start: part.start + from, bytes: to - from }];
  });
}

const bytesOf = (text: string): Uint8Array => utf8ToBytes(wellFormed(text));

/** Where a cut went through a character, its bytes are signs of their own. */
function textOf(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  try {
    return decodeURIComponent(escaped);
  } catch {
    return String.fromCharCode(...bytes);
  }
}
