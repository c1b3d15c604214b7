/** Arithmetic on IPv4 addresses and networks, as text outside and whole numbers inside. Upstream: netaddr. */

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

export const contains = ({ first, last }: Cidr, address: number): boolean =>
  address >= first && address <= last;
