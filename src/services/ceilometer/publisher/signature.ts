/**
 * What proves that a sample comes from who knows the secret: HMAC-SHA256 over its members in order of their
 * names. A float that is a whole number is fed as an integer, since JavaScript has one kind of number.
 * Upstream: ceilometer/publisher/utils.py, ceilometer/utils.py (recursive_keypairs) at 2014.2.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  ValueError,
  floatStr,
  isObject,
  repr,
  str,
  wellFormed,
  type Json,
  type JsonObject,
} from "../../../python/index.js";

/** `compute_signature`. @throws UnicodeEncodeError for a name that is not ASCII */
export function signatureOf(message: JsonObject, secret: string): string {
  const digest = hmac.create(sha256, utf8ToBytes(secret));
  for (const [name, value] of keypairs(message, ":")) {
    if (name === "message_signature") continue;
    digest.update(utf8ToBytes(asciiOnly(name)));
    digest.update(utf8ToBytes(wellFormed(text(value))));
  }
  return bytesToHex(digest.digest());
}

/** `verify_signature`. @throws as `signatureOf` does */
export const isSigned = (message: JsonObject, secret: string): boolean =>
  message["message_signature"] === signatureOf(message, secret);

/** `recursive_keypairs`: names of members within members are joined with `separator`. */
export const keypairs = (dict: JsonObject, separator: string): (readonly [string, Json])[] =>
  Object.keys(dict)
    .sort()
    .flatMap((name) => {
      const value = dict[name] ?? null;
      if (isObject(value)) {
        return keypairs(value, separator).map(
          ([inner, of]) => [`${name}${separator}${inner}`, of] as const,
        );
      }
      const isList = value !== null && typeof value === "object";
      return [[name, isList ? value.map((item) => utf8(text(item))) : value] as const];
    });

/** `unicode(value)`; what is in a list is a byte string by then. */
export const text = (value: Json): string => {
  if (typeof value === "number" && !Number.isInteger(value)) return floatStr(value);
  if (value !== null && typeof value === "object" && !isObject(value)) return repr(value, "");
  return str(value);
};

/** Its bytes, one character each. */
const utf8 = (value: string): string =>
  Array.from(utf8ToBytes(wellFormed(value)), (byte) => String.fromCharCode(byte)).join("");

class UnicodeEncodeException extends ValueError {
  override readonly name: string = "UnicodeEncodeError";
}

/** What hashlib takes of a unicode text: bytes that the default codec makes of it. */
function asciiOnly(name: string): string {
  const at = name.search(/[^\u0000-\u007f]/u);
  if (at < 0) return name;
  const char = repr(name.slice(at, at + 1)).slice(1);
  throw new UnicodeEncodeException(
    `'ascii' codec can't encode character u${char} in position ${String(at)}: ordinal not in range(128)`,
  );
}
