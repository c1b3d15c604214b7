/** What a store that takes no data is to whoever sends it. Upstream: the except clauses of upload_utils.py and glance/notifier.py at 2014.2. */
import { HttpFault } from "../../../http/index.js";
import type { Exception } from "../../../python/index.js";
import { StorageFull, StorageWriteDenied, StoreAddDisabled } from "../stores/store.js";

export function storeFault(error: Exception): HttpFault | undefined {
  if (error instanceof StorageFull) {
    return new HttpFault(413, `Image storage media is full: ${error.message}`);
  }
  if (error instanceof StorageWriteDenied) {
    return new HttpFault(503, `Insufficient permissions on image storage media: ${error.message}`);
  }
  if (error instanceof StoreAddDisabled) {
    return new HttpFault(410, "Error in store configuration. Adding images to store is disabled.");
  }
  return undefined;
}
