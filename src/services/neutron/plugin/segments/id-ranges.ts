/**
 * Ranges of numbers for tenant networks, as options say them: `physnet1:1000:2999` of VLANs, `1:1000`
 * of tunnels. Upstream: neutron/plugins/common/utils.py, and `_parse_tunnel_ranges` of
 * plugins/ml2/drivers/type_tunnel.py at 2014.2, which end the service over a wrong one.
 */
import { FlagError } from "../../../../framework/flags/index.js";
import { parseInteger } from "../../../../python/index.js";

export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/** By physical network; one without VLANs for tenants has no ranges. @throws FlagError */
export function vlanRanges(
  flag: string,
  entries: readonly string[],
): ReadonlyMap<string, readonly IdRange[]> {
  const ranges = new Map<string, IdRange[]>();
  for (const entry of entries) {
    const [network = "", ...numbers] = entry.trim().split(":");
    const known = ranges.get(network) ?? [];
    ranges.set(network, known);
    if (numbers.length > 0) known.push(rangeIn(flag, entry, numbers, VLAN));
  }
  return ranges;
}

/** @param largest the largest number that such a tunnel may have. @throws FlagError */
export const tunnelRanges = (
  flag: string,
  entries: readonly string[],
  largest: number,
): readonly IdRange[] =>
  entries.map((entry) =>
    rangeIn(flag, entry, entry.split(":"), { what: "tunnel", largest, like: "1:1000" }),
  );

/** The first number that is not taken. */
export function firstFree(
  ranges: readonly IdRange[],
  taken: ReadonlySet<number | null>,
): number | undefined {
  const inOrder = [...ranges].sort((one, other) => one.first - other.first);
  for (const { first, last } of inOrder) {
    for (let id = first; id <= last; id++) if (!taken.has(id)) return id;
  }
  return undefined;
}

interface Kind {
  readonly what: string;
  readonly largest: number;
  readonly like: string;
}

export const LARGEST_VLAN = 4094;

const VLAN: Kind = { what: "VLAN", largest: LARGEST_VLAN, like: "physnet1 or physnet1:1000:2999" };

function rangeIn(flag: string, entry: string, numbers: readonly string[], kind: Kind): IdRange {
  const [first, last, ...more] = numbers.map((number) => parseInteger(number));
  const { what, largest, like } = kind;
  const wrong = (why: string): FlagError =>
    new FlagError(
      `flag ${flag}: Invalid network ${what} range: '${entry.trim()}' - ${why}. Write for example ${like}.`,
    );
  if (first === undefined || last === undefined || more.length > 0) {
    throw wrong("it is not made of two numbers");
  }
  for (const id of [first, last]) {
    if (id < 1 || id > largest) {
      throw wrong(`${String(id)} is not between 1 and ${String(largest)}`);
    }
  }
  if (last < first) throw wrong(`End of ${what} range is less than start of ${what} range`);
  return { first, last };
}
