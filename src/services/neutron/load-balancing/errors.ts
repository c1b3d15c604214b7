/**
 * The exceptions of load balancers, with upstream's texts. Upstream: neutron/extensions/loadbalancer.py,
 * neutron/extensions/lbaas_agentscheduler.py, neutron/services/provider_configuration.py,
 * neutron/services/loadbalancer/agent/agent_manager.py at 2014.2.
 */
import {
  AgentNotFound,
  BadRequest,
  Conflict,
  InUse,
  InvalidInput,
  NeutronException,
  NotFound,
} from "../errors.js";

export class DelayOrTimeoutInvalid extends BadRequest {
  static override readonly msg_fmt = "Delay must be greater than or equal to timeout";
}
export class NoEligibleBackend extends NotFound {
  static override readonly msg_fmt: string = "No eligible backend for pool %(pool_id)s";
}
export class NoEligibleLbaasAgent extends NoEligibleBackend {
  static override readonly msg_fmt = "No eligible loadbalancer agent found for pool %(pool_id)s.";
}
export class NoActiveLbaasAgent extends AgentNotFound {
  static override readonly msg_fmt = "No active loadbalancer agent found for pool %(pool_id)s.";
}

export class VipNotFound extends NotFound {
  static override readonly msg_fmt = "Vip %(vip_id)s could not be found";
}
/** No conflict: nobody has given it a status. */
export class VipExists extends NeutronException {
  static override readonly msg_fmt = "Another Vip already exists for pool %(pool_id)s";
}
export class PoolNotFound extends NotFound {
  static override readonly msg_fmt = "Pool %(pool_id)s could not be found";
}
export class MemberNotFound extends NotFound {
  static override readonly msg_fmt = "Member %(member_id)s could not be found";
}
export class MemberExists extends NeutronException {
  static override readonly msg_fmt =
    "Member with address %(address)s and port %(port)s already present in pool %(pool)s";
}
export class HealthMonitorNotFound extends NotFound {
  static override readonly msg_fmt = "Health_monitor %(monitor_id)s could not be found";
}
export class PoolMonitorAssociationNotFound extends NotFound {
  static override readonly msg_fmt =
    "Monitor %(monitor_id)s is not associated with Pool %(pool_id)s";
}
export class PoolMonitorAssociationExists extends Conflict {
  static override readonly msg_fmt =
    "health_monitor %(monitor_id)s is already associated with pool %(pool_id)s";
}
export class StateInvalid extends NeutronException {
  static override readonly msg_fmt = "Invalid state %(state)s of Loadbalancer resource %(id)s";
}
export class PoolInUse extends InUse {
  static override readonly msg_fmt = "Pool %(pool_id)s is still in use";
}
export class HealthMonitorInUse extends InUse {
  static override readonly msg_fmt =
    "Health monitor %(monitor_id)s still has associations with pools";
}
export class ProtocolMismatch extends BadRequest {
  static override readonly msg_fmt =
    "Protocol %(vip_proto)s does not match pool protocol %(pool_proto)s";
}

export class ServiceProviderNotFound extends InvalidInput {
  static override readonly msg_fmt =
    "Service provider '%(provider)s' could not be found for service type %(service_type)s";
}
export class DefaultServiceProviderNotFound extends InvalidInput {
  static override readonly msg_fmt =
    "Service type %(service_type)s does not have a default service provider";
}

/** `neutron.common.exceptions.Invalid`: its text is what it is made with. */
export class Invalid extends NeutronException {
  constructor(message: string) {
    super({}, message);
  }
}

/** Its text is a member that nobody prints. */
export class DeviceNotFoundOnAgent extends NotFound {}
