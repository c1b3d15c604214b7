/**
 * add_fixed_ip_to_instance and remove_fixed_ip_from_instance: a port of the server's gets an address more, or one less, and the
 * guest is told. Upstream: nova/compute/manager.py at 2014.2.
 */
import type { ArgsIn } from "../../../../bus/index.js";
import type { RequestContext } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Instance } from "../../objects/instance.js";
import type { NetworkInfo } from "../../network-api/model.js";
import type { ComputeHost } from "../compute-host.js";
import { bindsArguments, wrapException, wrapInstanceFault } from "../decorators.js";
import { resetNetwork } from "../lifecycle/guest-network.js";
import type { computeApi } from "../rpcapi.js";

type Add = ArgsIn<typeof computeApi, "add_fixed_ip_to_instance">;
type Remove = ArgsIn<typeof computeApi, "remove_fixed_ip_from_instance">;

export const addFixedIp = wrapException<Add>(
  "add_fixed_ip_to_instance",
  wrapInstanceFault(
    bindsArguments("add_fixed_ip_to_instance", (compute, ctxt, { instance, network_id }) =>
      around(compute, ctxt, instance, "create_ip", () =>
        compute.network.add_fixed_ip_to_instance(ctxt, instance, network_id),
      ),
    ),
  ),
);

export const removeFixedIp = wrapException<Remove>(
  "remove_fixed_ip_from_instance",
  wrapInstanceFault(
    bindsArguments("remove_fixed_ip_from_instance", (compute, ctxt, { instance, address }) =>
      around(compute, ctxt, instance, "delete_ip", () =>
        compute.network.remove_fixed_ip_from_instance(ctxt, instance, address),
      ),
    ),
  ),
);

function* around(
  compute: ComputeHost,
  ctxt: RequestContext,
  instance: Instance,
  event: string,
  change: () => Op<NetworkInfo>,
): Op<void> {
  yield* compute.notify(ctxt, instance, `${event}.start`);
  const networkInfo = yield* change();
  compute.log("debug", "Inject network info");
  yield* compute.driver.injectNetworkInfo(instance, networkInfo);
  yield* resetNetwork(compute, ctxt, { instance });
  // So that it is dated, though nothing of it has changed (bug 1143466).
  instance.updated_at = compute.env.utcnow();
  yield* instance.save(ctxt);
  yield* compute.notify(ctxt, instance, `${event}.end`, { networkInfo });
}
