/**
 * A public key in a file, as `ssh-keygen -l` of OpenSSH 6 reads it: the first line that has one, after
 * options or not. Certificates and keys of SSH 1 are not known. Upstream: OpenSSH, ssh-keygen.c
 * (do_fingerprint), authfile.c (key_try_load_public), key.c (key_read, key_from_blob), uuencode.c.
 */
import { b64decode } from "../../../../../python/index.js";
import { isOnCurve, type CurveName } from "./curves.js";

/** The key's own bytes, written as OpenSSH would write them; undefined if there is no key. */
export function publicKeyIn(file: string): Uint8Array | undefined {
  const lines = file.split("\n");
  for (const line of lines) {
    if (line.startsWith("-----BEGIN")) break;
    const key = line.startsWith("#") ? undefined : keyAt(line.replace(/^[ \t]+/, ""));
    if (key !== undefined) return key;
  }
  // A line that does not end is taken for one that is too long.
  for (const line of lines.slice(0, -1)) {
    const text = line.replace(/^[ \t]+/, "");
    const key = text.startsWith("#") ? undefined : keyAt(text.slice(optionsOf(text).length));
    if (key !== undefined) return key;
  }
  return undefined;
}

/** The first word, in which blanks between quotes do not count, and the blank behind it. */
const optionsOf = (line: string): string =>
  /^(?:\\"|"(?:\\"|[^"])*"|[^ \t"])*[ \t]/.exec(line)?.[0] ?? "";

/** `ssh-rsa AAAA...`, and whatever stands behind it. */
function keyAt(text: string): Uint8Array | undefined {
  const space = text.indexOf(" ");
  if (space < 0) return undefined;
  const [type, rest] = [text.slice(0, space), text.slice(space + 1)];
  const format = FORMATS.get(type);
  if (format === undefined) return undefined;
  const encoded = /^[ \t]*([^ \t]*)/.exec(rest)?.[1] ?? "";
  const blob = b64decode(encoded.replace(/[\n\v\f\r]/g, ""));
  if (blob === undefined) return undefined;
  const reader = new Reader(blob);
  const name = reader.text();
  const fields = name === type ? format(reader) : undefined;
  return fields && written([Uint8Array.from(name, (char) => char.charCodeAt(0)), ...fields]);
}

type Fields = readonly Uint8Array[];
/** Reads what follows the name; undefined where that is no key. */
type Format = (reader: Reader) => Fields | undefined;

const numbers =
  (count: number): Format =>
  (reader) => {
    const fields = Array.from({ length: count }, () => reader.number());
    return fields.every((field) => field !== undefined) ? fields : undefined;
  };

const point =
  (curve: CurveName): Format =>
  (reader) => {
    const name = reader.string();
    const field = reader.string();
    if (name === undefined || field === undefined || textIn(name) !== curve) return undefined;
    return isOnCurve(curve, field) ? [name, field] : undefined;
  };

const bytes =
  (length: number): Format =>
  (reader) => {
    const field = reader.string();
    return field?.length === length ? [field] : undefined;
  };

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ["ssh-rsa", numbers(2)],
  ["ssh-dss", numbers(4)],
  ["ecdsa-sha2-nistp256", point("nistp256")],
  ["ecdsa-sha2-nistp384", point("nistp384")],
  ["ecdsa-sha2-nistp521", point("nistp521")],
  ["ssh-ed25519", bytes(32)],
]);

/** Strings with their length in front, as SSH writes them; undefined past the end. */
class Reader {
  readonly #blob: Uint8Array;
  #at = 0;

  constructor(blob: Uint8Array) {
    this.#blob = blob;
  }

  string(): Uint8Array | undefined {
    const start = this.#at + 4;
    const [a, b, c, d] = this.#blob.slice(this.#at, start);
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    const end = start + a * 0x1000000 + b * 0x10000 + c * 0x100 + d;
    if (end > this.#blob.length) return undefined;
    this.#at = end;
    return this.#blob.slice(start, end);
  }

  text(): string {
    return textIn(this.string() ?? new Uint8Array());
  }

  /** `buffer_get_bignum2`: not negative, and not of more than 8 KiB; without needless zeros. */
  number(): Uint8Array | undefined {
    const field = this.string();
    if (field === undefined || (field[0] ?? 0) >= 0x80 || field.length > 8192) return undefined;
    const first = field.findIndex((byte) => byte !== 0);
    if (first < 0) return new Uint8Array();
    return field.slice((field[first] ?? 0) >= 0x80 ? first - 1 : first);
  }
}

const textIn = (field: Uint8Array): string => String.fromCharCode(...field);

function written(fields: Fields): Uint8Array {
  const all: number[] = [];
  for (const field of fields) {
    const { length } = field;
    all.push(length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255, ...field);
  }
  return Uint8Array.from(all);
}
