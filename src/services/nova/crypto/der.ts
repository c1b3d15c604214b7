/** ASN.1 as DER writes it, as much as certificates and keys of RSA need. Upstream: OpenSSL, which nova/crypto.py calls. */
import { utf8ToBytes } from "@noble/hashes/utils.js";
import { b64encode } from "../../../python/index.js";

export type Der = readonly number[];

const tagged = (tag: number, content: Der): Der => [tag, ...lengthOf(content.length), ...content];

/** Short up to 127, else in bytes, which are counted first. */
function lengthOf(length: number): Der {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return [0x80 + bytes.length, ...bytes];
}

const codes = (text: string): Der => Array.from(utf8ToBytes(text));

export const sequence = (...members: readonly Der[]): Der => tagged(0x30, members.flat());

export const set = (...members: readonly Der[]): Der => tagged(0x31, members.flat());

/** Of bytes, the first of which is no sign: a 0 goes in front where it would be one. */
export const integer = (bytes: Der): Der =>
  tagged(0x02, (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : bytes);

/** By its bytes: the arcs are written in base 128. */
export const objectId = (...bytes: readonly number[]): Der => tagged(0x06, bytes);

export const nothing: Der = [0x05, 0x00];

export const printable = (text: string): Der => tagged(0x13, codes(text));

/** `140918040309Z`. */
export const utcTime = (text: string): Der => tagged(0x17, codes(text));

/** Whole bytes. */
export const bitString = (bytes: Der): Der => tagged(0x03, [0, ...bytes]);

export const octets = (bytes: Der): Der => tagged(0x04, bytes);

export const yes: Der = [0x01, 0x01, 0xff];

export const explicit = (tag: number, content: Der): Der => tagged(0xa0 + tag, content);

/** 64 letters a line. */
export function pem(name: string, der: Der): string {
  const lines = b64encode(Uint8Array.from(der)).match(/.{1,64}/gu) ?? [];
  return `-----BEGIN ${name}-----\n${lines.join("\n")}\n-----END ${name}-----\n`;
}
