/**
 * Every request that services and commands make of cinder-api, by what it is about. It knows a way to
 * the service and no login. Upstream: python-cinderclient 1.1.1 `cinderclient/v1/client.py`, `v2/client.py`.
 */
import { BackupManager } from "./backups.js";
import { EncryptionTypeManager } from "./encryption-types.js";
import type { VolumeEndpoint } from "./http-client.js";
import type { ApiVersion } from "./manager.js";
import { QosSpecsManager } from "./qos-specs.js";
import { LimitsManager, QuotaClassManager, QuotaSetManager } from "./quotas.js";
import { AvailabilityZoneManager, ExtensionManager, ServiceManager } from "./services.js";
import { SnapshotManager } from "./snapshots.js";
import { TransferManager } from "./transfers.js";
import { VolumeTypeManager } from "./volume-types.js";
import { VolumeManager } from "./volumes.js";

export class CinderClient {
  readonly version: ApiVersion;
  readonly volumes: VolumeManager;
  readonly snapshots: SnapshotManager;
  readonly backups: BackupManager;
  readonly types: VolumeTypeManager;
  readonly encryptionTypes: EncryptionTypeManager;
  readonly qosSpecs: QosSpecsManager;
  readonly quotas: QuotaSetManager;
  readonly quotaClasses: QuotaClassManager;
  readonly limits: LimitsManager;
  readonly services: ServiceManager;
  readonly zones: AvailabilityZoneManager;
  readonly extensions: ExtensionManager;
  readonly transfers: TransferManager;

  constructor(endpoint: VolumeEndpoint, version: ApiVersion) {
    this.version = version;
    this.volumes = new VolumeManager(endpoint, version);
    this.snapshots = new SnapshotManager(endpoint, version);
    this.backups = new BackupManager(endpoint, version);
    this.types = new VolumeTypeManager(endpoint, version);
    this.encryptionTypes = new EncryptionTypeManager(endpoint, version);
    this.qosSpecs = new QosSpecsManager(endpoint, version);
    this.quotas = new QuotaSetManager(endpoint, version);
    this.quotaClasses = new QuotaClassManager(endpoint, version);
    this.limits = new LimitsManager(endpoint, version);
    this.services = new ServiceManager(endpoint, version);
    this.zones = new AvailabilityZoneManager(endpoint, version);
    this.extensions = new ExtensionManager(endpoint, version);
    this.transfers = new TransferManager(endpoint, version);
  }
}
