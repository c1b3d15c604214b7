/** The network of a CIDR by its parts, and steps from address to address, in text. Upstream: netaddr. */
import { addressToNumber, numberToAddress, parseCidr, ValueError } from "../../../python/index.js";

/** A network by its parts. */
export interface Ipv4Network {
  readonly network: string;
  readonly netmask: string;
  readonly broadcast: string;
}

/** @throws ValueError if it is no address */
function numberOf(address: string): number {
  const number = addressToNumber(address);
  if (number === undefined) throw new ValueError(`'${address}' is not an IPv4 address`);
  return number;
}

/** The address `offset` after this one. @throws ValueError if it is no address */
export const addressAfter = (address: string, offset: number): string =>
  numberToAddress(numberOf(address) + offset);

/** How many addresses there are from `first` up to, and without, `end`. @throws ValueError */
export const addressesBetween = (first: string, end: string): number =>
  numberOf(end) - numberOf(first);

/** The network of a text such as `10.0.0.0/24`. @throws ValueError if it is none */
export function ipv4Network(cidr: string): Ipv4Network {
  const network = parseCidr(cidr.includes("/") ? cidr : `${cidr}/32`);
  if (network === undefined) throw new ValueError(`'${cidr}' is not an IPv4 network`);
  const { first, last } = network;
  return {
    network: numberToAddress(first),
    netmask: numberToAddress(0xffff_ffff - (last - first)),
    broadcast: numberToAddress(last),
  };
}
