/**
 * Which addresses of a subnet are given out: the pools asked for, or every address but the
 * network's, the gateway's and the broadcast address. Upstream: neutron/db/db_base_plugin_v2.py
 * (_allocate_pools_for_subnet, _validate_allocation_pools, _validate_gw_out_of_pools).
 */
import {
  firstOf,
  ipNetworkText,
  ipText,
  lastOf,
  parseIp,
  str,
  type IpNetwork,
  type JsonObject,
} from "../../../python/index.js";
import {
  GatewayConflictWithAllocationPools,
  InvalidAllocationPool,
  OutOfBoundsAllocationPool,
  OverlappingAllocationPools,
} from "../errors.js";

/** As it was written: addresses keep their spelling. */
export interface Pool {
  readonly start: string;
  readonly end: string;
}

interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** @throws InvalidAllocationPool, OutOfBoundsAllocationPool, OverlappingAllocationPools */
export function checkPools(cidr: IpNetwork, pools: readonly Pool[]): void {
  const subnet_cidr = ipNetworkText(cidr);
  const ranges = pools.map((pool) => {
    const shown = str(shownOf(pool));
    const [start, end] = [parseIp(pool.start), parseIp(pool.end)];
    if (
      start?.version !== cidr.version ||
      end?.version !== cidr.version ||
      end.value < start.value
    ) {
      throw new InvalidAllocationPool({ pool: shown });
    }
    if (start.value < firstOf(cidr) + 1n || end.value > lastOf(cidr) - 1n) {
      throw new OutOfBoundsAllocationPool({ pool: shown, subnet_cidr });
    }
    return { first: start.value, last: end.value, shown };
  });
  for (const [i, one] of ranges.entries()) {
    const other = ranges.slice(i + 1).find((range) => overlaps(one, range));
    if (other === undefined) continue;
    throw new OverlappingAllocationPools({
      pool_1: one.shown,
      pool_2: other.shown,
      subnet_cidr,
    });
  }
}

/** @throws GatewayConflictWithAllocationPools */
export function checkGateway(gateway: string, pools: readonly Pool[]): void {
  const address = parseIp(gateway);
  if (address === undefined) return;
  for (const { start, end } of pools) {
    const [first, last] = [parseIp(start), parseIp(end)];
    if (first?.version !== address.version || last === undefined) continue;
    if (address.value < first.value || address.value > last.value) continue;
    const pool = `${ipText(first)}-${ipText(last)}`;
    throw new GatewayConflictWithAllocationPools({ pool, ip_address: gateway });
  }
}

/** All but the gateway, in one piece or two. Without one the last address is left out all the same. */
export function defaultPools(cidr: IpNetwork, gateway: string | null): Pool[] {
  const { version } = cidr;
  const [first, last] = [firstOf(cidr), lastOf(cidr)];
  const asked = gateway === null || gateway === "" ? undefined : parseIp(gateway);
  const at = asked?.value ?? last;
  const split = at < first ? first : at > last ? last : at;
  const pool = (from: bigint, to: bigint): Pool => ({
    start: ipText({ version, value: from }),
    end: ipText({ version, value: to }),
  });
  return [
    ...(split > first + 1n ? [pool(first + 1n, split - 1n)] : []),
    ...(split < last - 1n ? [pool(split + 1n, last - 1n)] : []),
  ];
}

const overlaps = (one: Range, other: Range): boolean =>
  one.first <= other.last && other.first <= one.last;

const shownOf = ({ start, end }: Pool): JsonObject => ({ start, end });
