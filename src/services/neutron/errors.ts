/**
 * Neutron's exceptions, with upstream's texts and the HTTP status of each. Upstream:
 * neutron/common/exceptions.py, the exceptions in extensions/, and FAULT_MAP of api/v2/base.py.
 */
import { UpstreamException } from "../../framework/index.js";

export class NeutronException extends UpstreamException {
  static override readonly module: string = "neutron.common.exceptions";
}

export class BadRequest extends NeutronException {
  static override readonly msg_fmt: string = "Bad %(resource)s request: %(msg)s";
  static override readonly code: number = 400;
}
export class NotFound extends NeutronException {
  static override readonly code: number = 404;
}
export class Conflict extends NeutronException {
  static override readonly code: number = 409;
}
export class InUse extends NeutronException {
  static override readonly code: number = 409;
}
export class ServiceUnavailable extends NeutronException {
  static override readonly msg_fmt: string = "The service is unavailable";
  static override readonly code: number = 503;
}
export class InvalidInput extends BadRequest {
  static override readonly msg_fmt: string = "Invalid input for operation: %(error_message)s.";
}
export class NotAuthorized extends NeutronException {
  static override readonly msg_fmt: string = "Not authorized.";
  static override readonly code: number = 403;
}
export class PolicyNotAuthorized extends NotAuthorized {
  static override readonly msg_fmt = "Policy doesn't allow %(action)s to be performed.";
}
export class AdminRequired extends NotAuthorized {
  static override readonly msg_fmt = "User does not have admin privileges: %(reason)s";
}

export class NetworkNotFound extends NotFound {
  static override readonly msg_fmt = "Network %(net_id)s could not be found";
}
export class SubnetNotFound extends NotFound {
  static override readonly msg_fmt = "Subnet %(subnet_id)s could not be found";
}
export class PortNotFound extends NotFound {
  static override readonly msg_fmt = "Port %(port_id)s could not be found";
}

export class MalformedRequestBody extends BadRequest {
  static override readonly msg_fmt = "Malformed request body: %(reason)s";
}
export class QuotaMissingTenant extends BadRequest {
  static override readonly msg_fmt = "Tenant-id was missing from Quota request";
}
export class OverQuota extends Conflict {
  static override readonly msg_fmt = "Quota exceeded for resources: %(overs)s";
}

export class NetworkInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to complete operation on network %(net_id)s. There are one or more ports still in use on the network.";
}
export class SubnetInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to complete operation on subnet %(subnet_id)s. One or more ports have an IP allocation from this subnet.";
}
export class MacAddressInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to complete operation for network %(net_id)s. The mac address %(mac)s is in use.";
}
export class IpAddressInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to complete operation for network %(net_id)s. The IP address %(ip_address)s is in use.";
}
export class IpAddressGenerationFailure extends Conflict {
  static override readonly msg_fmt = "No more IP addresses available on network %(net_id)s.";
}
export class MacAddressGenerationFailure extends ServiceUnavailable {
  static override readonly msg_fmt = "Unable to generate unique mac on network %(net_id)s.";
}
export class InvalidSharedSetting extends Conflict {
  static override readonly msg_fmt =
    "Unable to reconfigure sharing settings for network %(network)s. Multiple tenants are using it";
}
export class ExternalNetworkInUse extends InUse {
  static override readonly msg_fmt =
    "External network %(net_id)s cannot be updated to be made non-external, since it has existing gateway ports";
}

export class HostRoutesExhausted extends BadRequest {
  static override readonly msg_fmt =
    "Unable to complete operation for %(subnet_id)s. The number of host routes exceeds the limit %(quota)s.";
}
export class DNSNameServersExhausted extends BadRequest {
  static override readonly msg_fmt =
    "Unable to complete operation for %(subnet_id)s. The number of DNS nameservers exceeds the limit %(quota)s.";
}
export class InvalidAllocationPool extends BadRequest {
  static override readonly msg_fmt = "The allocation pool %(pool)s is not valid.";
}
export class OverlappingAllocationPools extends Conflict {
  static override readonly msg_fmt =
    "Found overlapping allocation pools:%(pool_1)s %(pool_2)s for subnet %(subnet_cidr)s.";
}
export class OutOfBoundsAllocationPool extends BadRequest {
  static override readonly msg_fmt =
    "The allocation pool %(pool)s spans beyond the subnet cidr %(subnet_cidr)s.";
}
export class GatewayConflictWithAllocationPools extends InUse {
  static override readonly msg_fmt =
    "Gateway ip %(ip_address)s conflicts with allocation pool %(pool)s";
}
export class GatewayIpInUse extends InUse {
  static override readonly msg_fmt =
    "Current gateway ip %(ip_address)s already in use by port %(port_id)s. Unable to update.";
}

export class VlanIdInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to create the network. The VLAN %(vlan_id)s on physical network %(physical_network)s is in use.";
}
export class FlatNetworkInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to create the flat network. Physical network %(physical_network)s is in use.";
}
export class TunnelIdInUse extends InUse {
  static override readonly msg_fmt =
    "Unable to create the network. The tunnel ID %(tunnel_id)s is in use.";
}
export class NoNetworkAvailable extends ServiceUnavailable {
  static override readonly msg_fmt =
    "Unable to create the network. No tenant network is available for allocation.";
}
export class SegmentsSetInConjunctionWithProviders extends InvalidInput {
  static override readonly msg_fmt = "Segments and provider values cannot both be set.";
}
export class SegmentsContainDuplicateEntry extends InvalidInput {
  static override readonly msg_fmt = "Duplicate segment entry in request.";
}

export class AllowedAddressPairsMissingIP extends InvalidInput {
  static override readonly msg_fmt = "AllowedAddressPair must contain ip_address";
}
export class DuplicateAddressPairInRequest extends InvalidInput {
  static override readonly msg_fmt =
    "Request contains duplicate address pair: mac_address %(mac_address)s ip_address %(ip_address)s.";
}
export class AllowedAddressPairExhausted extends BadRequest {
  static override readonly msg_fmt =
    "The number of allowed address pair exceeds the maximum %(quota)s.";
}
export class ExtraDhcpOptBadData extends InvalidInput {
  static override readonly msg_fmt = "Invalid data format for extra-dhcp-opt: %(data)s";
}

export class AgentNotFound extends NotFound {
  static override readonly msg_fmt: string = "Agent %(id)s could not be found";
}
export class InvalidDHCPAgent extends AgentNotFound {
  static override readonly msg_fmt = "Agent %(id)s is not a valid DHCP Agent or has been disabled";
}
export class NetworkHostedByDHCPAgent extends Conflict {
  static override readonly msg_fmt =
    "The network %(network_id)s has been already hosted by the DHCP Agent %(agent_id)s.";
}
export class NetworkNotHostedByDhcpAgent extends Conflict {
  static override readonly msg_fmt =
    "The network %(network_id)s is not hosted by the DHCP agent %(agent_id)s.";
}
