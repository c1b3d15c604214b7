/**
 * Now and then the driver looks through the images that its host keeps, told which servers there are. Upstream:
 * nova/compute/manager.py (_run_image_cache_manager_pass) at 2014.2; nova §8.2. No hosts share storage here, so
 * the servers are this host's own.
 */
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { getInstancesByFilters } from "../../objects/instance.js";
import type { ComputeHost } from "../compute-host.js";

export function* imageCachePass(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  const { driver, flags, host, store } = compute;
  if (flags.image_cache_manager_interval === 0) return;
  const filters = { deleted: false, soft_deleted: true, host: [host] };
  const loading = { expected_attrs: [], use_slave: true } as const;
  yield* driver.manageImageCache(yield* getInstancesByFilters(store, ctxt, filters, loading));
}
