/**
 * reset_network and inject_network_info: what a guest's agent is to do with its network. Libvirt has no
 * such agent: neither does anything there, but that the latter reads the network anew. Upstream:
 * nova/compute/manager.py at 2014.2.
 */
import { expectedExceptions, type ArgsIn } from "../../../../bus/index.js";
import { NotImplementedException } from "../../../../python/index.js";
import { bindsArguments, wrapInstanceFault, type Method } from "../decorators.js";
import type { computeApi } from "../rpcapi.js";

type OfInstance = ArgsIn<typeof computeApi, "reset_network">;

const reset = wrapInstanceFault<OfInstance>(
  bindsArguments("reset_network", function* (compute, _ctxt, { instance }) {
    compute.log("debug", "Reset network");
    yield* compute.driver.resetNetwork(instance);
  }),
);

export const resetNetwork: Method<OfInstance> = (compute, ctxt, args) =>
  expectedExceptions([NotImplementedException], reset(compute, ctxt, args));

export const injectNetworkInfo = wrapInstanceFault<OfInstance>(
  bindsArguments("inject_network_info", function* (compute, ctxt, { instance }) {
    const networkInfo = yield* compute.network.get_instance_nw_info(ctxt, instance);
    compute.log("debug", "Inject network info");
    yield* compute.driver.injectNetworkInfo(instance, networkInfo);
  }),
);
