/**
 * Every minute, and as a host starts or a guest has left it: its node is counted anew, and nodes that the database
 * has of this host and the driver has not are deleted. Upstream: nova/compute/manager.py (update_available_resource,
 * _get_compute_nodes_in_db) at 2014.2; nova §8.2.
 */
import type { RequestContext } from "../../../../framework/index.js";
import { aloud, quietly, type Op } from "../../../../kernel/index.js";
import { getNodesByService, type ComputeNode } from "../../objects/service/compute-node.js";
import { getServiceByComputeHost } from "../../objects/service/service.js";
import type { ComputeHost } from "../compute-host.js";

/** @throws ComputeHostNotFound where the host has no record any more, with everything counted */
export function* updateAvailableResource(compute: ComputeHost, ctxt: RequestContext): Op<void> {
  yield* compute.tracker.updateAvailableResource(ctxt);
  for (const node of yield* quietly(nodesInDatabase(compute, ctxt))) {
    if (node.hypervisor_hostname === compute.tracker.node) continue;
    compute.log("info", `Deleting orphan compute node ${String(node.id)}`);
    yield* aloud(node.destroy(ctxt));
  }
}

function* nodesInDatabase(
  { store, host }: ComputeHost,
  ctxt: RequestContext,
): Op<readonly ComputeNode[]> {
  const service = yield* getServiceByComputeHost(store, ctxt, host, { use_slave: true });
  return yield* getNodesByService(store, ctxt, service.id);
}
