/**
 * What an object is made of: a text that somebody typed, or data of which only the size and the sum are
 * known. Both have a length, an MD5 and parts. Upstream: the bytes of swift/obj/diskfile.py at 2.2.0.
 */
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { microseconds, type Duration, type Stream } from "../../../kernel/index.js";
import { dumps, isObject, wellFormed, type Json } from "../../../python/index.js";

/** Data that does not exist, with its sum where somebody knows it and the time its sender takes. */
export type Bulk = {
  readonly $data: {
    readonly bytes: number;
    readonly checksum?: string;
    readonly duration?: Duration;
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
  const { bytes, checksum, duration } = body.$data;
  const size = Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : 0;
  return {
    $data: {
      bytes: size,
      ...(typeof checksum === "string" && { checksum }),
      ...(typeof duration === "number" && duration > 0 && { duration: microseconds(duration) }),
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
  const { bytes, checksum } = content.$data;
  return { $data: { bytes, ...(checksum !== undefined && { checksum }) } };
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
  return { $data: { bytes: Math.max(0, Math.min(stop, content.$data.bytes) - start) } };
}

/** One after the other. */
export function joined(parts: readonly Content[]): Content {
  if (parts.every((part) => typeof part === "string")) return parts.join("");
  return { $data: { bytes: parts.reduce((sum, part) => sum + lengthOf(part), 0) } };
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
