/**
 * Floating IPs and security groups, which Neutron has where there is one and Nova elsewhere. Only Neutron is modelled: without a
 * network service nothing is offered. Whoever makes a client of it has Neutron asked for its extensions. Upstream:
 * openstack_dashboard/api/network.py (NetworkClient) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import { SETTINGS } from "../settings.js";
import type { HorizonRequest } from "../web/request.js";
import { networkExtension } from "./neutron.js";

/** Upstream: NetworkClient.__init__. */
export function* networkClient(request: HorizonRequest): Op<boolean> {
  if (!request.user.serviceEnabled("network")) return false;
  yield* networkExtension(request, "security-group");
  return true;
}

/** Upstream: `floating_ip_supported`. */
export function* floatingIpsSupported(request: HorizonRequest): Op<boolean> {
  return (yield* networkClient(request)) && SETTINGS.enable_router;
}
