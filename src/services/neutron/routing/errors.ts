/**
 * The exceptions of routers and floating IPs, with upstream's texts. Upstream: neutron/extensions/l3.py,
 * extraroute.py, l3agentscheduler.py, l3_ext_ha_mode.py, neutron/common/exceptions.py at 2014.2.
 */
import { NotImplementedException } from "../../../python/index.js";
import {
  AgentNotFound,
  BadRequest,
  Conflict,
  InUse,
  InvalidInput,
  NeutronException,
  NotFound,
} from "../errors.js";

export class RouterNotFound extends NotFound {
  static override readonly msg_fmt = "Router %(router_id)s could not be found";
}
export class RouterInUse extends InUse {
  static override readonly msg_fmt = "Router %(router_id)s still has ports";
}
export class RouterInterfaceNotFound extends NotFound {
  static override readonly msg_fmt =
    "Router %(router_id)s does not have an interface with id %(port_id)s";
}
export class RouterInterfaceNotFoundForSubnet extends NotFound {
  static override readonly msg_fmt =
    "Router %(router_id)s has no interface on subnet %(subnet_id)s";
}
export class RouterInterfaceInUseByFloatingIP extends InUse {
  static override readonly msg_fmt =
    "Router interface for subnet %(subnet_id)s on router %(router_id)s cannot be deleted, as it is required by one or more floating IPs.";
}
export class RouterInterfaceInUseByRoute extends InUse {
  static override readonly msg_fmt =
    "Router interface for subnet %(subnet_id)s on router %(router_id)s cannot be deleted, as it is required by one or more routes.";
}
export class RouterExternalGatewayInUseByFloatingIp extends InUse {
  static override readonly msg_fmt =
    "Gateway cannot be updated for router %(router_id)s, since a gateway to external network %(net_id)s is required by one or more floating IPs.";
}
export class FloatingIPNotFound extends NotFound {
  static override readonly msg_fmt = "Floating IP %(floatingip_id)s could not be found";
}
export class ExternalGatewayForFloatingIPNotFound extends NotFound {
  static override readonly msg_fmt =
    "External network %(external_network_id)s is not reachable from subnet %(subnet_id)s.  Therefore, cannot associate Port %(port_id)s with a Floating IP.";
}
export class FloatingIPPortAlreadyAssociated extends InUse {
  static override readonly msg_fmt =
    "Cannot associate floating IP %(floating_ip_address)s (%(fip_id)s) with port %(port_id)s using fixed IP %(fixed_ip)s, as that fixed IP already has a floating IP on external network %(net_id)s.";
}
export class L3PortInUse extends InUse {
  static override readonly msg_fmt =
    "Port %(port_id)s has owner %(device_owner)s and therefore cannot be deleted directly via the port API.";
}

export class InvalidRoutes extends InvalidInput {
  static override readonly msg_fmt = "Invalid format for routes: %(routes)s, %(reason)s";
}
export class RoutesExhausted extends BadRequest {
  static override readonly msg_fmt =
    "Unable to complete operation for %(router_id)s. The number of routes exceeds the maximum %(quota)s.";
}

export class PortInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to complete operation on port %(port_id)s for network %(net_id)s. Port already has an attacheddevice %(device_id)s.";
}
export class SubnetMismatchForPort extends BadRequest {
  static override readonly msg_fmt =
    "Subnet on port %(port_id)s does not match the requested subnet %(subnet_id)s";
}
export class ExternalIpAddressExhausted extends BadRequest {
  static override readonly msg_fmt =
    "Unable to find any IP address on external network %(net_id)s.";
}
export class TooManyExternalNetworks extends NeutronException {
  static override readonly msg_fmt = "More than one external network exists";
  static override readonly code = 500;
}
export class DeviceIDNotOwnedByTenant extends Conflict {
  static override readonly msg_fmt =
    "The following device_id %(device_id)s is not owned by your tenant or matches another tenants router.";
}

export class HANotEnoughAvailableAgents extends NeutronException {
  static override readonly msg_fmt =
    "Not enough l3 agents available to ensure HA. Minimum required %(min_agents)s, available %(num_agents)s.";
  static override readonly code = 500;
}
/** A NotImplementedError, whose text is a member of the class that nobody prints. */
export class DistributedHARouterNotSupported extends NotImplementedException {
  static override readonly module: string = "neutron.extensions.l3_ext_ha_mode";
  override readonly name = "DistributedHARouterNotSupported";
}

export class AgentNotFoundByTypeHost extends NotFound {
  static override readonly module = "neutron.extensions.agent";
  static override readonly msg_fmt =
    "Agent with agent_type=%(agent_type)s and host=%(host)s could not be found";
}
export class InvalidL3Agent extends AgentNotFound {
  static override readonly msg_fmt = "Agent %(id)s is not a L3 Agent or has been disabled";
}
export class RouterHostedByL3Agent extends Conflict {
  static override readonly msg_fmt =
    "The router %(router_id)s has been already hosted by the L3 Agent %(agent_id)s.";
}
export class RouterNotHostedByL3Agent extends Conflict {
  static override readonly msg_fmt =
    "The router %(router_id)s is not hosted by L3 agent %(agent_id)s.";
}
export class RouterReschedulingFailed extends Conflict {
  static override readonly msg_fmt =
    "Failed rescheduling router %(router_id)s: no eligible l3 agent found.";
}
export class RouterL3AgentMismatch extends Conflict {
  static override readonly msg_fmt =
    "Cannot host %(router_type)s router %(router_id)s on %(agent_mode)s L3 agent %(agent_id)s.";
}
