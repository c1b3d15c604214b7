/**
 * Trove's exceptions, under upstream's names and with upstream's texts: trove/common/exception.py at 2014.2.
 * The API answers by the very class, not by what it derives from (`api/faults.ts`).
 */
import { UpstreamException } from "../../framework/index.js";

export class TroveError extends UpstreamException {
  static override readonly module: string = "trove.common.exception";
  static override readonly code: number = 400;
}

export class NotFound extends TroveError {
  static override readonly msg_fmt: string = "Resource %(uuid)s cannot be found.";
}

export class ModelNotFoundError extends NotFound {
  static override readonly msg_fmt = "Not Found.";
}

export class FlavorNotFound extends TroveError {
  static override readonly msg_fmt = "Resource %(uuid)s cannot be found.";
}

export class UserNotFound extends NotFound {
  static override readonly msg_fmt = "User %(uuid)s cannot be found on the instance.";
}

export class DatabaseNotFound extends NotFound {
  static override readonly msg_fmt = "Database %(uuid)s cannot be found on the instance.";
}

export class ComputeInstanceNotFound extends NotFound {
  static override readonly msg_fmt = "Resource %(instance_id)s can not be retrieved.";
}

export class DatastoreNotFound extends NotFound {
  static override readonly msg_fmt = "Datastore '%(datastore)s' cannot be found.";
}

export class DatastoreVersionNotFound extends NotFound {
  static override readonly msg_fmt = "Datastore version '%(version)s' cannot be found.";
}

export class DatastoreVersionInactive extends TroveError {
  static override readonly msg_fmt = "Datastore version '%(version)s' is not active.";
}

export class DatastoreDefaultDatastoreNotFound extends TroveError {
  static override readonly msg_fmt = "Please specify datastore.";
}

export class DatastoreDefaultVersionNotFound extends TroveError {
  static override readonly msg_fmt = "Default version for datastore '%(datastore)s' not found.";
}

export class DatastoreOperationNotSupported extends TroveError {
  static override readonly msg_fmt =
    "The '%(operation)s' operation is not supported for the '%(datastore)s' datastore.";
}

export class NoUniqueMatch extends TroveError {
  static override readonly msg_fmt =
    "Multiple matches found for '%(name)s', use an UUID to be more specific.";
}

export class QuotaExceeded extends TroveError {
  static override readonly msg_fmt: string = "Quota exceeded for resources: %(overs)s.";
}

export class VolumeQuotaExceeded extends QuotaExceeded {
  static override readonly msg_fmt = "Instance volume quota exceeded.";
}

/** An eventlet that ran out of time, which is not how a silent guest is found out. */
export class GuestTimeout extends TroveError {
  static override readonly msg_fmt = "Timeout trying to connect to the Guest Agent.";
}

export class GuestError extends TroveError {
  static override readonly msg_fmt =
    "An error occurred communicating with the guest: %(original_message)s.";
}

export class BadRequest extends TroveError {
  static override readonly msg_fmt: string =
    "The server could not comply with the request since it is either malformed or otherwise incorrect.";
}

export class DatabaseAlreadyExists extends BadRequest {
  static override readonly msg_fmt = 'A database with the name "%(name)s" already exists.';
}

export class UserAlreadyExists extends BadRequest {
  static override readonly msg_fmt = 'A user with the name "%(name)s" already exists.';
}

export class ConfigurationParameterAlreadyExists extends TroveError {
  static override readonly msg_fmt =
    "%(parameter_name)s parameter already exists for datastore version %(datastore_version)s.";
}

export class NoConfigParserFound extends NotFound {
  static override readonly msg_fmt =
    "No configuration parser found for datastore %(datastore_manager)s.";
}

export class InstanceAssignedToConfiguration extends BadRequest {
  static override readonly msg_fmt =
    "A configuration group cannot be deleted if it is associated with one or more non-terminated instances. " +
    "Detach the configuration group from all non-terminated instances and please try again.";
}

export class VolumeSizeNotSpecified extends BadRequest {
  static override readonly msg_fmt = "Volume size was not specified.";
}

export class UnprocessableEntity extends TroveError {
  static override readonly msg_fmt = "Unable to process the contained request.";
}

export class CannotResizeToSameSize extends TroveError {
  static override readonly msg_fmt = "No change was requested in the size of the instance.";
}

export class VolumeCreationFailure extends TroveError {
  static override readonly msg_fmt = "Failed to create a volume in Nova.";
}

export class LocalStorageNotSpecified extends BadRequest {
  static override readonly msg_fmt = "Local storage not specified in flavor ID: %(flavor)s.";
}

export class LocalStorageNotSupported extends TroveError {
  static override readonly msg_fmt = "Local storage support is not enabled.";
}

export class VolumeNotSupported extends TroveError {
  static override readonly msg_fmt = "Volume support is not enabled.";
}

export class ReplicationNotSupported extends TroveError {
  static override readonly msg_fmt =
    "Replication is not supported for the '%(datastore)s' datastore.";
}

export class PollTimeOut extends TroveError {
  static override readonly msg_fmt = "Polling request timed out.";
}

export class Forbidden extends TroveError {
  static override readonly msg_fmt: string = "User does not have admin privileges.";
}

export class ReplicaSourceDeleteForbidden extends Forbidden {
  static override readonly msg_fmt =
    "The replica source cannot be deleted without detaching the replicas.";
}

export class QuotaResourceUnknown extends NotFound {
  static override readonly msg_fmt = "Unknown quota resources %(unknown)s.";
}

export class BackupNotCompleteError extends TroveError {
  static override readonly msg_fmt =
    "Unable to create instance because backup %(backup_id)s is not completed.";
}

export class BackupFileNotFound extends NotFound {
  static override readonly msg_fmt =
    "Backup file in %(location)s was not found in the object storage.";
}

export class BackupDatastoreMismatchError extends TroveError {
  static override readonly msg_fmt =
    "The datastore from which the backup was taken, %(datastore1)s, does not match the destination " +
    "datastore of %(datastore2)s.";
}

export class RestoreBackupIntegrityError extends TroveError {
  static override readonly msg_fmt =
    "Current Swift object checksum does not match original checksum for backup %(backup_id)s.";
}

export class SwiftAuthError extends TroveError {
  static override readonly msg_fmt = "Swift account not accessible for tenant %(tenant_id)s.";
}

export class DatabaseForUserNotInDatabaseListError extends TroveError {
  static override readonly msg_fmt =
    "The request indicates that user %(user)s should have access to database %(database)s, but database " +
    "%(database)s is not included in the initial databases list.";
}

export class DatabaseInitialDatabaseDuplicateError extends TroveError {
  static override readonly msg_fmt =
    "Two or more databases share the same name in the initial databases list. Please correct the names or " +
    "remove the duplicate entries.";
}

export class DatabaseInitialUserDuplicateError extends TroveError {
  static override readonly msg_fmt =
    "Two or more users share the same name and host in the initial users list. Please correct the names or " +
    "remove the duplicate entries.";
}

export class SecurityGroupCreationError extends TroveError {
  static override readonly msg_fmt = "Failed to create Security Group.";
}

export class SecurityGroupRuleCreationError extends TroveError {
  static override readonly msg_fmt = "Failed to create Security Group Rule.";
}

export class SecurityGroupRuleDeletionError extends TroveError {
  static override readonly msg_fmt = "Failed to delete Security Group Rule.";
}

export class MalformedSecurityGroupRuleError extends TroveError {
  static override readonly msg_fmt =
    "Error creating security group rules. Malformed port(s). Port must be an integer. FromPort = %(from)s " +
    "greater than ToPort = %(to)s.";
}

export class ConfigurationDatastoreNotMatchInstance extends TroveError {
  static override readonly msg_fmt =
    "Datastore Version on Configuration %(config_datastore_version)s does not match the Datastore Version " +
    "on the instance %(instance_datastore_version)s.";
}

export class ConfigurationAlreadyAttached extends TroveError {
  static override readonly msg_fmt =
    "Instance %(instance_id)s already has a Configuration Group attached: %(configuration_id)s.";
}

export class InvalidInstanceState extends TroveError {
  static override readonly msg_fmt =
    "The operation you have requested cannot be executed because the instance status is currently: %(status)s.";
}

export class RegionAmbiguity extends TroveError {
  static override readonly msg_fmt =
    "Multiple matches for service_type=%(service_type)s and endpoint_region=%(endpoint_region)s. This " +
    "generally means that a region is required and you have not supplied one.";
}

export class NoServiceEndpoint extends TroveError {
  static override readonly msg_fmt: string =
    "Endpoint not found for service_type=%(service_type)s, endpoint_type=%(endpoint_type)s, " +
    "endpoint_region=%(endpoint_region)s.";
}

export class EmptyCatalog extends NoServiceEndpoint {
  static override readonly msg_fmt = "Empty catalog.";
}

export class ClusterNotFound extends NotFound {
  static override readonly msg_fmt = "Cluster '%(cluster)s' cannot be found.";
}

export class ClusterFlavorsNotEqual extends TroveError {
  static override readonly msg_fmt = "The flavor for each instance in a cluster must be equal.";
}

export class ClusterVolumeSizesNotEqual extends TroveError {
  static override readonly msg_fmt =
    "The volume size for each instance in a cluster must be equal.";
}

export class ClusterNumInstancesNotSupported extends TroveError {
  static override readonly msg_fmt =
    "The number of instances for your initial cluster must be %(num_instances)s.";
}

export class ClusterDatastoreNotSupported extends TroveError {
  static override readonly msg_fmt =
    "Clusters not supported for %(datastore)s-%(datastore_version)s.";
}

export class ClusterInstanceOperationNotSupported extends TroveError {
  static override readonly msg_fmt =
    "Operation not supported for instances that are part of a cluster.";
}

export class IncompatibleReplicationStrategy extends TroveError {
  static override readonly msg_fmt =
    "Instance with replication strategy %(guest_strategy)s cannot replicate from instance with replication " +
    "strategy %(replication_strategy)s.";
}

export class InsufficientSpaceForReplica extends TroveError {
  static override readonly msg_fmt =
    "The target instance has only %(slave_volume_size)sG free, but the replication snapshot contains " +
    "%(dataset_size)sG of data.";
}
