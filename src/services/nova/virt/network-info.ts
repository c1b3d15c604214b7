/**
 * What a driver is told of an instance's network. While a server is built its ports may still be in
 * the making; a driver waits for them when it needs them, and not before. Upstream:
 * nova/network/model.py (VIF, NetworkInfoAsyncWrapper); nova §1.4 rows 15 and 21.
 */
import { caught, join, type Greenthread, type Op } from "../../../kernel/index.js";
import type { NetworkInfo, Vif } from "../network-api/model.js";

export type { NetworkInfo, Vif };

export interface PendingNetworkInfo {
  /** The VIFs, once they are there. @throws what went wrong with their allocation */
  wait(): Op<NetworkInfo>;
  /** Until the allocation has ended, however it ends. */
  settle(): Op<void>;
}

/** VIFs that exist. */
export function networkInfoAtHand(vifs: NetworkInfo): PendingNetworkInfo {
  return {
    *wait() {
      return vifs;
    },
    *settle() {
      // There is nothing to wait for.
    },
  };
}

/** VIFs that `thread` is about to allocate. */
export function networkInfoFrom(thread: Greenthread<NetworkInfo>): PendingNetworkInfo {
  return {
    wait: () => join(thread),
    *settle() {
      try {
        yield* join(thread);
      } catch (thrown) {
        yield* caught(thrown);
      }
    },
  };
}
