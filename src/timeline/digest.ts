/**
 * The size and the digest of a JSON value in one walk, without making its text: what a recording
 * keeps of a payload that is too long. Not for secrets: it tells a change, it withstands no attack.
 * Only 32-bit integer arithmetic, so the same value has the same digest everywhere.
 */

import { hexOf } from "../text/hex.js";

const PRIME_A = 0x01000193;
const PRIME_B = 0x85ebca6b | 0;
/** Deeper than any payload; what lies below counts as one mark, so a cycle ends too. */
const DEEPEST = 100;
/** More than any payload has values; a tangle that holds itself twice would never end. */
const MOST_VALUES = 2_000_000;
/** Column names, states and ids come again and again; long texts do not. */
const LONGEST_KEPT = 128;
const MOST_KEPT = 8192;

/**
 * A list that is longer is measured item by item, and each item once: the answer to "all ports of
 * this tenant" is mostly what it was a moment ago, and what is on the wire never changes.
 */
const LONG_LIST = 16;

/** What one text, or one item of a long list, adds to a walk. */
interface Share {
  readonly a: number;
  readonly b: number;
  readonly bytes: number;
}

/** Walks one value at a time; `bytes` and `digest` are those of the last one. */
export class Measure {
  /** Length of the value's JSON text in UTF-8. */
  bytes = 0;
  #a = 0;
  #b = 0;
  #left = 0;
  /** Shares worked out before. Forgetting them changes the speed and nothing else. */
  readonly #known = new Map<string, Share>();
  readonly #items = new WeakMap<object, Share>();

  /** Walk `value`, then read `bytes` and `digest`. Returns the bytes. */
  of(value: unknown): number {
    this.bytes = 0;
    this.#left = MOST_VALUES;
    this.#a = 0x811c9dc5 | 0;
    this.#b = 0x9e3779b9 | 0;
    this.#value(value, 0);
    return this.bytes;
  }

  /** 16 hexadecimal digits. */
  get digest(): string {
    return hexOf(mix(this.#a ^ Math.imul(this.#b, PRIME_B))) + hexOf(mix(this.#b ^ this.#a));
  }

  #value(value: unknown, depth: number): void {
    if (typeof value === "string") this.#text(value);
    else if (typeof value === "number") this.#number(value);
    else if (typeof value === "boolean") this.#mark(value ? 2 : 3, value ? 4 : 5);
    else if (typeof value !== "object" || value === null || depth > DEEPEST || --this.#left < 0)
      this.#mark(1, 4);
    else if (Array.isArray(value)) this.#array(value, depth);
    else this.#object(value as Record<string, unknown>, depth);
  }

  #array(list: readonly unknown[], depth: number): void {
    // Two brackets and the commas between the items.
    this.#mark(91, list.length === 0 ? 2 : list.length + 1);
    if (list.length <= LONG_LIST) for (const item of list) this.#value(item, depth + 1);
    else for (const item of list) this.#item(item, depth + 1);
    this.#mark(93, 0);
  }

  #item(item: unknown, depth: number): void {
    if (typeof item !== "object" || item === null) {
      this.#value(item, depth);
      return;
    }
    let share = this.#items.get(item);
    if (share === undefined) {
      const before = { a: this.#a, b: this.#b, bytes: this.bytes };
      this.#a = this.#b = this.bytes = 0;
      this.#value(item, depth);
      share = { a: mix(this.#a), b: mix(this.#b), bytes: this.bytes };
      this.#a = before.a;
      this.#b = before.b;
      this.bytes = before.bytes;
      this.#items.set(item, share);
    }
    this.#add(share);
  }

  #object(record: Record<string, unknown>, depth: number): void {
    let fields = 0;
    this.#mark(123, 0);
    // Four times as fast as Object.keys here; payloads are plain data and inherit nothing.
    for (const key in record) {
      const value = record[key];
      // JSON has no word for these: the field is left out, as JSON.stringify does.
      if (value === undefined || typeof value === "function" || typeof value === "symbol") continue;
      fields += 1;
      this.#text(key);
      this.#value(value, depth + 1);
    }
    // Two braces, the commas between the fields, a colon each.
    this.#mark(125, fields === 0 ? 2 : 2 * fields + 1);
  }

  #number(value: number): void {
    if ((value | 0) === value) {
      this.#a = Math.imul(this.#a ^ value, PRIME_A);
      this.#mark(4, String(value).length);
    } else if (Number.isFinite(value)) {
      this.#text(String(value));
      this.#mark(5, -2);
    } else {
      this.#mark(1, 4);
    }
  }

  #text(text: string): void {
    let share = this.#known.get(text);
    if (share === undefined) {
      share = shareOf(text);
      if (text.length <= LONGEST_KEPT) {
        if (this.#known.size >= MOST_KEPT) this.#known.clear();
        this.#known.set(text, share);
      }
    }
    this.#add(share);
  }

  #add(share: Share): void {
    this.#a = Math.imul(this.#a ^ share.a, PRIME_A);
    this.#b = Math.imul(this.#b ^ share.b, PRIME_B);
    this.bytes += share.bytes;
  }

  #mark(code: number, bytes: number): void {
    this.#a = Math.imul(this.#a ^ code, PRIME_A);
    this.#b = Math.imul(this.#b ^ code, PRIME_B);
    this.bytes += bytes;
  }
}

function shareOf(text: string): Share {
  let a = 34;
  let b = text.length;
  let plain = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126 || code === 34 || code === 92) plain = false;
    a = Math.imul(a ^ code, PRIME_A);
    b = Math.imul(b ^ code, PRIME_B);
  }
  return { a: mix(a), b: mix(b), bytes: plain ? text.length + 2 : jsonBytes(text) };
}

function jsonBytes(text: string): number {
  const json = JSON.stringify(text);
  let bytes = 0;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    // Half of a pair counts two: four bytes for both. JSON.stringify escapes a half alone.
    if (code < 0x80) bytes += 1;
    else bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}

/** Spread what the last characters did over all 32 bits. */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}
