/**
 * The IPv4 address of whoever sends a request: a number made of the name, since hosts here are known
 * by names alone. The controller and compute hosts have those of the Juno installation guide.
 * Upstream: webob's `remote_addr`.
 */
import { isStrictIpv4, numberToAddress } from "../python/index.js";

const WELL_KNOWN: ReadonlyMap<string, string> = new Map([
  ["controller", "10.0.0.11"],
  ["network", "10.0.0.21"],
]);

const TEN = 0x0a00_0000;
/** `compute-1` is 10.0.0.31. */
const BEFORE_FIRST_COMPUTE = TEN + 30;
/** Everybody else is in 10.128.0.0/9. */
const OTHERS = { first: TEN + 0x80_0000, mask: 0x7f_ffff };

/** @param actor `nova-api@controller`, or a user's name */
export function addressOf(actor: string): string {
  const host = actor.slice(actor.indexOf("@") + 1);
  // A guest is known by its address.
  if (isStrictIpv4(host)) return host;
  const known = WELL_KNOWN.get(host);
  if (known !== undefined) return known;
  const compute = /^compute-?(\d{1,6})$/.exec(host);
  if (compute !== null) return numberToAddress(BEFORE_FIRST_COMPUTE + Number(compute[1]));
  return numberToAddress(OTHERS.first + (hash(host) & OTHERS.mask));
}

/** FNV-1a. */
function hash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}
