/**
 * Things asked for by many ids: in pieces, if they do not fit into one URL. Upstream: network.py and
 * securitygroup.py of neutronclient/neutron/v2_0 (extend_list), 2.3.9.
 */
import type { Op } from "../../kernel/index.js";
import { RequestUriTooLong } from "./api.js";

/** `id=<uuid>&`. */
const LENGTH = 40;

/** What `ask` finds for all of `ids`. */
export function* askedByIds<T>(
  ids: readonly string[],
  ask: (some: readonly string[]) => Op<readonly T[]>,
): Op<readonly T[]> {
  try {
    return yield* ask(ids);
  } catch (error) {
    if (!(error instanceof RequestUriTooLong)) throw error;
    const size = Math.floor((LENGTH * ids.length - error.excess) / LENGTH);
    const found: T[] = [];
    for (let i = 0; i < ids.length; i += size) found.push(...(yield* ask(ids.slice(i, i + size))));
    return found;
  }
}
