/**
 * The driver that only pretends, with upstream's quirks: it takes no time, never looks at the
 * network, uploads nothing, and a guest that was switched off still reports that it runs. Upstream:
 * nova/virt/fake.py (FakeDriver) at 2014.2; nova §8.3.
 */
import type { RequestContext } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import type { JsonObject } from "../../../python/index.js";
import { InterfaceAttachFailed, InterfaceDetachFailed } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import { NO_BLOCK_STATS, type BlockStats } from "../../../hardware/guest-disks.js";
import * as powerStates from "../../../hardware/power-states.js";
import { serialized } from "./diagnostics.js";
import {
  ComputeDriver,
  type ConsolePlace,
  type ConsoleType,
  type HostResources,
  type SpawnRequest,
  type UpdateTaskState,
  type VolumeStats,
} from "./driver.js";
import type { DriverVolume } from "./block-device.js";
import type { LiveMove } from "./live-driver.js";
import type { NetworkInfo, Vif } from "./network-info.js";

const CONSOLES = {
  vnc: ["vnc", {}],
  spice: ["spice", { tlsPort: 6970 }],
  rdp: ["rdp", {}],
  serial: ["rdp", {}],
} as const;

/** Of every guest. */
const DIAGNOSTICS: JsonObject = {
  cpu0_time: 17_300_000_000,
  memory: 524_288,
  vda_errors: -1,
  vda_read: 262_144,
  vda_read_req: 112,
  vda_write: 5_778_432,
  vda_write_req: 488,
  vnet1_rx: 2_070_139,
  vnet1_rx_drop: 0,
  vnet1_rx_errors: 0,
  vnet1_rx_packets: 26_701,
  vnet1_tx: 140_208,
  vnet1_tx_drop: 0,
  vnet1_tx_errors: 0,
  vnet1_tx_packets: 662,
};

/** The same, part by part. */
const INSTANCE_DIAGNOSTICS = {
  state: "running",
  driver: "fake",
  hypervisor_os: "fake-os",
  uptime: 46_664,
  config_drive: true,
  cpus: [17_300_000_000],
  nics: [
    {
      mac_address: "01:23:45:67:89:ab",
      rx_octets: 2_070_139,
      rx_packets: 26_701,
      tx_octets: 140_208,
      tx_packets: 662,
    },
  ],
  disks: [
    {
      id: "fake-disk-id",
      read_bytes: 262_144,
      read_requests: 112,
      write_bytes: 5_778_432,
      write_requests: 488,
    },
  ],
  memory: { maximum: 524_288, used: 0 },
} as const;

export class FakeDriver extends ComputeDriver {
  /** Ports that guests got while they were there. */
  readonly #interfaces = new Set<string>();

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
    this.hypervisor.disks.add(uuid, device_name ?? "");
  }

  /** Also a disk that it does not have. */
  override *detachVolume({ uuid }: Instance, mountpoint: string | null): Op<void> {
    yield* this.hypervisor.attempt("detach_volume");
    this.hypervisor.disks.remove(uuid, mountpoint ?? "");
  }

  override *swapVolume(
    { uuid }: Instance,
    mountpoint: string | null,
    info: JsonObject,
  ): Op<JsonObject> {
    yield* this.hypervisor.attempt("attach_volume");
    this.hypervisor.disks.add(uuid, mountpoint ?? "");
    return info;
  }

  override *blockStats(): Op<BlockStats> {
    return NO_BLOCK_STATS;
  }

  override *allVolumeUsage(): Op<VolumeStats[]> {
    return [];
  }

  override countBandwidth(): void {
    // Of nothing.
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

  override console(_instance: Instance, consoleType: ConsoleType): ConsolePlace {
    const [kind, more] = CONSOLES[consoleType];
    return { host: `fake${kind}console.com`, port: 6969, internal_access_path: "FAKE", ...more };
  }

  override *consoleOutput(): Op<string> {
    return "FAKE CONSOLE OUTPUT\nANOTHER\nLAST LINE";
  }

  override *diagnostics(): Op<JsonObject> {
    return DIAGNOSTICS;
  }

  override *instanceDiagnostics(): Op<JsonObject> {
    return serialized(INSTANCE_DIAGNOSTICS);
  }

  override *attachInterface({ uuid: instance_uuid }: Instance, { id }: Vif): Op<void> {
    yield* this.hypervisor.attempt("attach_interface");
    if (this.#interfaces.has(id)) throw new InterfaceAttachFailed({ instance_uuid });
    this.#interfaces.add(id);
  }

  /** Those that a guest was made with are not known. */
  override *detachInterface({ uuid: instance_uuid }: Instance, { id }: Vif): Op<void> {
    yield* this.hypervisor.attempt("detach_interface");
    if (!this.#interfaces.delete(id)) throw new InterfaceDetachFailed({ instance_uuid });
  }

  override *setHostEnabled(enabled: boolean): Op<string> {
    return enabled ? "enabled" : "disabled";
  }

  override *hostMaintenanceMode(mode: boolean): Op<string> {
    return mode ? "on_maintenance" : "off_maintenance";
  }

  override *hostPowerAction(action: string): Op<string> {
    return action;
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

  override *restore(): Op<void> {
    // There is nothing to bring back.
  }

  override *setAdminPassword(): Op<void> {
    // It is taken, and forgotten.
  }

  /** Switched off or paused, it runs. */
  protected override setPowerState(): void {
    // Nothing is remembered.
  }
}
