/**
 * What nova-compute asks of the network. Upstream: nova/network/neutronv2/api.py (API) at 2014.2;
 * nova §1.7.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { Instance } from "../objects/instance.js";
import type { NetworkRequestList } from "../objects/network-request.js";
import type { NetworkInfo } from "../virt/network-info.js";

export interface NetworkApi {
  /** Make or take the ports of an instance and store its info cache. */
  allocate_for_instance(
    ctxt: RequestContext,
    instance: Instance,
    wanted: {
      readonly requested_networks: NetworkRequestList | null;
      readonly security_groups: readonly string[];
    },
  ): Op<NetworkInfo>;
  /** Delete every port of the instance. */
  deallocate_for_instance(ctxt: RequestContext, instance: Instance): Op<void>;
  /** Read its network anew and store its info cache. */
  get_instance_nw_info(ctxt: RequestContext, instance: Instance): Op<NetworkInfo>;
  /** Bind its ports to `host`. */
  setup_instance_network_on_host(ctxt: RequestContext, instance: Instance, host: string): Op<void>;
}
