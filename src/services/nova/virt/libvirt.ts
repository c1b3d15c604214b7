/**
 * The driver that behaves as libvirt's does, as far as the control plane can tell: it fetches images
 * once, waits for Neutron's word that VIFs are plugged, and uploads snapshots. The guests are in
 * `Hypervisor`. Upstream: nova/virt/libvirt/driver.py at 2014.2; nova §1.7, §2.2.
 */
import type { RequestContext } from "../../../framework/index.js";
import {
  caught,
  seconds,
  sleep,
  type Calendar,
  type Duration,
  type Micros,
  type Op,
  type Span,
} from "../../../kernel/index.js";
import { NotImplementedException, TimedOut, type JsonObject } from "../../../python/index.js";
import {
  ConsoleTypeUnavailable,
  FlavorDiskTooSmall,
  ImageNotAuthorized,
  ImageNotFound,
  InstanceNotFound,
  InstanceNotRunning,
  Invalid,
  NovaException,
  VirtualInterfaceCreateException,
} from "../exception.js";
import type { Instance } from "../objects/instance.js";
import * as powerStates from "../../../hardware/power-states.js";
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
} from "./driver.js";
import type { DriverVolume } from "./block-device.js";
import type { DriverParts } from "./driver-parts.js";
import type { BlockStats, Guest, HypervisorOperation } from "../../../hardware/hypervisor.js";
import type { RootDisk } from "../../../hardware/guest-files.js";
import { imageFromSystemMetadata } from "../image/system-metadata.js";
import { consoleFlags, serialConsoleFlags, virtFlags } from "./flags.js";
import { guestContents } from "./guest-contents.js";
import { ImageCache } from "./image-cache.js";
import type { Reboot } from "./guest-driver.js";
import { hostCapabilities } from "./libvirt/capabilities.js";
import { guestFlavor } from "./libvirt/guest-flavor.js";
import { LibvirtGuestInterfaces } from "./libvirt/guest-interfaces.js";
import type { ComputeNode } from "../objects/service/compute-node.js";
import { LibvirtMigration } from "./libvirt/disk-moves.js";
import { LibvirtLiveMigration } from "./libvirt/live-migration.js";
import type { ComingGuest, GuestCleanUp, LiveMove, WantedMove } from "./live-driver.js";
import { LibvirtGuestPower } from "./libvirt/guest-power.js";
import { LibvirtGuestRescue } from "./libvirt/guest-rescue.js";
import { ImageCacheManager } from "./libvirt/image-cache-manager.js";
import { LibvirtInstanceFiles } from "./libvirt/instance-files.js";
import { uptimeOf } from "./libvirt/uptime.js";
import { SerialPorts } from "./libvirt/serial-ports.js";
import { uploadSnapshot } from "./libvirt/snapshot.js";
import { LibvirtVolumeSnapshots } from "./libvirt/volume-snapshots.js";
import { diskOf, LibvirtVolumes } from "./libvirt/volumes.js";
import type { NetworkInfo, Vif } from "./network-info.js";

const GIB = 1024 * 1024 * 1024;

/** What there is of a guest before it is defined. */
type GuestFrame = RootDisk & Pick<Guest, "serialPorts">;

/** How a guest is made. */
interface CreationOptions {
  readonly powerOn: boolean;
  /** Its ports are taken to be plugged; nobody waits for them. */
  readonly plugged: boolean;
  readonly operation: HypervisorOperation;
}

const NEW_GUEST: CreationOptions = { powerOn: true, plugged: false, operation: "spawn" };

/** Not `_is_booted_from_volume`, where it does not matter what is in the image. */
const isBootedFromImage = (instance: Instance, volumes: readonly DriverVolume[]): boolean =>
  instance.image_ref !== "" && !volumes.some(({ device }) => device.isRoot);

export class LibvirtDriver extends ComputeDriver {
  readonly #parts: DriverParts;
  readonly #flags;
  readonly #consoles;
  readonly #cache: ImageCache;
  readonly #cacheManager: ImageCacheManager;
  readonly #volumes: LibvirtVolumes;
  readonly #volumeSnapshots: LibvirtVolumeSnapshots;
  readonly #disks: LibvirtMigration;
  readonly #rescue: LibvirtGuestRescue;
  readonly #interfaces: LibvirtGuestInterfaces;
  readonly #live: LibvirtLiveMigration;
  readonly #power: LibvirtGuestPower;
  readonly #files: LibvirtInstanceFiles;
  readonly #serial: SerialPorts;
  readonly #bytesPerSecond: number;

  constructor(parts: DriverParts) {
    super(parts.hypervisor);
    this.#parts = parts;
    this.#flags = parts.env.flags.read(virtFlags);
    this.#consoles = parts.env.flags.read(consoleFlags);
    this.#bytesPerSecond = parts.latency.image_mb_per_s * 1024 * 1024;
    this.#volumes = new LibvirtVolumes(parts);
    this.#disks = new LibvirtMigration(parts);
    this.#live = new LibvirtLiveMigration(parts);
    this.#files = new LibvirtInstanceFiles(parts);
    this.#volumeSnapshots = new LibvirtVolumeSnapshots(parts);
    this.#cacheManager = new ImageCacheManager(parts);
    parts.files.connect(parts.hypervisor);
    this.#serial = new SerialPorts(parts);
    this.#power = new LibvirtGuestPower(parts, this.#volumes, this.#serial);
    const { env, hypervisor, images } = parts;
    this.#cache = new ImageCache(env, hypervisor, images, this.#bytesPerSecond);
    this.#interfaces = new LibvirtGuestInterfaces(parts);
    this.#rescue = new LibvirtGuestRescue(parts, this.#cache);
  }

  override *spawn(
    ctxt: RequestContext,
    { instance, image, networkInfo, volumes, injectedFiles = [] }: SpawnRequest,
  ): Op<void> {
    const fromImage = isBootedFromImage(instance, volumes);
    const bytes = fromImage ? yield* this.#cache.fetch(ctxt, instance.image_ref) : 0;
    if (image === null) yield* this.#imageMetadata(ctxt, instance);
    if (instance.root_gb > 0 && bytes > instance.root_gb * GIB) throw new FlavorDiskTooSmall();
    // The domain's XML names the taps, so this is where the ports must be there.
    const vifs = yield* networkInfo.wait();
    const flavor = yield* guestFlavor(this.#parts, instance);
    for (const vif of vifs) {
      if (vif.type === "ovs" || vif.type === "bridge") continue;
      throw new NovaException({ vif_type: vif.type }, `Unexpected vif_type=${vif.type}`);
    }
    yield* this.#volumes.connect(instance, volumes, { decryptedFor: ctxt });
    for (const volume of volumes) {
      this.hypervisor.addDisk(instance.uuid, diskOf(volume.device_name), volume.serial);
    }
    const contents = guestContents(this.#flags, instance, image, injectedFiles);
    const backing = fromImage ? { backing: instance.image_ref } : {};
    const serialPorts = this.#serial.acquire(flavor, image?.properties ?? {});
    const root = { bytes, contents, serialPorts, ...backing };
    yield* this.#createDomainAndNetwork(instance, root, vifs);
  }

  /** `get_image_metadata`: what the guest is made by where nobody has said so, and it need not be there. */
  *#imageMetadata(ctxt: RequestContext, { image_ref }: Instance): Op<void> {
    try {
      yield* this.#parts.images.get(ctxt, image_ref);
    } catch (thrown) {
      const error = yield* caught(thrown);
      const gone = [ImageNotFound, ImageNotAuthorized, Invalid].some(
        (kind) => error instanceof kind,
      );
      if (!gone) throw error;
      this.#log(`Can't access image ${image_ref}: ${error.message}`);
    }
  }

  /** `_create_domain_and_network`: start paused, resume once every VIF is plugged. */
  *#createDomainAndNetwork(
    instance: Instance,
    root: GuestFrame,
    vifs: NetworkInfo,
    { powerOn, plugged, operation }: CreationOptions = NEW_GUEST,
  ): Op<void> {
    const { vif_plugging_timeout: timeout, vif_plugging_is_fatal: fatal } = this.#flags;
    const waits = timeout > 0 && powerOn && !plugged;
    const inactive = waits ? vifs.filter(({ active }) => !active) : [];
    const events = inactive.map(({ id }) => `network-vif-plugged-${id}`);
    const first = events.length > 0 ? powerStates.PAUSED : powerStates.RUNNING;
    const powerState = powerOn ? first : powerStates.SHUTDOWN;
    const create = this.#createDomain(instance, { ...root, powerState }, vifs, operation);
    try {
      if (events.length === 0) yield* create;
      else {
        const failed = (): void => {
          if (fatal) throw new VirtualInterfaceCreateException();
        };
        const options = { deadline: seconds(timeout), failed };
        yield* this.#parts.virtApi.waitForInstanceEvents(instance, events, options, create);
      }
    } catch (error) {
      if (error instanceof VirtualInterfaceCreateException) {
        yield* this.#cleanUp(instance, vifs);
        throw error;
      }
      if (!(error instanceof TimedOut)) throw error;
      const { uuid } = instance;
      this.#log(`Timeout waiting for vif plugging callback for instance ${uuid}`);
      if (fatal) {
        yield* this.#cleanUp(instance, vifs);
        throw new VirtualInterfaceCreateException();
      }
    }
    if (powerOn) this.hypervisor.setPowerState(instance.uuid, powerStates.RUNNING);
  }

  *#createDomain(
    instance: Instance,
    root: GuestFrame & Pick<Guest, "powerState">,
    vifs: NetworkInfo,
    operation: HypervisorOperation,
  ): Op<void> {
    const { hypervisor } = this;
    const { latency } = this.#parts;
    yield* this.plugVifs(instance, vifs);
    yield* this.#take(latency.spawn);
    yield* hypervisor.attempt(operation);
    hypervisor.define({
      uuid: instance.uuid,
      name: instance.name,
      vcpus: instance.vcpus,
      memory_mb: instance.memory_mb,
      disk_gb: instance.root_gb + instance.ephemeral_gb,
      ...root,
      interfaces: vifs.map(({ devname, address }) => ({ name: devname, mac: address })),
    });
  }

  override *destroy(
    ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
    destroyDisks = true,
  ): Op<void> {
    const { hypervisor } = this;
    const { latency } = this.#parts;
    yield* hypervisor.attempt("destroy");
    if (hypervisor.guest(instance.uuid) !== undefined) yield* this.#take(latency.destroy);
    for (const { connection_info } of volumes) {
      yield* this.#volumes.askEncryption(ctxt, connection_info);
    }
    yield* this.#cleanUp(instance, networkInfo, destroyDisks);
  }

  override powerOff(instance: Instance, timeout: Duration): Op<void> {
    return this.#power.powerOff(instance, timeout);
  }

  override powerOn(
    _ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#power.powerOn({ instance, networkInfo, volumes });
  }

  override reboot(_ctxt: RequestContext, request: Reboot): Op<void> {
    return this.#power.reboot(request);
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
    _ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#power.resume({ instance, networkInfo, volumes });
  }

  override rescue(ctxt: RequestContext, instance: Instance, imageId: string): Op<void> {
    return this.#rescue.rescue(ctxt, instance, imageId);
  }

  override unrescue(instance: Instance): Op<void> {
    return this.#rescue.unrescue(instance);
  }

  override resumeStateOnHostBoot(
    _ctxt: RequestContext,
    instance: Instance,
    networkInfo: NetworkInfo,
    volumes: readonly DriverVolume[],
  ): Op<void> {
    return this.#power.resumeStateOnHostBoot({ instance, networkInfo, volumes });
  }

  override *snapshot(
    ctxt: RequestContext,
    instance: Instance,
    imageId: string,
    update: UpdateTaskState,
  ): Op<void> {
    const { hypervisor, images } = this.#parts;
    const guest = hypervisor.guest(instance.uuid);
    if (guest === undefined) throw new InstanceNotRunning({ instance_id: instance.uuid });
    const data = { bytes: guest.bytes, bytesPerSecond: this.#bytesPerSecond };
    yield* uploadSnapshot(images, ctxt, {
      instance,
      imageId,
      update,
      data,
      extract: this.#extract(),
    });
  }

  *#extract(): Op<void> {
    yield* this.#take(this.#parts.latency.snapshot);
    yield* this.hypervisor.attempt("snapshot");
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

  override *preLiveMigration(
    ctxt: RequestContext,
    { instance, networkInfo, volumes }: ComingGuest,
    _disk: string | null,
    data: JsonObject | null,
  ): Op<JsonObject> {
    if (this.#live.makeRoom(instance, data)) yield* this.#cache.fetch(ctxt, instance.image_ref);
    yield* this.#volumes.connect(instance, volumes);
    yield* this.plugVifs(instance, networkInfo);
    return this.#live.answer;
  }

  override *liveMigration(instance: Instance, move: LiveMove): Op<void> {
    this.#live.begin(instance, move);
  }

  override *postLiveMigrationAtSource(_instance: Instance, networkInfo: NetworkInfo): Op<void> {
    for (const { id } of networkInfo) this.#parts.bridge.unplug(id);
  }

  /** A guest that came while it ran is not defined here, so that it is described and defined now. */
  override *postLiveMigrationAtDestination(ctxt: RequestContext, instance: Instance): Op<void> {
    yield* this.#imageMetadata(ctxt, instance);
    yield* guestFlavor(this.#parts, instance);
  }

  override *cleanUpGuest(
    instance: Instance,
    networkInfo: NetworkInfo,
    { destroyDisks, destroyVifs }: GuestCleanUp,
  ): Op<void> {
    yield* this.#cleanUp(instance, destroyVifs ? networkInfo : [], destroyDisks);
  }

  override hostIpAddress(): string {
    return this.#flags.my_ip;
  }

  override instanceOnDisk({ uuid }: Instance): boolean {
    const { files, env } = this.#parts;
    return this.hypervisor.guest(uuid) !== undefined || files.get(env.host, uuid) !== undefined;
  }

  override *migrateDiskAndPowerOff(move: DepartingGuest): Op<string> {
    const { instance, timeout } = move;
    return yield* this.#disks.send(move, this.powerOff(instance, timeout));
  }

  override *finishMigration(ctxt: RequestContext, guest: ArrivingGuest): Op<void> {
    const { instance, volumes } = guest;
    if (isBootedFromImage(instance, volumes)) yield* this.#cache.fetch(ctxt, instance.image_ref);
    const options = { plugged: true, operation: "finish_migration" } as const;
    yield* this.#make(ctxt, guest, this.#disks.arrived(instance), options);
  }

  override *confirmMigration(instance: Instance, networkInfo: NetworkInfo): Op<void> {
    this.#disks.dropAside(instance);
    // Undefined and unplugged, unless it never left the host.
    if (instance.host === this.#parts.env.host) return;
    for (const { id } of networkInfo) this.#parts.bridge.unplug(id);
    this.hypervisor.undefine(instance.uuid);
  }

  override *finishRevertMigration(ctxt: RequestContext, guest: ReturningGuest): Op<void> {
    const options = { plugged: false, operation: "finish_revert_migration" } as const;
    yield* this.#make(ctxt, guest, this.#disks.takeBack(guest.instance), options);
  }

  /** A guest out of disks that are there. */
  *#make(
    ctxt: RequestContext,
    { instance, networkInfo, volumes, powerOn }: ReturningGuest,
    root: RootDisk,
    options: Omit<CreationOptions, "powerOn">,
  ): Op<void> {
    yield* this.#imageMetadata(ctxt, instance);
    const flavor = yield* guestFlavor(this.#parts, instance);
    yield* this.#volumes.connect(instance, volumes, { decryptedFor: ctxt });
    this.hypervisor.setDisks(
      instance.uuid,
      volumes.map((volume) => [diskOf(volume.device_name), volume.serial] as const),
    );
    const { properties } = imageFromSystemMetadata(instance.system_metadata, []);
    const serialPorts = this.#serial.acquire(flavor, properties);
    const making = { ...options, powerOn };
    yield* this.#createDomainAndNetwork(instance, { ...root, serialPorts }, networkInfo, making);
  }

  override volumeConnector(): JsonObject {
    return this.#volumes.connector();
  }

  override *attachVolume(
    _ctxt: RequestContext,
    instance: Instance,
    volume: DriverVolume,
  ): Op<void> {
    yield* this.#volumes.attach(instance, volume);
  }

  override *detachVolume(instance: Instance, mountpoint: string | null): Op<void> {
    yield* this.#volumes.detach(instance, mountpoint);
  }

  override *swapVolume(
    instance: Instance,
    mountpoint: string | null,
    info: JsonObject,
  ): Op<JsonObject> {
    return yield* this.#volumes.swap(instance, mountpoint, info);
  }

  override *blockStats(instance: Instance, disk: string): Op<BlockStats | undefined> {
    return this.#volumes.blockStats(instance, disk);
  }

  override *allVolumeUsage(guests: readonly GuestVolumes[]): Op<VolumeStats[]> {
    return this.#volumes.usage(guests);
  }

  override *defaultDeviceNames(
    _ctxt: RequestContext,
    instance: Instance,
    rootName: string,
    devices: NamedDevices,
  ): Op<void> {
    yield* this.#volumes.nameDisks(instance, rootName, devices);
  }

  override *plugVifs({ uuid }: Instance, networkInfo: NetworkInfo): Op<void> {
    for (const { id } of networkInfo) this.#parts.bridge.plug(id, uuid);
  }

  /** Of `<graphics>` in the domain's XML, as text; of `<serial>` as a number. */
  override consolePort(instance: Instance, consoleType: ConsoleType): string | number {
    if (consoleType === "rdp") throw new NotImplementedException("");
    if (consoleType === "serial") {
      const [port] = this.#serial.of(instance);
      if (port === undefined) throw new ConsoleTypeUnavailable({ console_type: consoleType });
      return port;
    }
    const { name, uuid } = instance;
    if (this.hypervisor.guest(uuid) === undefined) {
      throw new InstanceNotFound({ instance_id: name });
    }
    const { vnc_enabled: vnc, spice_enabled: spice } = this.#consoles;
    const shown = consoleType === "vnc" ? vnc : spice;
    if (!shown) throw new ConsoleTypeUnavailable({ console_type: consoleType });
    return String(this.hypervisor.vncPort(uuid));
  }

  override console(instance: Instance, consoleType: ConsoleType): ConsolePlace {
    const port = this.consolePort(instance, consoleType);
    const { vncserver_proxyclient_address, server_proxyclient_address } = this.#consoles;
    if (consoleType === "serial") {
      const { proxyclient_address: host } = this.#parts.env.flags.read(serialConsoleFlags);
      return { host, port, internal_access_path: null };
    }
    return consoleType === "spice"
      ? { host: server_proxyclient_address, port, tlsPort: "", internal_access_path: null }
      : { host: vncserver_proxyclient_address, port, internal_access_path: null };
  }

  override consoleOutput(instance: Instance): Op<string> {
    return this.#interfaces.consoleOutput(instance);
  }

  override diagnostics(instance: Instance): Op<JsonObject> {
    return this.#interfaces.diagnostics(instance);
  }

  override instanceDiagnostics(instance: Instance): Op<JsonObject> {
    return this.#interfaces.instanceDiagnostics(instance);
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
    return this.#cacheManager.update(instances);
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

  /** `cleanup`: the guest is off already. */
  *#cleanUp(instance: Instance, networkInfo: NetworkInfo, destroyDisks = true): Op<void> {
    for (const { id } of networkInfo) this.#parts.bridge.unplug(id);
    if (destroyDisks) yield* this.#files.deleteWithGuest(instance);
    this.#serial.release(instance);
    this.hypervisor.undefine(instance.uuid);
  }

  *#take(span: Span): Op<void> {
    yield* sleep(this.#parts.env.stream("hypervisor").within(span));
  }

  #log(message: string): void {
    this.#parts.env.log("warning", message);
  }
}
