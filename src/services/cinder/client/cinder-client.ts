/**
 * Every request that services and commands make of cinder-api, by what it is about. It knows a way to
 * the service and no login. Upstream: python-cinderclient 1.1.1 `cinderclient/v1/client.py`, `v2/client.py`.
 */
import type { VolumeEndpoint } from "./http-client.js";
import type { ApiVersion } from "./manager.js";
import { SnapshotManager } from "./snapshots.js";
import { VolumeTypeManager } from "./volume-types.js";
import { VolumeManager } from "./volumes.js";

export class CinderClient {
  readonly version: ApiVersion;
  readonly volumes: VolumeManager;
  readonly snapshots: SnapshotManager;
  readonly types: VolumeTypeManager;

  constructor(endpoint: VolumeEndpoint, version: ApiVersion) {
    this.version = version;
    this.volumes = new VolumeManager(endpoint, version);
    this.snapshots = new SnapshotManager(endpoint, version);
    this.types = new VolumeTypeManager(endpoint, version);
  }
}
