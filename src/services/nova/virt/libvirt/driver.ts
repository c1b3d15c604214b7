/**
 * The driver that behaves as libvirt's does, as far as the control plane can tell: what nova-compute asks of it, and which part here does
 * it. The guests are in `Hypervisor`. Upstream: nova/virt/libvirt/driver.py (LibvirtDriver) at 2014.2; nova §1.7, §2.2.
 */
import type { FlagsOf, RequestContext } from "../../../../framework/index.js";
import type { BlockStats } from "../../../../hardware/guest-disks.js";
import type { LifecycleListener } from "../../../../hardware/lifecycle.js";
import type { Calendar, Duration, Micros, Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import type { Instance } from "../../objects/instance.js";
import type { ComputeNode } from "../../objects/service/compute-node.js";
import type { DriverVolume } from "../block-device.js";
import {
  ComputeDriver,
  type ArrivingGuest,
  type ConsolePlace,
  type ConsoleType,
  type DepartingGuest,
  type GuestVolumes,
  type HostResources,
  type NamedDevices,
  type ReturningGuest,
  type SpawnRequest,
  type UpdateTaskState,
  type VolumeStats,
} from "../driver.js";
import type { DriverParts } from "../driver-parts.js";
import { virtFlags } from "../flags.js";
import type { Reboot } from "../guest-driver.js";
import type { ComingGuest, GuestCleanUp, LiveMove, WantedMove } from "../live-driver.js";
import type { NetworkInfo, Vif } from "../network-info.js";
import { LibvirtConsoles } from "./guests/consoles.js";
import { LibvirtGuestCreation } from "./guests/creation.js";
import { LibvirtDiagnostics } from "./guests/diagnostics.js";
import { LibvirtGuestInterfaces } from "./guests/interfaces.js";
import { LibvirtGuestPower } from "./guests/power.js";
import { LibvirtGuestRemoval } from "./guests/removal.js";
import { LibvirtGuestRescue } from "./guests/rescue.js";
import { hostCapabilities } from "./host/capabilities.js";
import { connectToLibvirt } from "./host/connection.js";
import { uptimeOf } from "./host/uptime.js";
import { ImageBackend } from "./image-backend.js";
import { ImageCacheManager } from "./image-cache.js";
import { LibvirtInstanceFiles } from "./instance-files.js";
import { LibvirtColdMigration } from "./migration/cold-migration.js";
import { LibvirtLiveMigration } from "./migration/live-migration.js";
import { SerialPorts } from "./serial-ports.js";
import { snapshotGuest } from "./snapshots/snapshot.js";
import { LibvirtVolumeSnapshots } from "./snapshots/volume-snapshots.js";
import { plugVifs, unplugVifs } from "./vif.js";
import { LibvirtVolumes } from "./volumes.js";

export class LibvirtDriver extends ComputeDriver {
  readonly #parts: DriverParts;
  readonly #flags: FlagsOf<typeof virtFlags>;
  readonly #imageCache: ImageCacheManager;
  readonly #files: LibvirtInstanceFiles;
  readonly #volumes: LibvirtVolumes;
  readonly #creation: LibvirtGuestCreation;
  readonly #removal: LibvirtGuestRemoval;
  readonly #power: LibvirtGuestPower;
  readonly #rescue: LibvirtGuestRescue;
  readonly #interfaces: LibvirtGuestInterfaces;
  readonly #diagnostics: LibvirtDiagnostics;
  readonly #consoles: LibvirtConsoles;
  readonly #cold: LibvirtColdMigration;
  readonly #live: LibvirtLiveMigration;
  readonly #volumeSnapshots: LibvirtVolumeSnapshots;

  constructor(parts: DriverParts) {
    super(parts.hypervisor);
    parts.files.connect(parts.hypervisor);
    const images = new ImageBackend(parts);
    const serial = new SerialPorts(parts);
    this.#parts = parts;
    this.#flags = parts.env.flags.read(virtFlags);
    this.#imageCache = new ImageCacheManager(parts);
    this.#files = new LibvirtInstanceFiles(parts);
    this.#volumes = new LibvirtVolumes(parts);
    this.#removal = new LibvirtGuestRemoval(parts, this.#volumes, this.#files, serial);
    const made = { images, volumes: this.#volumes, serial, removal: this.#removal };
    this.#creation = new LibvirtGuestCreation(parts, made);
    this.#power = new LibvirtGuestPower(parts, this.#volumes, serial);
    this.#rescue = new LibvirtGuestRescue(parts, images);
    this.#interfaces = new LibvirtGuestInterfaces(parts);
    this.#diagnostics = new LibvirtDiagnostics(parts);
    this.#consoles = new LibvirtConsoles(parts, serial);
    this.#cold = new LibvirtColdMigration(parts, images, this.#creation);
    this.#live = new LibvirtLiveMigration(parts, images, this.#volumes);
    this.#volumeSnapshots = new LibvirtVolumeSnapshots(parts);
  }

  override registerLifecycleListener(listener: LifecycleListener): void {
    this.#parts.hypervisor.listen(listener);
  }

  override initHost(): Op<void> {
    return connectToLibvirt(this.#parts);
  }

  override spawn(ctxt: RequestContext, request: SpawnRequest): Op<void> {
    return this.#creation.spawn(ctxt, request);
  }

  override destroy(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
    destroyDisks = true,
  ): Op<void> {
    return this.#removal.destroy(ctxt, instance, networkInfo, volumes, destroyDisks);
  }

  override powerOff(instance: Instance, timeout: Duration): Op<void> {
    return this.#power.powerOff(instance, timeout);
  }

  override powerOn(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#power.powerOn(ctxt, { instance, networkInfo, volumes });
  }

  override reboot(ctxt: RequestContext, request: Reboot): Op<void> {
    return this.#power.reboot(ctxt, request);
  }

  override pause(instance: Instance): Op<void> {
    return this.#power.pause(instance);
  }

  override unpause(instance: Instance): Op<void> {
    return this.#power.unpause(instance);
  }

  override suspend(instance: Instance): Op<void> {
    return this.#power.suspend(instance);
  }

  override resume(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#power.resume(ctxt, { instance, networkInfo, volumes });
  }

  override rescue(ctxt: RequestContext, instance: Instance, imageId: string): Op<void> {
    return this.#rescue.rescue(ctxt, instance, imageId);
  }

  override unrescue(instance: Instance): Op<void> {
    return this.#rescue.unrescue(instance);
  }

  override resumeStateOnHostBoot(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#power.resumeStateOnHostBoot(ctxt, { instance, networkInfo, volumes });
  }

  override snapshot(
    ctxt: RequestContext,
    instance: Instance,
    imageId: string,
    update: UpdateTaskState,
  ): Op<void> {
    return snapshotGuest(this.#parts, ctxt, { instance, imageId, update });
  }

  override *checkLiveDestination(
    _instance: Instance,
    { own }: { readonly own: ComputeNode },
    wanted: WantedMove,
  ): Op<JsonObject> {
    return this.#live.checkDestination(own, wanted);
  }

  override *checkLiveSource(instance: Instance, data: JsonObject): Op<JsonObject> {
    return this.#live.checkSource(instance, data);
  }

  override *instanceDiskInfo(instance: Instance): Op<string> {
    return this.#live.info(instance);
  }

  override preLiveMigration(
    ctxt: RequestContext,
    guest: ComingGuest,
    _disk: string | null,
    data: JsonObject | null,
  ): Op<JsonObject> {
    return this.#live.prepare(ctxt, guest, data);
  }

  override *liveMigration(instance: Instance, move: LiveMove): Op<void> {
    this.#live.begin(instance, move);
  }

  override *postLiveMigrationAtSource(_instance: Instance, networkInfo: NetworkInfo): Op<void> {
    unplugVifs(this.#parts.bridge, networkInfo);
  }

  override postLiveMigrationAtDestination(
    ctxt: RequestContext,
    instance: Instance,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#live.defineHere(ctxt, instance, volumes);
  }

  override cleanUpGuest(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    { destroyDisks, destroyVifs, migrateData }: GuestCleanUp,
  ): Op<void> {
    // Its files are this host's alone, though the disks behind them are the other one's as well.
    const files = destroyDisks || migrateData?.["is_shared_block_storage"] === true;
    return this.#removal.cleanUp(ctxt, instance, destroyVifs ? networkInfo : [], [], files);
  }

  override hostIpAddress(): string {
    return this.#flags.my_ip;
  }

  override instanceOnDisk({ uuid }: Instance): boolean {
    const { files, env } = this.#parts;
    return this.hypervisor.guest(uuid) !== undefined || files.get(env.host, uuid) !== undefined;
  }

  override migrateDiskAndPowerOff(move: DepartingGuest): Op<string> {
    return this.#cold.send(move, this.powerOff(move.instance, move.timeout));
  }

  override finishMigration(ctxt: RequestContext, guest: ArrivingGuest): Op<void> {
    return this.#cold.finish(ctxt, guest);
  }

  override confirmMigration(instance: Instance, networkInfo: NetworkInfo): Op<void> {
    return this.#cold.confirm(instance, networkInfo);
  }

  override finishRevertMigration(ctxt: RequestContext, guest: ReturningGuest): Op<void> {
    return this.#cold.finishRevert(ctxt, guest);
  }

  override volumeConnector(): JsonObject {
    return this.#volumes.connector();
  }

  override attachVolume(_ctxt: RequestContext, instance: Instance, volume: DriverVolume): Op<void> {
    return this.#volumes.attach(instance, volume);
  }

  override detachVolume(instance: Instance, mountpoint: string | null): Op<void> {
    return this.#volumes.detach(instance, mountpoint);
  }

  override swapVolume(
    instance: Instance,
    mountpoint: string | null,
    info: JsonObject,
  ): Op<JsonObject> {
    return this.#volumes.swap(instance, mountpoint, info);
  }

  override *blockStats(instance: Instance, disk: string): Op<BlockStats | undefined> {
    return this.#volumes.blockStats(instance, disk);
  }

  override *allVolumeUsage(guests: readonly GuestVolumes[]): Op<VolumeStats[]> {
    return this.#volumes.usage(guests);
  }

  override defaultDeviceNames(
    _ctxt: RequestContext,
    instance: Instance,
    rootName: string,
    devices: NamedDevices,
  ): Op<void> {
    return this.#volumes.nameDisks(instance, rootName, devices);
  }

  override *plugVifs(instance: Instance, networkInfo: NetworkInfo): Op<void> {
    plugVifs(this.#parts.bridge, instance, networkInfo);
  }

  override consolePort(instance: Instance, consoleType: ConsoleType): string | number {
    return this.#consoles.port(instance, consoleType);
  }

  override console(instance: Instance, consoleType: ConsoleType): ConsolePlace {
    return this.#consoles.place(instance, consoleType);
  }

  override consoleOutput(instance: Instance): Op<string> {
    return this.#diagnostics.consoleOutput(instance);
  }

  override diagnostics(instance: Instance): Op<JsonObject> {
    return this.#diagnostics.diagnostics(instance);
  }

  override instanceDiagnostics(instance: Instance): Op<JsonObject> {
    return this.#diagnostics.instanceDiagnostics(instance);
  }

  override volumeSnapshotCreate(
    ctxt: RequestContext,
    instance: Instance,
    volumeId: string,
    info: JsonObject,
  ): Op<void> {
    return this.#volumeSnapshots.create(ctxt, instance, volumeId, info);
  }

  override volumeSnapshotDelete(
    ctxt: RequestContext,
    instance: Instance,
    volumeId: string,
    snapshotId: string,
    info: JsonObject,
  ): Op<void> {
    return this.#volumeSnapshots.delete(ctxt, instance, volumeId, snapshotId, info);
  }

  override attachInterface(instance: Instance, vif: Vif): Op<void> {
    return this.#interfaces.attach(instance, vif);
  }

  override detachInterface(instance: Instance, vif: Vif): Op<void> {
    return this.#interfaces.detach(instance, vif);
  }

  override manageImageCache(instances: readonly Instance[]): Op<void> {
    return this.#imageCache.update(instances);
  }

  override deleteInstanceFiles(instance: Instance): Op<boolean> {
    return this.#files.delete(instance);
  }

  override sharedStorageProbe(instance: Instance): JsonObject | null {
    return this.#files.probe(instance);
  }

  override seesFile(filename: string): boolean {
    return this.#files.sees(filename);
  }

  override endSharedStorageProbe(filename: string): void {
    this.#files.endProbe(filename);
  }

  override *hostUptime(now: Micros, calendar: Calendar): Op<string> {
    return uptimeOf(now, calendar);
  }

  override availableResource(): HostResources {
    return hostCapabilities(this.hypervisor);
  }
}
