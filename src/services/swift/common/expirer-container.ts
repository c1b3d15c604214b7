/**
 * Where what expires is queued: containers of a hidden account, one for each day, spread a little.
 * Upstream: swift/common/utils.py (get_expirer_container) at 2.2.0.
 */
import { hashPath, type HashConf } from "./hash-path.js";
import { deleteAt } from "./timestamp.js";

export const EXPIRING_ACCOUNT = ".expiring_objects";

const DAY = 86_400;

export function expirerContainer(
  conf: HashConf,
  second: number,
  account: string,
  container: string,
  obj: string,
): string {
  // int(hash, 16) % 100: only the last digits of a number of 128 bits matter, by way of a BigInt.
  const spread = Number(BigInt(`0x${hashPath(conf, account, container, obj)}`) % 100n);
  return deleteAt(Math.floor(second / DAY) * DAY - spread);
}
