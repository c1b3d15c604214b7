/** Arithmetic on IPv4 addresses and networks, as far as nova-network needs it. Upstream: netaddr. */

const toNumber = (address: string): number =>
  address.split(".").reduce((number, part) => number * 256 + Number(part), 0);

const toAddress = (number: number): string =>
  [24, 16, 8, 0].map((shift) => String((number >>> shift) & 255)).join(".");

/** The address `offset` after this one. */
export const addressAfter = (address: string, offset: number): string =>
  toAddress(toNumber(address) + offset);

/** How many addresses there are from `first` up to, and without, `end`. */
export const addressesBetween = (first: string, end: string): number =>
  toNumber(end) - toNumber(first);

/** A network by its parts. */
export interface Ipv4Network {
  readonly network: string;
  readonly netmask: string;
  readonly broadcast: string;
}

/** The network of a text such as `10.0.0.0/24`, of a right form. */
export function ipv4Network(cidr: string): Ipv4Network {
  const [address = "", length = "32"] = cidr.split("/");
  const prefix = Number(length);
  const size = prefix === 0 ? 0x1_0000_0000 : 0x8000_0000 >>> (prefix - 1);
  const number = toNumber(address);
  const first = number - (number % size);
  return {
    network: toAddress(first),
    netmask: toAddress(0x1_0000_0000 - size),
    broadcast: toAddress(first + size - 1),
  };
}
