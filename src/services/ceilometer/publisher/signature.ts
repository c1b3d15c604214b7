/**
 * What proves that a sample comes from who knows the secret: HMAC-SHA256 over its members in order of their
 * names. A float that is a whole number is fed as an integer, since JavaScript has one kind of number.
 * Upstream: ceilometer/publisher/utils.py, ceilometer/utils.py (recursive_keypairs) at 2014.2.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import {
  floatStr,
  isObject,
  repr,
  str,
  wellFormed,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { asciiOnly } from "../ascii.js";

/** Signs and checks with one secret, whose own part of the work is done once, and not before it is needed. */
export class Signer {
  readonly #secret: string;
  #keyed: ReturnType<typeof hmac.create> | undefined;

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** `compute_signature`. @throws UnicodeEncodeError for a name that is not ASCII */
  signatureOf(message: JsonObject): string {
    // All in one go: each update of a digest costs more than the bytes that it is given.
    let fed = "";
    for (const [name, value] of keypairs(message, ":")) {
      if (name !== "message_signature") fed += asciiOnly(name) + text(value);
    }
    this.#keyed ??= hmac.create(sha256, utf8ToBytes(this.#secret));
    return bytesToHex(
      this.#keyed
        .clone()
        .update(utf8ToBytes(wellFormed(fed)))
        .digest(),
    );
  }

  /** `verify_signature`. @throws as `signatureOf` does */
  isSigned(message: JsonObject): boolean {
    return message["message_signature"] === this.signatureOf(message);
  }
}

type KeyPair = readonly [name: string, value: Json];

/** `recursive_keypairs`: names of members within members are joined with `separator`. */
export function keypairs(dict: JsonObject, separator: string, before = ""): KeyPair[] {
  const pairs: KeyPair[] = [];
  for (const name of Object.keys(dict).sort()) {
    const value = dict[name] ?? null;
    if (isObject(value)) {
      for (const pair of keypairs(value, separator, `${before}${name}${separator}`))
        pairs.push(pair);
    } else if (value !== null && typeof value === "object") {
      pairs.push([before + name, value.map((item) => utf8(text(item)))]);
    } else pairs.push([before + name, value]);
  }
  return pairs;
}

/** `unicode(value)`; what is in a list is a byte string by then. */
export const text = (value: Json): string => {
  if (typeof value === "number" && !Number.isInteger(value)) return floatStr(value);
  if (value !== null && typeof value === "object" && !isObject(value)) return repr(value, "");
  return str(value);
};

/** Its bytes, one character each. */
const utf8 = (value: string): string =>
  Array.from(utf8ToBytes(wellFormed(value)), (byte) => String.fromCharCode(byte)).join("");
