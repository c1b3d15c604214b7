/**
 * What can be wrong with a security group or a rule, with upstream's texts. Upstream:
 * neutron/extensions/securitygroup.py at 2014.2.
 */
import { BadRequest, InUse, InvalidInput, NotFound } from "./errors.js";

export class SecurityGroupNotFound extends NotFound {
  static override readonly msg_fmt = "Security group %(id)s does not exist";
}
export class SecurityGroupRuleNotFound extends NotFound {
  static override readonly msg_fmt = "Security group rule %(id)s does not exist";
}
export class SecurityGroupInUse extends InUse {
  static override readonly msg_fmt = "Security Group %(id)s in use.";
}
export class SecurityGroupCannotRemoveDefault extends InUse {
  static override readonly msg_fmt = "Removing default security group not allowed.";
}
export class SecurityGroupCannotUpdateDefault extends InUse {
  static override readonly msg_fmt = "Updating default security group not allowed.";
}
export class SecurityGroupDefaultAlreadyExists extends InUse {
  static override readonly msg_fmt = "Default security group already exists.";
}
export class SecurityGroupRuleExists extends InUse {
  static override readonly msg_fmt = "Security group rule already exists. Rule id is %(id)s.";
}
export class DuplicateSecurityGroupRuleInPost extends InUse {
  static override readonly msg_fmt = "Duplicate Security Group Rule in POST.";
}
export class SecurityGroupInvalidPortRange extends InvalidInput {
  static override readonly msg_fmt =
    "For TCP/UDP protocols, port_range_min must be <= port_range_max";
}
export class SecurityGroupInvalidPortValue extends InvalidInput {
  static override readonly msg_fmt = "Invalid value for port %(port)s";
}
export class SecurityGroupInvalidIcmpValue extends InvalidInput {
  static override readonly msg_fmt =
    "Invalid value for ICMP %(field)s (%(attr)s) %(value)s. It must be 0 to 255.";
}
export class SecurityGroupMissingIcmpType extends InvalidInput {
  static override readonly msg_fmt =
    "ICMP code (port-range-max) %(value)s is provided but ICMP type (port-range-min) is missing.";
}
export class SecurityGroupRuleInvalidProtocol extends InvalidInput {
  static override readonly msg_fmt =
    "Security group rule protocol %(protocol)s not supported. Only protocol values %(values)s and their integer representation (0 to 255) are supported.";
}
export class SecurityGroupRulesNotSingleTenant extends InvalidInput {
  static override readonly msg_fmt =
    "Multiple tenant_ids in bulk security group rule create not allowed";
}
export class SecurityGroupNotSingleGroupRules extends InvalidInput {
  static override readonly msg_fmt =
    "Only allowed to update rules for one security profile at a time";
}
export class SecurityGroupRemoteGroupAndRemoteIpPrefix extends InvalidInput {
  static override readonly msg_fmt = "Only remote_ip_prefix or remote_group_id may be provided.";
}
export class SecurityGroupProtocolRequiredWithPorts extends InvalidInput {
  static override readonly msg_fmt = "Must also specifiy protocol if port range is given.";
}
export class SecurityGroupRuleParameterConflict extends InvalidInput {
  static override readonly msg_fmt = "Conflicting value ethertype %(ethertype)s for CIDR %(cidr)s";
}
export class InvalidCIDR extends BadRequest {
  static override readonly msg_fmt = "Invalid CIDR %(input)s given as IP prefix";
}
