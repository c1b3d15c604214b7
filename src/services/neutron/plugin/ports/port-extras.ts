/**
 * What is stored of a port's allowed address pairs and of its options of DHCP. Upstream:
 * neutron/db/allowedaddresspairs_db.py, neutron/db/extradhcpopt_db.py.
 */
import type { JsonObject } from "../../../../python/index.js";
import { DBError } from "../columns.js";

/** A pair without a MAC has the port's. @throws DBError if it is then the same as another one */
export function withMac(pairs: readonly JsonObject[], mac: string): JsonObject[] {
  const stored = pairs.map((pair) => ({
    mac_address: pair["mac_address"] ?? mac,
    ip_address: pair["ip_address"] ?? null,
  }));
  if (new Set(stored.map((pair) => JSON.stringify(pair))).size === stored.length) return stored;
  throw new DBError("(IntegrityError) Duplicate entry for key 'PRIMARY'");
}

/**
 * `is_address_pairs_attribute_updated`: what was asked for against what was there, to the letter, so
 * that a pair without a MAC is news each time.
 */
export const pairsUpdated = (
  asked: readonly JsonObject[] | undefined,
  before: readonly JsonObject[],
): boolean =>
  asked !== undefined &&
  (asked.length !== before.length ||
    asked.some(
      ({ mac_address, ip_address }, i) =>
        mac_address !== before[i]?.["mac_address"] || ip_address !== before[i]?.["ip_address"],
    ));

const option = ({ opt_name = null, opt_value = null }: JsonObject): JsonObject => ({
  opt_name,
  opt_value,
});

/** Those that have a value. */
export const newOptions = (options: readonly JsonObject[]): JsonObject[] =>
  options.filter(({ opt_value }) => (opt_value ?? "") !== "").map(option);

/** One by one, by name: a null deletes, a value changes or adds. */
export function changedOptions(
  before: readonly JsonObject[],
  changes: readonly JsonObject[],
): JsonObject[] {
  const after = new Map(before.map((each) => [each["opt_name"], option(each)] as const));
  for (const change of changes) {
    const name = change["opt_name"];
    const known = before.some((each) => each["opt_name"] === name);
    if (change["opt_value"] !== null) after.set(name, option(change));
    else if (known) after.delete(name);
  }
  return [...after.values()];
}
