/**
 * IP addresses: what is one, how it is written, and arithmetic on those of IPv4, as text outside and
 * whole numbers inside. Upstream: netaddr 0.7.
 */
import { ValueError } from "../exception.js";
import type { Json } from "../json.js";
import { repr } from "../text/text.js";

/** A network with its first (network) and last (broadcast) address. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The number of an address such as `192.168.1.2`; undefined if it is none. */
export function addressToNumber(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  let number = 0;
  for (const part of match.slice(1).map(Number)) {
    if (part > 255) return undefined;
    number = number * 256 + part;
  }
  return number;
}

export function numberToAddress(number: number): string {
  return [24, 16, 8, 0].map((shift) => String((number >>> shift) & 255)).join(".");
}

/** The network of a text such as `192.168.1.0/24`; undefined if it is none. */
export function parseCidr(text: string): Cidr | undefined {
  const [address = "", length = ""] = text.split("/");
  const number = addressToNumber(address);
  if (number === undefined || !/^\d{1,2}$/.test(length)) return undefined;
  const prefix = Number(length);
  if (prefix > 32) return undefined;
  const size = prefix === 0 ? 0x1_0000_0000 : 0x8000_0000 >>> (prefix - 1);
  const first = number - (number % size);
  return { first, last: first + size - 1, prefix };
}

export const cidrContains = ({ first, last }: Cidr, address: number): boolean =>
  address >= first && address <= last;

/** `netaddr.valid_ipv4(text)`: a part may begin with zeros. The short forms of 1980 are refused. */
export const isIpv4 = (text: string): boolean => addressToNumber(text) !== undefined;

const BYTE = /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/u;

/** `netaddr.valid_ipv4(text, INET_PTON)`: no part begins with a zero. */
export function isStrictIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => BYTE.test(part));
}

/** `netaddr.valid_ipv6(text)`. */
export function isIpv6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const words = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = words.at(-1) ?? "";
  const dotted = last.includes(".");
  if (dotted && (!isStrictIpv4(last) || text.endsWith("::"))) return false;
  const hex = dotted ? words.slice(0, -1) : words;
  if (!hex.every((word) => /^[\da-f]{1,4}$/iu.test(word))) return false;
  const length = hex.length + (dotted ? 2 : 0);
  return halves.length === 2 ? length < 8 : length === 8;
}

/**
 * `str(netaddr.IPAddress(value))`: an address in its shortest form. Numbers are addresses as well,
 * and a part of IPv4 that begins with a zero is octal. @throws ValueError
 */
export function ipAddress(value: Json): string {
  const number = typeof value === "boolean" ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0) {
    if (number < 0x1_0000_0000) return numberToAddress(number);
    const digits = BigInt(number).toString(16).padStart(32, "0");
    return shortIpv6(digits.match(/.{4}/gu) ?? []);
  }
  if (typeof value === "string") {
    const short = shortIpv4(value) ?? (isIpv6(value) ? shortIpv6(words(value)) : undefined);
    if (short !== undefined) return short;
  }
  throw new ValueError(`failed to detect a valid IP address from ${repr(value)}`);
}

function shortIpv4(text: string): string | undefined {
  if (!isIpv4(text)) return undefined;
  const parts = text.split(".");
  if (parts.some((part) => /^0\d*[89]/u.test(part))) return undefined;
  const bytes = parts.map((part) => parseInt(part, part.startsWith("0") ? 8 : 10));
  return bytes.every((byte) => byte < 256) ? bytes.join(".") : undefined;
}

/** The eight words of an address that is one, in hexadecimal. */
function words(text: string): string[] {
  const hex = text.replace(/\d+\.\d+\.\d+\.\d+$/u, (dotted) => {
    const number = addressToNumber(dotted) ?? 0;
    return `${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}`;
  });
  const [before = "", after] = hex.split("::");
  const [first, last] = [before, after ?? ""].map((half) => half.split(":").filter(Boolean));
  const zeros = new Array<string>(8 - (first?.length ?? 0) - (last?.length ?? 0)).fill("0");
  return [...(first ?? []), ...zeros, ...(last ?? [])];
}

/** `inet_ntop`: the longest run of zeros is left out, and an IPv4 address inside shows as one. */
function shortIpv6(hex: readonly string[]): string {
  const numbers = hex.map((word) => parseInt(word, 16));
  const { start, length } = longestZeros(numbers);
  const dotted = start === 0 && (length === 6 || (length === 5 && numbers[5] === 0xffff));
  const shown = numbers.map((number) => number.toString(16));
  if (dotted) {
    const [high = 0, low = 0] = numbers.slice(6);
    shown.splice(6, 2, numberToAddress(high * 0x1_0000 + low));
  }
  if (length < 2) return shown.join(":");
  return `${shown.slice(0, start).join(":")}::${shown.slice(start + length).join(":")}`;
}

function longestZeros(numbers: readonly number[]): { start: number; length: number } {
  let longest = { start: -1, length: 0 };
  for (let start = 0; start < numbers.length; start++) {
    let end = start;
    while (numbers[end] === 0) end++;
    if (end - start > longest.length) longest = { start, length: end - start };
  }
  return longest;
}
