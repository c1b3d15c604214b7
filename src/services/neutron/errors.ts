/**
 * Neutron's exceptions, with upstream's texts and the HTTP status of each. Upstream:
 * neutron/common/exceptions.py, extensions/securitygroup.py, and FAULT_MAP of api/v2/base.py.
 */
import { UpstreamException } from "../../framework/index.js";

export class NeutronException extends UpstreamException {
  static override readonly module: string = "neutron.common.exceptions";
}

class BadRequest extends NeutronException {
  static override readonly code: number = 400;
}
class NotFound extends NeutronException {
  static override readonly code: number = 404;
}
class Conflict extends NeutronException {
  static override readonly code: number = 409;
}
class ServiceUnavailable extends NeutronException {
  static override readonly code: number = 503;
}

export class InvalidInput extends BadRequest {
  static override readonly msg_fmt = "Invalid input for operation: %(error_message)s.";
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
export class AgentNotFound extends NotFound {
  static override readonly msg_fmt = "Agent %(id)s could not be found";
}
export class FloatingIPNotFound extends NotFound {
  static override readonly msg_fmt = "Floating IP %(floatingip_id)s could not be found";
}
export class ExtensionNotFound extends NotFound {
  static override readonly msg_fmt = "Extension with alias %(alias)s does not exist";
}
export class SecurityGroupNotFound extends NotFound {
  static override readonly msg_fmt = "Security group %(id)s does not exist";
}
export class SecurityGroupRuleNotFound extends NotFound {
  static override readonly msg_fmt = "Security group rule %(id)s does not exist";
}

export class NetworkInUse extends Conflict {
  static override readonly msg_fmt =
    "Unable to complete operation on network %(net_id)s. There are one or more ports still in use on the network.";
}
export class SubnetInUse extends Conflict {
  static override readonly msg_fmt =
    "Unable to complete operation on subnet %(subnet_id)s. One or more ports have an IP allocation from this subnet.";
}
export class MacAddressInUse extends Conflict {
  static override readonly msg_fmt =
    "Unable to complete operation for network %(net_id)s. The mac address %(mac)s is in use.";
}
export class IpAddressInUse extends Conflict {
  static override readonly msg_fmt =
    "Unable to complete operation for network %(net_id)s. The IP address %(ip_address)s is in use.";
}
export class IpAddressGenerationFailure extends Conflict {
  static override readonly msg_fmt = "No more IP addresses available on network %(net_id)s.";
}
export class OverQuota extends Conflict {
  static override readonly msg_fmt = "Quota exceeded for resources: %(overs)s";
}
export class SecurityGroupInUse extends Conflict {
  static override readonly msg_fmt = "Security Group %(id)s in use.";
}
export class SecurityGroupCannotRemoveDefault extends Conflict {
  static override readonly msg_fmt = "Insufficient rights for removing default security group.";
}
export class SecurityGroupCannotUpdateDefault extends Conflict {
  static override readonly msg_fmt = "Updating default security group not allowed.";
}
export class SecurityGroupDefaultAlreadyExists extends Conflict {
  static override readonly msg_fmt = "Default security group already exists.";
}
export class SecurityGroupRuleExists extends Conflict {
  static override readonly msg_fmt = "Security group rule already exists. Rule id is %(id)s.";
}

export class OverlappingAllocationPools extends Conflict {
  static override readonly msg_fmt =
    "Found overlapping allocation pools: %(pool_1)s %(pool_2)s for subnet %(subnet_cidr)s.";
}
export class OutOfBoundsAllocationPool extends BadRequest {
  static override readonly msg_fmt =
    "The allocation pool %(pool)s spans beyond the subnet cidr %(subnet_cidr)s.";
}
export class InvalidAllocationPool extends BadRequest {
  static override readonly msg_fmt = "The allocation pool %(pool)s is not valid.";
}
export class GatewayConflictWithAllocationPools extends Conflict {
  static override readonly msg_fmt =
    "Gateway ip %(ip_address)s conflicts with allocation pool %(pool)s";
}
export class SecurityGroupInvalidPortRange extends BadRequest {
  static override readonly msg_fmt =
    "For TCP/UDP protocols, port_range_min must be <= port_range_max";
}
export class SecurityGroupProtocolRequiredWithPorts extends BadRequest {
  static override readonly msg_fmt = "Must also specifiy protocol if port range is given.";
}
export class SecurityGroupRemoteGroupAndRemoteIpPrefix extends BadRequest {
  static override readonly msg_fmt = "Only remote_ip_prefix or remote_group_id may be provided.";
}

export class MacAddressGenerationFailure extends ServiceUnavailable {
  static override readonly msg_fmt = "Unable to generate unique mac on network %(net_id)s.";
}
export class NoNetworkAvailable extends ServiceUnavailable {
  static override readonly msg_fmt =
    "Unable to create the network. No tenant network is available for allocation.";
}
