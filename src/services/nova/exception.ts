/**
 * Nova's exceptions, under upstream's names and with upstream's texts: nova/exception.py at 2014.2.
 * Each has a message made from its kwargs and an HTTP code for the API. All are in one module, the
 * one that remote callers may rebuild (`ALLOWED_EXMODS`).
 */
import { FaultException } from "../../framework/index.js";

export class NovaException extends FaultException {
  static override readonly module: string = "nova.exception";
}

// What was asked for makes no sense.

export class Invalid extends NovaException {
  static override readonly msg_fmt: string = "Unacceptable parameters.";
  static override readonly code: number = 400;
}

export class InvalidInput extends Invalid {
  static override readonly msg_fmt = "Invalid input received: %(reason)s";
}

export class ConsoleTypeUnavailable extends Invalid {
  static override readonly msg_fmt = "Unavailable console type %(console_type)s.";
}

export class ImageNUMATopologyIncomplete extends Invalid {
  static override readonly msg_fmt =
    "CPU and memory allocation must be provided for all NUMA nodes";
}

export class ImageNUMATopologyForbidden extends Invalid {
  static override readonly msg_fmt =
    "Image property '%(name)s' is not permitted to override NUMA configuration set against the flavor";
}

export class ImageNUMATopologyAsymmetric extends Invalid {
  static override readonly msg_fmt =
    "Asymmetric NUMA topologies require explicit assignment of CPUs and memory to nodes in image or flavor";
}

export class ImageNUMATopologyCPUOutOfRange extends Invalid {
  static override readonly msg_fmt = "CPU number %(cpunum)d is larger than max %(cpumax)d";
}

export class ImageNUMATopologyCPUDuplicates extends Invalid {
  static override readonly msg_fmt = "CPU number %(cpunum)d is assigned to two nodes";
}

export class ImageNUMATopologyCPUsUnassigned extends Invalid {
  static override readonly msg_fmt = "CPU number %(cpuset)s is not assigned to any node";
}

export class ImageNUMATopologyMemoryOutOfRange extends Invalid {
  static override readonly msg_fmt =
    "%(memsize)d MB of memory assigned, but expected %(memtotal)d MB";
}

export class InvalidBDM extends Invalid {
  static override readonly msg_fmt: string = "Block Device Mapping is Invalid.";
}

export class InvalidBDMBootSequence extends InvalidBDM {
  static override readonly msg_fmt =
    "Block Device Mapping is Invalid: Boot sequence for the instance and image/block device mapping combination is not valid.";
}

export class InvalidBDMLocalsLimit extends InvalidBDM {
  static override readonly msg_fmt =
    "Block Device Mapping is Invalid: You specified more local devices than the limit allows";
}

export class InvalidBDMVolumeNotBootable extends InvalidBDM {
  static override readonly msg_fmt = "Block Device %(id)s is not bootable.";
}

export class InvalidVolume extends Invalid {
  static override readonly msg_fmt = "Invalid volume: %(reason)s";
}

export class VolumeUnattached extends Invalid {
  static override readonly msg_fmt = "Volume %(volume_id)s is not attached to anything";
}

export class InvalidDevicePath extends Invalid {
  static override readonly msg_fmt = "The supplied device path (%(path)s) is invalid.";
}

export class DevicePathInUse extends Invalid {
  static override readonly msg_fmt = "The supplied device path (%(path)s) is in use.";
  static override readonly code = 409;
}

export class InvalidMetadata extends Invalid {
  static override readonly msg_fmt = "Invalid metadata: %(reason)s";
}

export class InvalidMetadataSize extends Invalid {
  static override readonly msg_fmt = "Invalid metadata size: %(reason)s";
}

export class InvalidSortKey extends Invalid {
  static override readonly msg_fmt = "Sort key supplied was not valid.";
}

export class InstanceUserDataTooLarge extends NovaException {
  static override readonly msg_fmt =
    "User data too large. User data must be no larger than %(maxsize)s bytes once base64 encoded. Your data is %(length)d bytes";
}

export class InstanceUserDataMalformed extends NovaException {
  static override readonly msg_fmt = "User data needs to be valid base 64.";
}

export class FlavorDiskTooSmall extends NovaException {
  static override readonly msg_fmt = "Flavor's disk is too small for requested image.";
}

export class FlavorMemoryTooSmall extends NovaException {
  static override readonly msg_fmt = "Flavor's memory is too small for requested image.";
}

export class ImageNotActive extends NovaException {
  static override readonly msg_fmt = "Image %(image_id)s is not active.";
}

export class ImageUnacceptable extends Invalid {
  static override readonly msg_fmt = "Image %(image_id)s is unacceptable: %(reason)s";
}

export class InvalidArchitectureName extends Invalid {
  static override readonly msg_fmt = "Architecture name '%(arch)s' is not recognised";
}

export class InvalidHypervisorVirtType extends Invalid {
  static override readonly msg_fmt =
    "Hypervisor virtualization type '%(hvtype)s' is not recognised";
}

export class InvalidVirtualMachineMode extends Invalid {
  static override readonly msg_fmt = "Virtual machine mode '%(vmmode)s' is not recognised";
}

// What was asked for is not there.

export class NotFound extends NovaException {
  static override readonly msg_fmt: string = "Resource could not be found.";
  static override readonly code: number = 404;
}

export class InstanceNotFound extends NotFound {
  static override readonly msg_fmt = "Instance %(instance_id)s could not be found.";
}

export class InstanceInfoCacheNotFound extends NotFound {
  static override readonly msg_fmt =
    "Info cache for instance %(instance_uuid)s could not be found.";
}

export class InstanceActionNotFound extends NovaException {
  static override readonly msg_fmt =
    "Action for request_id %(request_id)s on instance %(instance_uuid)s not found";
}

export class InstanceActionEventNotFound extends NovaException {
  static override readonly msg_fmt = "Event %(event)s not found for action id %(action_id)s";
}

export class ImageNotFound extends NotFound {
  static override readonly msg_fmt = "Image %(image_id)s could not be found.";
}

export class VolumeNotFound extends NotFound {
  static override readonly msg_fmt = "Volume %(volume_id)s could not be found.";
}

export class VolumeBDMNotFound extends NotFound {
  static override readonly msg_fmt = "No volume Block Device Mapping with id %(volume_id)s.";
}

export class SnapshotNotFound extends NotFound {
  static override readonly msg_fmt = "Snapshot %(snapshot_id)s could not be found.";
}

export class DiskNotFound extends NotFound {
  static override readonly msg_fmt = "No disk at %(location)s";
}

export class FlavorNotFound extends NotFound {
  static override readonly msg_fmt: string = "Flavor %(flavor_id)s could not be found.";
}

export class FlavorNotFoundByName extends FlavorNotFound {
  static override readonly msg_fmt: string = "Flavor with name %(flavor_name)s could not be found.";
}

export class ServiceNotFound extends NotFound {
  static override readonly msg_fmt = "Service %(service_id)s could not be found.";
}

export class HostNotFound extends NotFound {
  static override readonly msg_fmt: string = "Host %(host)s could not be found.";
}

export class ComputeHostNotFound extends HostNotFound {
  static override readonly msg_fmt = "Compute host %(host)s could not be found.";
}

export class KeypairNotFound extends NotFound {
  static override readonly msg_fmt = "Keypair %(name)s not found for user %(user_id)s";
}

export class MarkerNotFound extends NotFound {
  static override readonly msg_fmt = "Marker %(marker)s could not be found.";
}

export class HostBinaryNotFound extends NotFound {
  static override readonly msg_fmt = "Could not find binary %(binary)s on host %(host)s.";
}

export class SchedulerHostFilterNotFound extends NotFound {
  static override readonly msg_fmt = "Scheduler Host Filter %(filter_name)s could not be found.";
}

export class ComputeHostMetricNotFound extends NotFound {
  static override readonly msg_fmt =
    "Metric %(name)s could not be found on the compute host node %(host)s.%(node)s.";
}

export class InstanceGroupNotFound extends NotFound {
  static override readonly msg_fmt = "Instance group %(group_uuid)s could not be found.";
}

// What was asked for may not be done, or not now.

export class Forbidden extends NovaException {
  static override readonly msg_fmt: string = "Not authorized.";
  static override readonly code: number = 403;
}

export class PolicyNotAuthorized extends Forbidden {
  static override readonly msg_fmt = "Policy doesn't allow %(action)s to be performed.";
}

export class ImageNotAuthorized extends NovaException {
  static override readonly msg_fmt = "Not authorized for image %(image_id)s.";
}

export class GlanceConnectionFailed extends NovaException {
  static override readonly msg_fmt =
    "Connection to glance host %(host)s:%(port)s failed: %(reason)s";
}

export class CinderConnectionFailed extends NovaException {
  static override readonly msg_fmt = "Connection to cinder host failed: %(reason)s";
}

export class InstanceInvalidState extends Invalid {
  static override readonly msg_fmt: string =
    "Instance %(instance_uuid)s in %(attr)s %(state)s. Cannot %(method)s while the instance is in this state.";
}

export class InstanceIsLocked extends InstanceInvalidState {
  static override readonly msg_fmt = "Instance %(instance_uuid)s is locked";
}

export class InstanceNotReady extends Invalid {
  static override readonly msg_fmt = "Instance %(instance_id)s is not ready";
}

export class UnexpectedTaskStateError extends NovaException {
  static override readonly msg_fmt: string =
    "Unexpected task state: expecting %(expected)s but the actual state is %(actual)s";
}

export class UnexpectedDeletingTaskStateError extends UnexpectedTaskStateError {}

export class UnexpectedVMStateError extends NovaException {
  static override readonly msg_fmt =
    "Unexpected VM state: expecting %(expected)s but the actual state is %(actual)s";
}

export class UnsupportedObjectError extends NovaException {
  static override readonly msg_fmt = "Unsupported object type %(objtype)s";
}

export class IncompatibleObjectVersion extends NovaException {
  static override readonly msg_fmt = "Version %(objver)s of %(objname)s is not supported";
}

export class ObjectActionError extends NovaException {
  static override readonly msg_fmt = "Object action %(action)s failed because: %(reason)s";
}

export class ServiceBinaryExists extends NovaException {
  static override readonly msg_fmt = "Service with host %(host)s binary %(binary)s exists.";
}

export class ServiceTopicExists extends NovaException {
  static override readonly msg_fmt = "Service with host %(host)s topic %(topic)s exists.";
}

// Quotas.

export class QuotaError extends NovaException {
  static override readonly msg_fmt: string = "Quota exceeded: code=%(code)s";
  /** For EC2; the controllers of the OpenStack API answer 403. */
  static override readonly code: number = 413;
  static override readonly headers = { "Retry-After": "0" };
  static override readonly safe = true;
}

export class OverQuota extends NovaException {
  static override readonly msg_fmt = "Quota exceeded for resources: %(overs)s";
}

export class TooManyInstances extends QuotaError {
  static override readonly msg_fmt =
    "Quota exceeded for %(overs)s: Requested %(req)s, but already used %(used)d of %(allowed)d %(resource)s";
}

export class MetadataLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of metadata items exceeds %(allowed)d";
}

export class OnsetFileLimitExceeded extends QuotaError {
  static override readonly msg_fmt: string = "Personality file limit exceeded";
}

export class OnsetFilePathLimitExceeded extends OnsetFileLimitExceeded {
  static override readonly msg_fmt = "Personality file path too long";
}

export class OnsetFileContentLimitExceeded extends OnsetFileLimitExceeded {
  static override readonly msg_fmt = "Personality file content too long";
}

// Scheduling and building.

export class NoValidHost extends NovaException {
  static override readonly msg_fmt = "No valid host was found. %(reason)s";
}

export class ServiceUnavailable extends Invalid {
  static override readonly msg_fmt: string = "Service is unavailable at this time.";
}

export class ComputeResourcesUnavailable extends ServiceUnavailable {
  static override readonly msg_fmt = "Insufficient compute resources: %(reason)s.";
}

export class BuildAbortException extends NovaException {
  static override readonly msg_fmt = "Build of instance %(instance_uuid)s aborted: %(reason)s";
}

export class RescheduledException extends NovaException {
  static override readonly msg_fmt =
    "Build of instance %(instance_uuid)s was re-scheduled: %(reason)s";
}

export class VolumeNotCreated extends NovaException {
  static override readonly msg_fmt =
    "Volume %(volume_id)s did not finish being created even after we waited %(seconds)s seconds or %(attempts)s attempts.";
}

export class VirtualInterfaceCreateException extends NovaException {
  static override readonly msg_fmt = "Virtual Interface creation failed";
}

export class UnshelveException extends NovaException {
  static override readonly msg_fmt = "Error during unshelve instance %(instance_id)s: %(reason)s";
}

// Raised on compute hosts.

export class FixedIpLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of fixed ips exceeded";
}

export class NodeNotFound extends NotFound {
  static override readonly msg_fmt = "Node %(node_id)s could not be found.";
}

export class NoMoreNetworks extends NovaException {
  static override readonly msg_fmt = "No more available networks.";
}

export class VirtualInterfaceMacAddressException extends NovaException {
  static override readonly msg_fmt = "Creation of virtual interface with unique mac address failed";
}

export class InstanceNotRunning extends Invalid {
  static override readonly msg_fmt = "Instance %(instance_id)s is not running.";
}

// What nova-api finds wrong with a request.

export class InvalidRequest extends Invalid {
  static override readonly msg_fmt: string = "The request is invalid.";
}

export class InvalidImageConfigDrive extends Invalid {
  static override readonly msg_fmt = "Image's config drive option '%(config_drive)s' is invalid";
}

export class ConfigDriveInvalidValue extends Invalid {
  static override readonly msg_fmt = "Invalid value for Config Drive option: %(option)s";
}

export class AutoDiskConfigDisabledByImage extends Invalid {
  static override readonly msg_fmt =
    "Requested image %(image)s has automatic disk resize disabled.";
}

export class InvalidFixedIpAndMaxCountRequest extends Invalid {
  static override readonly msg_fmt = "Failed to launch instances: %(reason)s";
}

export class MultiplePortsNotApplicable extends Invalid {
  static override readonly msg_fmt = "Failed to launch instances: %(reason)s";
}

export class InvalidBDMFormat extends InvalidBDM {
  static override readonly msg_fmt = "Block Device Mapping is Invalid: %(details)s";
}

export class InvalidBDMEphemeralSize extends InvalidBDM {
  static override readonly msg_fmt =
    "Ephemeral disks requested are larger than the instance type allows.";
}

export class InvalidBDMSwapSize extends InvalidBDM {
  static override readonly msg_fmt = "Swap drive requested is larger than instance type allows.";
}

export class InvalidBDMVolume extends InvalidBDM {
  static override readonly msg_fmt =
    "Block Device Mapping is Invalid: failed to get volume %(id)s.";
}

export class InvalidBDMSnapshot extends InvalidBDM {
  static override readonly msg_fmt =
    "Block Device Mapping is Invalid: failed to get snapshot %(id)s.";
}

export class InvalidBDMImage extends InvalidBDM {
  static override readonly msg_fmt = "Block Device Mapping is Invalid: failed to get image %(id)s.";
}

export class InvalidKeypair extends Invalid {
  static override readonly msg_fmt = "Keypair data is invalid: %(reason)s";
}

export class KeyPairExists extends NovaException {
  static override readonly msg_fmt = "Key pair '%(key_name)s' already exists.";
}

export class KeypairLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of key pairs exceeded";
}

export class FlavorExists extends NovaException {
  static override readonly msg_fmt = "Flavor with name %(name)s already exists.";
}

export class FlavorIdExists extends NovaException {
  static override readonly msg_fmt = "Flavor with ID %(flavor_id)s already exists.";
}

export class InvalidAggregateAction extends Invalid {
  static override readonly msg_fmt =
    "Cannot perform action '%(action)s' on aggregate %(aggregate_id)s. Reason: %(reason)s.";
}

export class InvalidStrTime extends Invalid {
  static override readonly msg_fmt = "Invalid datetime string: %(reason)s";
}

export class AggregateNotFound extends NotFound {
  static override readonly msg_fmt = "Aggregate %(aggregate_id)s could not be found.";
}

export class AggregateNameExists extends NovaException {
  static override readonly msg_fmt = "Aggregate %(aggregate_name)s already exists.";
}

export class AggregateHostNotFound extends NotFound {
  static override readonly msg_fmt = "Aggregate %(aggregate_id)s has no host %(host)s.";
}

export class AggregateHostExists extends NovaException {
  static override readonly msg_fmt = "Aggregate %(aggregate_id)s already has host %(host)s.";
}

export class FlavorCreateFailed extends NovaException {
  static override readonly msg_fmt = "Unable to create flavor";
}

export class FlavorAccessExists extends NovaException {
  static override readonly msg_fmt =
    "Flavor access already exists for flavor %(flavor_id)s and project %(project_id)s combination.";
}

export class FlavorAccessNotFound extends NotFound {
  static override readonly msg_fmt =
    "Flavor access not found for %(flavor_id)s / %(project_id)s combination.";
}

export class FlavorExtraSpecsNotFound extends NotFound {
  static override readonly msg_fmt =
    "Flavor %(flavor_id)s has no extra specs with key %(extra_specs_key)s.";
}

// The network.

export class AgentBuildNotFound extends NotFound {
  static override readonly msg_fmt = "No agent-build associated with id %(id)s.";
}

export class AgentBuildExists extends NovaException {
  static override readonly msg_fmt =
    "Agent-build with hypervisor %(hypervisor)s os %(os)s architecture %(architecture)s exists.";
}

export class InvalidCidr extends Invalid {
  static override readonly msg_fmt = "%(cidr)s is not a valid ip network.";
}

export class NetworkNotFound extends NotFound {
  static override readonly msg_fmt: string = "Network %(network_id)s could not be found.";
}

export class NetworkNotFoundForInstance extends NetworkNotFound {
  static override readonly msg_fmt = "Network could not be found for instance %(instance_id)s.";
}

export class TaskAlreadyRunning extends NovaException {
  static override readonly msg_fmt = "Task %(task_name)s is already running on host %(host)s";
}

export class TaskNotRunning extends NovaException {
  static override readonly msg_fmt = "Task %(task_name)s is not running on host %(host)s";
}

export class PortNotFound extends NotFound {
  static override readonly msg_fmt = "Port id %(port_id)s could not be found.";
}

export class SecurityGroupNotFound extends NotFound {
  static override readonly msg_fmt = "Security group %(security_group_id)s not found.";
}

export class InvalidIpProtocol extends Invalid {
  static override readonly msg_fmt = "Invalid IP protocol %(protocol)s.";
}

export class InvalidPortRange extends Invalid {
  static override readonly msg_fmt = "Invalid port range %(from_port)s:%(to_port)s. %(msg)s";
}

export class SecurityGroupLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of security groups or rules exceeded";
}

export class NetworkAmbiguous extends Invalid {
  static override readonly msg_fmt =
    "More than one possible network found. Specify network ID(s) to select which one(s) to connect to,";
}

export class NetworkDuplicated extends Invalid {
  static override readonly msg_fmt = "Network %(network_id)s is duplicated.";
}

export class NetworkRequiresSubnet extends Invalid {
  static override readonly msg_fmt =
    "Network %(network_uuid)s requires a subnet in order to boot instances on.";
}

export class ExternalNetworkAttachForbidden extends Forbidden {
  static override readonly msg_fmt =
    "It is not allowed to create an interface on external network %(network_uuid)s";
}

export class PortInUse extends Invalid {
  static override readonly msg_fmt = "Port %(port_id)s is still in use.";
}

export class PortRequiresFixedIP extends Invalid {
  static override readonly msg_fmt = "Port %(port_id)s requires a FixedIP in order to be used.";
}

export class PortNotUsable extends Invalid {
  static override readonly msg_fmt = "Port %(port_id)s not usable for instance %(instance)s.";
}

export class FixedIpAlreadyInUse extends NovaException {
  static override readonly msg_fmt =
    "Fixed IP address %(address)s is already in use on instance %(instance_uuid)s.";
}

export class NoMoreFixedIps extends NovaException {
  static override readonly msg_fmt = "Zero fixed ips available.";
}

export class PortLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of ports exceeded";
}

export class NoUniqueMatch extends NovaException {
  static override readonly msg_fmt = "No Unique Match Found.";
  static override readonly code = 409;
}

export class SecurityGroupCannotBeApplied extends Invalid {
  static override readonly msg_fmt =
    "Network requires port_security_enabled and subnet associated in order to apply security groups.";
}

// Addresses of nova-network.

export class FixedIpNotFound extends NotFound {
  static override readonly msg_fmt: string = "No fixed IP associated with id %(id)s.";
}

export class FixedIpNotFoundForAddress extends FixedIpNotFound {
  static override readonly msg_fmt = "Fixed ip not found for address %(address)s.";
}

export class FixedIpNotFoundForSpecificInstance extends FixedIpNotFound {
  static override readonly msg_fmt = "Instance %(instance_uuid)s doesn't have fixed ip '%(ip)s'.";
}

export class FixedIpInvalid extends Invalid {
  static override readonly msg_fmt = "Fixed IP address %(address)s is invalid.";
}

export class FixedIpAssociatedWithMultipleInstances extends NovaException {
  static override readonly msg_fmt =
    "More than one instance is associated with fixed ip address '%(address)s'.";
}

export class FloatingIpNotFound extends NotFound {
  static override readonly msg_fmt: string = "Floating ip not found for id %(id)s.";
}

export class FloatingIpNotFoundForAddress extends FloatingIpNotFound {
  static override readonly msg_fmt = "Floating ip not found for address %(address)s.";
}

export class FloatingIpNotFoundForHost extends FloatingIpNotFound {
  static override readonly msg_fmt = "Floating ip not found for host %(host)s.";
}

export class FloatingIpExists extends NovaException {
  static override readonly msg_fmt = "Floating ip %(address)s already exists.";
}

export class FloatingIpMultipleFoundForAddress extends NovaException {
  static override readonly msg_fmt = "Multiple floating ips are found for address %(address)s.";
}

export class FloatingIpPoolNotFound extends NotFound {
  static override readonly msg_fmt = "Floating ip pool not found.";
  static override readonly safe = true;
}

export class NoMoreFloatingIps extends FloatingIpNotFound {
  static override readonly msg_fmt = "Zero floating ips available.";
  static override readonly safe = true;
}

export class FloatingIpAssociated extends NovaException {
  static override readonly msg_fmt = "Floating ip %(address)s is associated.";
}

export class FloatingIpNotAssociated extends NovaException {
  static override readonly msg_fmt = "Floating ip %(address)s is not associated.";
}

export class FloatingIpLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of floating ips exceeded";
}

// Of what is done to servers.

export class InstanceNotRescuable extends Invalid {
  static override readonly msg_fmt = "Instance %(instance_id)s cannot be rescued: %(reason)s";
}

export class InstancePasswordSetFailed extends NovaException {
  static override readonly msg_fmt =
    "Failed to set admin password on %(instance)s because %(reason)s";
  static override readonly safe = true;
}

export class PreserveEphemeralNotSupported extends Invalid {
  static override readonly msg_fmt =
    "The current driver does not support preserving ephemeral partitions.";
}

export class RotationRequiredForBackup extends NovaException {
  static override readonly msg_fmt = "Rotation param is required for backup image_type";
}

export class ConsoleTypeInvalid extends Invalid {
  static override readonly msg_fmt = "Invalid console type %(console_type)s";
}

export class InterfaceAttachFailed extends Invalid {
  static override readonly msg_fmt = "Failed to attach network adapter device to %(instance_uuid)s";
}

export class InterfaceDetachFailed extends Invalid {
  static override readonly msg_fmt =
    "Failed to detach network adapter device from %(instance_uuid)s";
}

// Servers on the move.

export class MigrationError extends NovaException {
  static override readonly msg_fmt: string = "Migration error: %(reason)s";
}

export class MigrationPreCheckError extends MigrationError {
  static override readonly msg_fmt = "Migration pre-check error: %(reason)s";
}

export class MigrationNotFound extends NotFound {
  static override readonly msg_fmt: string = "Migration %(migration_id)s could not be found.";
}

export class MigrationNotFoundByStatus extends MigrationNotFound {
  static override readonly msg_fmt =
    "Migration not found for instance %(instance_id)s with status %(status)s.";
}

export class ResizeError extends NovaException {
  static override readonly msg_fmt = "Resize error: %(reason)s";
}

export class CannotResizeDisk extends NovaException {
  static override readonly msg_fmt = "Server disk was unable to be resized because: %(reason)s";
}

export class CannotResizeToSameFlavor extends NovaException {
  static override readonly msg_fmt = "When resizing, instances must change flavor!";
}

export class ComputeServiceUnavailable extends ServiceUnavailable {
  static override readonly msg_fmt = "Compute service of %(host)s is unavailable at this time.";
}

export class HypervisorUnavailable extends NovaException {
  static override readonly msg_fmt = "Connection to the hypervisor is broken on host: %(host)s";
}

export class ComputeServiceInUse extends NovaException {
  static override readonly msg_fmt = "Compute service of %(host)s is still in use.";
}

export class UnableToMigrateToSelf extends Invalid {
  static override readonly msg_fmt =
    "Unable to migrate instance (%(instance_id)s) to current host (%(host)s).";
}

export class InvalidHypervisorType extends Invalid {
  static override readonly msg_fmt = "The supplied hypervisor type of is invalid.";
}

export class DestinationHypervisorTooOld extends Invalid {
  static override readonly msg_fmt =
    "The instance requires a newer hypervisor version than has been provided.";
}

export class InvalidSharedStorage extends NovaException {
  static override readonly msg_fmt = "%(path)s is not on shared storage: %(reason)s";
}

export class InvalidLocalStorage extends NovaException {
  static override readonly msg_fmt = "%(path)s is not on local storage: %(reason)s";
}

export class InstanceRecreateNotSupported extends Invalid {
  static override readonly msg_fmt = "Instance recreate is not supported.";
}

export class InstanceExists extends NovaException {
  static override readonly msg_fmt = "Instance %(name)s already exists.";
}

export class DestinationDiskExists extends Invalid {
  static override readonly msg_fmt =
    "The supplied disk path (%(path)s) already exists, it is expected not to exist.";
}

export class NoLiveMigrationForConfigDriveInLibVirt extends NovaException {
  static override readonly msg_fmt =
    "Live migration of instances with config drives is not supported in libvirt unless libvirt instance path and drive data is shared across compute nodes.";
}

/** What was done is undone, and the server is as it was; `inner` is what went wrong. */
export class InstanceFaultRollback extends NovaException {
  readonly inner: NovaException;

  constructor(inner: NovaException) {
    super({}, `Instance rollback performed due to: ${inner.message}`);
    this.inner = inner;
  }
}

export class SocketPortRangeExhaustedException extends NovaException {
  static override readonly msg_fmt = "Not able to acquire a free port for %(host)s";
}

export class SocketPortInUseException extends NovaException {
  static override readonly msg_fmt = "Not able to bind %(host)s:%(port)d, %(error)s";
}

export class ImageSerialPortNumberInvalid extends Invalid {
  static override readonly msg_fmt =
    "Number of serial ports '%(num_ports)s' specified in '%(property)s' isn't valid.";
}

export class ImageSerialPortNumberExceedFlavorValue extends Invalid {
  static override readonly msg_fmt =
    "Forbidden to exceed flavor value of number of serial ports passed in image meta.";
}
