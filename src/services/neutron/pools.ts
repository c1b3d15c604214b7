/**
 * Which addresses of a subnet are given out: the pools asked for, or every address but the
 * network's, the gateway's and the broadcast address. Upstream: neutron/db/db_base_plugin_v2.py
 * (_allocate_pools_for_subnet, _validate_allocation_pools).
 */
import {
  addressToNumber,
  cidrContains,
  numberToAddress,
  type Cidr,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import {
  GatewayConflictWithAllocationPools,
  InvalidAllocationPool,
  InvalidInput,
  OutOfBoundsAllocationPool,
  OverlappingAllocationPools,
} from "./errors.js";

export interface Pool {
  readonly first: number;
  readonly last: number;
}

/** The address asked for; the first of the subnet if nothing was said; none for null. */
export function gatewayOf(cidr: Cidr, asked: Json | undefined): number | null {
  if (asked === undefined) return cidr.first + 1;
  if (asked === null) return null;
  const gateway = typeof asked === "string" ? addressToNumber(asked) : undefined;
  if (gateway !== undefined) return gateway;
  throw new InvalidInput({ error_message: `'${JSON.stringify(asked)}' is not a valid IP address` });
}

/** @throws InvalidAllocationPool, OutOfBoundsAllocationPool, OverlappingAllocationPools */
export function poolsOf(cidr: Cidr, gateway: number | null, attrs: JsonObject): Pool[] {
  const asked = attrs["allocation_pools"] as readonly JsonObject[] | undefined;
  if (asked === undefined) return defaultPools(cidr, gateway);
  const pools = asked.map(({ start, end }) => {
    const first = typeof start === "string" ? addressToNumber(start) : undefined;
    const last = typeof end === "string" ? addressToNumber(end) : undefined;
    const pool = `${JSON.stringify(start)}-${JSON.stringify(end)}`.replaceAll('"', "");
    if (first === undefined || last === undefined || last < first) {
      throw new InvalidAllocationPool({ pool });
    }
    if (first <= cidr.first || last >= cidr.last || !cidrContains(cidr, last)) {
      throw new OutOfBoundsAllocationPool({ pool, subnet_cidr: attrs["cidr"] });
    }
    if (gateway !== null && gateway >= first && gateway <= last) {
      throw new GatewayConflictWithAllocationPools({ pool, ip_address: numberToAddress(gateway) });
    }
    return { first, last, pool };
  });
  for (const [i, one] of pools.entries()) {
    const other = pools
      .slice(i + 1)
      .find(({ first, last }) => first <= one.last && one.first <= last);
    if (other !== undefined) {
      throw new OverlappingAllocationPools({
        pool_1: one.pool,
        pool_2: other.pool,
        subnet_cidr: attrs["cidr"],
      });
    }
  }
  return pools;
}

/** All but the gateway, in one piece or two. */
export function defaultPools({ first, last }: Cidr, gateway: number | null): Pool[] {
  const all = { first: first + 1, last: last - 1 };
  if (gateway === null || gateway < all.first || gateway > all.last) {
    return all.first <= all.last ? [all] : [];
  }
  return [
    { first: all.first, last: gateway - 1 },
    { first: gateway + 1, last: all.last },
  ].filter((pool) => pool.first <= pool.last);
}
