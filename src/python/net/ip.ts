/**
 * IP addresses and networks of both versions, with numbers of any size. What is one is decided as
 * loosely as netaddr does: `10` is an address, `10/8` a network. Upstream: netaddr 0.7.12
 * (IPAddress, IPNetwork, EUI.eui64), over inet_aton, inet_pton and inet_ntop.
 */
import { isIpv6, isStrictIpv4 } from "./netaddr.js";
import { PythonTypeError } from "../exception.js";
import type { Json } from "../json.js";
import { parseInteger } from "../names.js";
import { typeName } from "../operations.js";

export interface IpAddress {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** An address with the length of its network: it may be any address in it. */
export interface IpNetwork extends IpAddress {
  readonly prefix: number;
}

const WIDTH = { 4: 32, 6: 128 } as const;

/** `IPAddress(text)`; undefined where that raises. */
export function parseIp(text: string): IpAddress | undefined {
  const v4 = aton(text);
  if (v4 !== undefined) return { version: 4, value: v4 };
  return isIpv6(text) ? { version: 6, value: ipv6Value(text) } : undefined;
}

/** `IPNetwork(text)`; undefined where that raises. */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const slash = text.indexOf("/");
  const address = slash < 0 ? text : text.slice(0, slash);
  const length = slash < 0 ? undefined : text.slice(slash + 1);
  const v4 = pton(address) ?? pton(expanded(address));
  if (v4 !== undefined) {
    const prefix = prefixOf(4, length);
    if (prefix !== undefined) return { version: 4, value: v4, prefix };
  }
  if (!isIpv6(address)) return undefined;
  const prefix = prefixOf(6, length);
  return prefix === undefined ? undefined : { version: 6, value: ipv6Value(address), prefix };
}

/** The same of any value. @throws PythonTypeError for what is no text */
export function ipNetworkOf(value: Json): IpNetwork | undefined {
  if (typeof value === "string") return parseIpNetwork(value);
  throw new PythonTypeError(`unexpected type <type '${typeName(value)}'> for addr arg`);
}

/** `str(IPAddress(...))`. */
export function ipText({ version, value }: IpAddress): string {
  if (version === 6) return ntop(value);
  return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
}

/** `str(IPNetwork(...))`: the address as it was given, even if it is not the first. */
export const ipNetworkText = (network: IpNetwork): string =>
  `${ipText(network)}/${String(network.prefix)}`;

/** How many addresses are in the network, less one. */
const hostmask = ({ version, prefix }: IpNetwork): bigint =>
  (1n << BigInt(WIDTH[version] - prefix)) - 1n;

/** The address of the network itself. */
export const firstOf = (network: IpNetwork): bigint => network.value & ~hostmask(network);

/** Its last address, with IPv4 that of the broadcast. */
export const lastOf = (network: IpNetwork): bigint => network.value | hostmask(network);

/** The same network by its first address. */
export const cidrOf = (network: IpNetwork): IpNetwork => ({ ...network, value: firstOf(network) });

export const overlap = (one: IpNetwork, other: IpNetwork): boolean =>
  one.version === other.version && firstOf(one) <= lastOf(other) && firstOf(other) <= lastOf(one);

/** `IPAddress.is_link_local()`, of IPv6 alone. */
export const isLinkLocal = ({ version, value }: IpAddress): boolean =>
  version === 6 && value >> 118n === 0xfe80n >> 6n;

/** `netaddr.valid_mac(text)`. */
export const isMac = (text: string): boolean => MAC_FORMATS.some((format) => format.test(text));

/** The interface's half of an IPv6 address, made of its MAC. */
export function eui64(mac: string): bigint {
  const words = mac.split(/[:.-]/);
  const width = words.length === 6 ? 2 : words.length === 3 ? 4 : words.length === 2 ? 6 : 12;
  const value = BigInt(`0x${words.map((word) => word.padStart(width, "0")).join("")}`);
  const [high, low] = [value >> 24n, value & 0xff_ffffn];
  return ((high << 40n) | (0xfffen << 24n) | low) ^ (1n << 57n);
}

const hex = (digits: string, times: number, separator: string): RegExp =>
  new RegExp(`^${Array(times).fill(`[0-9a-f]{${digits}}`).join(separator)}$`, "i");

const MAC_FORMATS: readonly RegExp[] = [
  hex("1,2", 6, ":"),
  hex("1,2", 6, "-"),
  hex("1,4", 3, ":"),
  hex("1,4", 3, "-"),
  hex("1,4", 3, "\\."),
  hex("5,6", 2, "-"),
  hex("5,6", 2, ":"),
  hex("12", 1, ""),
  hex("11", 1, ""),
];

/** `inet_aton`: one to four numbers in any of C's bases, of which the last fills what is left. */
function aton(text: string): bigint | undefined {
  const parts = text.trimEnd().split(".");
  if (parts.length > 4) return undefined;
  const numbers = parts.map(cNumber);
  let value = 0n;
  for (const [i, number] of numbers.entries()) {
    const rest = BigInt(i === numbers.length - 1 ? 5 - numbers.length : 1);
    if (number === undefined || number >= 1n << (8n * rest)) return undefined;
    value = (value << (8n * rest)) | number;
  }
  return value;
}

function cNumber(text: string): bigint | undefined {
  if (/^0x[0-9a-f]+$/i.test(text)) return BigInt(text.toLowerCase());
  if (/^0[0-7]*$/.test(text)) return BigInt(`0o0${text}`);
  return /^[1-9]\d*$/.test(text) ? BigInt(text) : undefined;
}

function pton(text: string | undefined): bigint | undefined {
  if (text === undefined || !isStrictIpv4(text)) return undefined;
  return text.split(".").reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** `expand_partial_address`: `10.1` is `10.1.0.0`. */
function expanded(text: string): string | undefined {
  if (text.includes(":")) return undefined;
  const parts = text.split(".").map(parseInteger);
  if (parts.length > 4 || parts.includes(undefined)) return undefined;
  return [...parts, 0, 0, 0].slice(0, 4).join(".");
}

/** The length that is said as a number, a netmask or a hostmask; undefined for none of them. */
function prefixOf(version: 4 | 6, text: string | undefined): number | undefined {
  const width = WIDTH[version];
  if (text === undefined) return width;
  const number = parseInteger(text);
  if (number !== undefined) return number >= 0 && number <= width ? number : undefined;
  const mask = version === 4 ? pton(text) : isIpv6(text) ? ipv6Value(text) : undefined;
  if (mask === undefined) return undefined;
  const all = (1n << BigInt(width)) - 1n;
  for (let length = 0; length <= width; length++) {
    const host = (1n << BigInt(width - length)) - 1n;
    if (mask === (all ^ host)) return length;
  }
  for (let length = 0; length <= width; length++) {
    if (mask === (1n << BigInt(width - length)) - 1n) return length;
  }
  return undefined;
}

/** The number of a text that is an IPv6 address. */
function ipv6Value(text: string): bigint {
  const [head = "", tail] = text.split("::");
  const before = ipv6Words(head);
  const after = tail === undefined ? [] : ipv6Words(tail);
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  return [...before, ...zeros, ...after].reduce((value, word) => (value << 16n) | BigInt(word), 0n);
}

function ipv6Words(text: string): number[] {
  if (text === "") return [];
  return text.split(":").flatMap((word) => {
    if (!word.includes(".")) return [Number.parseInt(word, 16)];
    const value = Number(pton(word) ?? 0n);
    return [Math.floor(value / 0x1_0000), value % 0x1_0000];
  });
}

/** `inet_ntop`: the longest run of zeros is left out, and what holds an IPv4 address shows it. */
function ntop(value: bigint): string {
  const words = Array.from({ length: 8 }, (_, i) =>
    Number((value >> BigInt(112 - 16 * i)) & 0xffffn),
  );
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && words[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const mapped = best.at === 0 && (best.length === 6 || (best.length === 5 && words[5] === 0xffff));
  const shown = words.map((word) => word.toString(16));
  if (mapped) {
    const dotted = ipText({ version: 4, value: value & 0xffff_ffffn });
    return best.length === 6 ? `::${dotted}` : `::ffff:${dotted}`;
  }
  if (best.at < 0) return shown.join(":");
  const after = shown.slice(best.at + best.length).join(":");
  return `${shown.slice(0, best.at).join(":")}::${after}`;
}
