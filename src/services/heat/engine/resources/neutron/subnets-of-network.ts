/**
 * The subnets in a stack that are on a network: what gets an address there waits for them. Names of what
 * is not there yet are all the same word, so that before the first create a port waits for subnets of other
 * networks, too. Upstream: the methods add_dependencies of port.py and router.py in
 * heat/engine/resources/neutron at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { repr, truth, type Json } from "../../../../../python/index.js";
import type { Sibling, StackOfResources } from "../stack-view.js";

/** `has_interface`; templates that stand for a type are none of it. */
export const isOfType = ({ definition }: Sibling, type: string): boolean =>
  definition.type === type;

/** The network that a property says, by the newer or the older of its names. */
export function* networkIn(sibling: Sibling): Op<Json> {
  const network = yield* sibling.properties.get("network");
  return truth(network) ? network : yield* sibling.properties.get("network_id");
}

export function* subnetsOfNetwork(stack: StackOfResources, network: Json): Op<string[]> {
  const found: string[] = [];
  for (const sibling of stack.siblings()) {
    if (!isOfType(sibling, "OS::Neutron::Subnet")) continue;
    if (repr(yield* networkIn(sibling)) === repr(network)) found.push(sibling.name);
  }
  return found;
}
