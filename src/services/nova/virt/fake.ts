/**
 * The driver that only pretends, with upstream's quirks: it takes no time, never looks at the
 * network, uploads nothing, and a guest that was switched off still reports that it runs. Upstream:
 * nova/virt/fake.py (FakeDriver) at 2014.2; nova §8.3.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import type { Instance } from "../objects/instance.js";
import { NO_BLOCK_STATS, type BlockStats } from "../../../hardware/hypervisor.js";
import * as powerStates from "../../../hardware/power-states.js";
import {
  ComputeDriver,
  type HostResources,
  type SpawnRequest,
  type UpdateTaskState,
  type VolumeStats,
} from "./driver.js";
import type { DriverVolume } from "./block-device.js";
import type { LiveMove } from "./live-driver.js";
import type { NetworkInfo } from "./network-info.js";

export class FakeDriver extends ComputeDriver {
  override *spawn(_ctxt: RequestContext, { instance }: SpawnRequest): Op<void> {
    yield* this.hypervisor.attempt("spawn");
    this.hypervisor.define({
      uuid: instance.uuid,
      name: instance.name,
      vcpus: instance.vcpus,
      memory_mb: instance.memory_mb,
      disk_gb: instance.root_gb + instance.ephemeral_gb,
      bytes: 0,
      powerState: powerStates.RUNNING,
    });
  }

  override *destroy(_ctxt: RequestContext, { uuid }: Instance): Op<void> {
    yield* this.hypervisor.attempt("destroy");
    this.hypervisor.undefine(uuid);
  }

  override *snapshot(
    _ctxt: RequestContext,
    _instance: Instance,
    _imageId: string,
    update: UpdateTaskState,
  ): Op<void> {
    yield* this.hypervisor.attempt("snapshot");
    yield* update("image_uploading");
  }

  override volumeConnector(): JsonObject {
    return { ip: "127.0.0.1", initiator: "fake", host: "fakehost" };
  }

  /** Also into a guest that is not there. */
  override *attachVolume(
    _ctxt: RequestContext,
    { uuid }: Instance,
    { device_name }: DriverVolume,
  ): Op<void> {
    yield* this.hypervisor.attempt("attach_volume");
    this.hypervisor.addDisk(uuid, device_name ?? "");
  }

  /** Also a disk that it does not have. */
  override *detachVolume({ uuid }: Instance, mountpoint: string | null): Op<void> {
    yield* this.hypervisor.attempt("detach_volume");
    this.hypervisor.removeDisk(uuid, mountpoint ?? "");
  }

  override *swapVolume(
    { uuid }: Instance,
    mountpoint: string | null,
    info: JsonObject,
  ): Op<JsonObject> {
    yield* this.hypervisor.attempt("attach_volume");
    this.hypervisor.addDisk(uuid, mountpoint ?? "");
    return info;
  }

  override *blockStats(): Op<BlockStats> {
    return NO_BLOCK_STATS;
  }

  override *allVolumeUsage(): Op<VolumeStats[]> {
    return [];
  }

  override *plugVifs(_instance: Instance, _networkInfo: NetworkInfo): Op<void> {
    // There is nothing to plug into.
  }

  /** Of every type, and all at the same port. */
  override consolePort(): number {
    return 6969;
  }

  override *checkLiveDestination(): Op<JsonObject> {
    return {};
  }

  override *checkLiveSource(): Op<null> {
    return null;
  }

  override *instanceDiskInfo(): Op<null> {
    return null;
  }

  override *preLiveMigration(): Op<null> {
    return null;
  }

  /** It is there before it has left, and the guest stays where it is. */
  override *liveMigration(_instance: Instance, { post }: LiveMove): Op<void> {
    yield* this.hypervisor.attempt("live_migration");
    yield* post();
  }

  override *postLiveMigrationAtDestination(): Op<void> {
    // There is nothing to define.
  }

  override *cleanUpGuest(): Op<void> {
    // Nor anything to clean up.
  }

  override hostIpAddress(): string {
    return "192.168.0.1";
  }

  override availableResource(): HostResources {
    return {
      vcpus: 1000,
      memory_mb: 800_000,
      local_gb: 600_000,
      hypervisor_type: "fake",
      hypervisor_version: 1000,
      hypervisor_hostname: this.hypervisor.host,
      cpu_info: "?",
      disk_available_least: 0,
      supported_instances: '[[null, "fake", null]]',
    };
  }

  /** Switched off or paused, it runs. */
  protected override setPowerState(): void {
    // Nothing is remembered.
  }
}
