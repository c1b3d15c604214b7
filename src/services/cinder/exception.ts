/**
 * Cinder's exceptions, under upstream's names and with upstream's texts: cinder/exception.py at 2014.2.
 * All are in one module, the one that remote callers may rebuild (`ALLOWED_EXMODS`).
 */
import { FaultException } from "../../framework/index.js";

export class CinderException extends FaultException {
  static override readonly module: string = "cinder.exception";
}

export class VolumeBackendAPIException extends CinderException {
  static override readonly msg_fmt =
    "Bad or unexpected response from the storage volume backend API: %(data)s";
}

export class VolumeDriverException extends CinderException {
  static override readonly msg_fmt: string = "Volume driver reported an error: %(message)s";
}

export class RemoveExportException extends VolumeDriverException {
  static override readonly msg_fmt = "Failed to remove export for volume %(volume)s: %(reason)s";
}

export class GlanceConnectionFailed extends CinderException {
  static override readonly msg_fmt = "Connection to glance failed: %(reason)s";
}

export class ImageNotAuthorized extends CinderException {
  static override readonly msg_fmt = "Not authorized for image %(image_id)s.";
}

export class DriverNotInitialized extends CinderException {
  static override readonly msg_fmt = "Volume driver not ready.";
}

export class VolumeMigrationFailed extends CinderException {
  static override readonly msg_fmt = "Volume migration failed: %(reason)s";
}

export class NoValidHost extends CinderException {
  static override readonly msg_fmt = "No valid host was found. %(reason)s";
}

export interface Usage {
  readonly in_use: number;
  readonly reserved: number;
}

/** What a refused reservation says, so that the API can say it to the user. */
export interface OverQuotaDetails {
  readonly overs: readonly string[];
  readonly quotas: Readonly<Record<string, number>>;
  readonly usages: Readonly<Record<string, Usage>>;
}

export class OverQuota extends CinderException {
  static override readonly msg_fmt = "Quota exceeded for resources: %(overs)s";
  readonly details: OverQuotaDetails;

  constructor(details: OverQuotaDetails) {
    super({ ...details });
    this.details = details;
  }

  /** Of a resource, in use and reserved. */
  consumed(resource: string): number {
    const { in_use, reserved } = this.details.usages[resource] ?? { in_use: 0, reserved: 0 };
    return in_use + reserved;
  }
}

export class VolumeIsBusy extends CinderException {
  static override readonly msg_fmt = "deleting volume %(volume_name)s that has snapshot";
}

export class SnapshotIsBusy extends CinderException {
  static override readonly msg_fmt =
    "deleting snapshot %(snapshot_name)s that has dependent volumes";
}

export class VolumeTypeExists extends CinderException {
  static override readonly msg_fmt = "Volume Type %(id)s already exists.";
}

export class VolumeTypeInUse extends CinderException {
  static override readonly msg_fmt =
    "Volume Type %(volume_type_id)s deletion is not allowed with volumes present with the type.";
}

export class VolumeTypeCreateFailed extends CinderException {
  static override readonly msg_fmt =
    "Cannot create volume_type with name %(name)s and specs %(extra_specs)s";
}

export class QoSSpecsExists extends CinderException {
  static override readonly msg_fmt = "QoS Specs %(specs_id)s already exists.";
}

export class QoSSpecsCreateFailed extends CinderException {
  static override readonly msg_fmt =
    "Failed to create qos_specs: %(name)s with specs %(qos_specs)s.";
}

export class QoSSpecsUpdateFailed extends CinderException {
  static override readonly msg_fmt =
    "Failed to update qos_specs: %(specs_id)s with specs %(qos_specs)s.";
}

export class QoSSpecsInUse extends CinderException {
  static override readonly msg_fmt = "QoS Specs %(specs_id)s is still associated with entities.";
}

// Not allowed.

export class NotAuthorized extends CinderException {
  static override readonly msg_fmt: string = "Not authorized.";
  static override readonly code: number = 403;
}

export class AdminRequired extends NotAuthorized {
  static override readonly msg_fmt = "User does not have admin privileges";
}

export class PolicyNotAuthorized extends NotAuthorized {
  static override readonly msg_fmt = "Policy doesn't allow %(action)s to be performed.";
}

// What was asked for makes no sense, or not now.

export class Invalid extends CinderException {
  static override readonly msg_fmt: string = "Unacceptable parameters.";
  static override readonly code: number = 400;
}

export class InvalidSnapshot extends Invalid {
  static override readonly msg_fmt = "Invalid snapshot: %(reason)s";
}

export class InvalidVolumeAttachMode extends Invalid {
  static override readonly msg_fmt = "Invalid attaching mode '%(mode)s' for volume %(volume_id)s.";
}

export class VolumeAttached extends Invalid {
  static override readonly msg_fmt = "Volume %(volume_id)s is still attached, detach volume first.";
}

export class InvalidInput extends Invalid {
  static override readonly msg_fmt = "Invalid input received: %(reason)s";
}

export class InvalidVolumeType extends Invalid {
  static override readonly msg_fmt = "Invalid volume type: %(reason)s";
}

export class InvalidQoSSpecs extends Invalid {
  static override readonly msg_fmt = "Invalid qos specs: %(reason)s";
}

export class VolumeTypeEncryptionExists extends Invalid {
  static override readonly msg_fmt = "Volume type encryption for type %(type_id)s already exists.";
}

export class InvalidVolume extends Invalid {
  static override readonly msg_fmt = "Invalid volume: %(reason)s";
}

export class InvalidHost extends Invalid {
  static override readonly msg_fmt = "Invalid host: %(reason)s";
}

export class InvalidParameterValue extends Invalid {
  static override readonly msg_fmt = "%(err)s";
}

export class InvalidAuthKey extends Invalid {
  static override readonly msg_fmt = "Invalid auth key: %(reason)s";
}

export class ImageUnacceptable extends Invalid {
  static override readonly msg_fmt = "Image %(image_id)s is unacceptable: %(reason)s";
}

export class InvalidUUID extends Invalid {
  static override readonly msg_fmt = "Expected a uuid but received %(uuid)s.";
}

export class InvalidVolumeMetadata extends Invalid {
  static override readonly msg_fmt = "Invalid metadata: %(reason)s";
}

export class InvalidVolumeMetadataSize extends Invalid {
  static override readonly msg_fmt = "Invalid metadata size: %(reason)s";
}

export class ExportFailure extends Invalid {
  static override readonly msg_fmt = "Failed to export for volume: %(reason)s";
}

export class MetadataUpdateFailure extends Invalid {
  static override readonly msg_fmt = "Failed to update metadata for volume: %(reason)s";
}

export class MetadataCopyFailure extends Invalid {
  static override readonly msg_fmt = "Failed to copy metadata to volume: %(reason)s";
}

export class ImageCopyFailure extends Invalid {
  static override readonly msg_fmt = "Failed to copy image to volume: %(reason)s";
}

// What is not there.

export class NotFound extends CinderException {
  static override readonly msg_fmt: string = "Resource could not be found.";
  static override readonly code: number = 404;
  static override readonly safe = true;
}

export class VolumeNotFound extends NotFound {
  static override readonly msg_fmt = "Volume %(volume_id)s could not be found.";
}

export class VolumeMetadataNotFound extends NotFound {
  static override readonly msg_fmt =
    "Volume %(volume_id)s has no metadata with key %(metadata_key)s.";
}

export class SnapshotMetadataNotFound extends NotFound {
  static override readonly msg_fmt =
    "Snapshot %(snapshot_id)s has no metadata with key %(metadata_key)s.";
}

export class VolumeTypeNotFound extends NotFound {
  static override readonly msg_fmt: string = "Volume type %(volume_type_id)s could not be found.";
}

export class VolumeTypeNotFoundByName extends VolumeTypeNotFound {
  static override readonly msg_fmt =
    "Volume type with name %(volume_type_name)s could not be found.";
}

export class VolumeTypeExtraSpecsNotFound extends NotFound {
  static override readonly msg_fmt =
    "Volume Type %(volume_type_id)s has no extra specs with key %(extra_specs_key)s.";
}

export class VolumeTypeEncryptionNotFound extends NotFound {
  static override readonly msg_fmt = "Volume type encryption for type %(type_id)s does not exist.";
}

export class QoSSpecsNotFound extends NotFound {
  static override readonly msg_fmt = "No such QoS spec %(specs_id)s.";
}

export class QoSSpecsKeyNotFound extends NotFound {
  static override readonly msg_fmt = "QoS spec %(specs_id)s has no spec with key %(specs_key)s.";
}

export class SnapshotNotFound extends NotFound {
  static override readonly msg_fmt = "Snapshot %(snapshot_id)s could not be found.";
}

export class ImageNotFound extends NotFound {
  static override readonly msg_fmt = "Image %(image_id)s could not be found.";
}

export class ServiceNotFound extends NotFound {
  static override readonly msg_fmt = "Service %(service_id)s could not be found.";
}

export class HostBinaryNotFound extends NotFound {
  static override readonly msg_fmt = "Could not find binary %(binary)s on host %(host)s.";
}

export class SchedulerHostFilterNotFound extends NotFound {
  static override readonly msg_fmt = "Scheduler Host Filter %(filter_name)s could not be found.";
}

export class SchedulerHostWeigherNotFound extends NotFound {
  static override readonly msg_fmt = "Scheduler Host Weigher %(weigher_name)s could not be found.";
}

export class QuotaNotFound extends NotFound {
  static override readonly msg_fmt: string = "Quota could not be found";
}

export class GlanceMetadataNotFound extends NotFound {
  static override readonly msg_fmt = "Glance metadata for volume/snapshot %(id)s cannot be found.";
}

export class TransferNotFound extends NotFound {
  static override readonly msg_fmt = "Transfer %(transfer_id)s could not be found.";
}

// Quotas.

export class QuotaError extends CinderException {
  static override readonly msg_fmt: string = "Quota exceeded: code=%(code)s";
  static override readonly code: number = 413;
  static override readonly headers = { "Retry-After": "0" };
  static override readonly safe = true;
}

export class VolumeSizeExceedsAvailableQuota extends QuotaError {
  static override readonly msg_fmt =
    "Requested volume or snapshot exceeds allowed Gigabytes quota. Requested %(requested)sG, quota is %(quota)sG and %(consumed)sG has been consumed.";
}

export class VolumeLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of volumes allowed (%(allowed)d) exceeded";
}

export class SnapshotLimitExceeded extends QuotaError {
  static override readonly msg_fmt = "Maximum number of snapshots allowed (%(allowed)d) exceeded";
}
