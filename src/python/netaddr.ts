/**
 * IP addresses: what is one, and arithmetic on those of IPv4, as text outside and whole numbers
 * inside. Upstream: netaddr 0.7.
 */

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
