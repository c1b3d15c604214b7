/**
 * How a guest is made, of an image that the host fetches or of disks that are there: described, defined and started, paused until Neutron's
 * word that its VIFs are plugged. Upstream: nova/virt/libvirt/driver.py (spawn, _create_domain_and_network, _create_domain) at 2014.2;
 * nova §1.7, §2.2.
 */
import type { FlagsOf, RequestContext } from "../../../../../framework/index.js";
import type { RootDisk } from "../../../../../hardware/guest-files.js";
import type { Guest, HypervisorOperation } from "../../../../../hardware/hypervisor.js";
import * as powerStates from "../../../../../hardware/power-states.js";
import { between, seconds, shorter, sleep, type Op } from "../../../../../kernel/index.js";
import { TimedOut } from "../../../../../python/index.js";
import { FlavorDiskTooSmall, VirtualInterfaceCreateException } from "../../../exception.js";
import { imageOfInstance } from "../../../image/instance-image.js";
import type { Instance } from "../../../objects/instance.js";
import type { DriverVolume } from "../../block-device.js";
import type { ReturningGuest, SpawnRequest } from "../../driver.js";
import type { DriverParts } from "../../driver-parts.js";
import { virtFlags } from "../../flags.js";
import { guestContents } from "../../guest-contents.js";
import type { ComingGuest } from "../../live-driver.js";
import type { NetworkInfo } from "../../network-info.js";
import type { ImageBackend } from "../image-backend.js";
import type { SerialPorts } from "../serial-ports.js";
import { checkVifTypes, plugVifs } from "../vif.js";
import { diskOf, type LibvirtVolumes } from "../volumes.js";
import { makeConfigDrive } from "./config-drive.js";
import { guestFlavor } from "./flavor.js";
import type { LibvirtGuestRemoval } from "./removal.js";

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
export const isBootedFromImage = (instance: Instance, volumes: readonly DriverVolume[]): boolean =>
  instance.image_ref !== "" && !volumes.some(({ device }) => device.isRoot);

/** What is made besides a guest, or goes with one that could not be. */
export interface CreationParts {
  readonly images: ImageBackend;
  readonly volumes: LibvirtVolumes;
  readonly serial: SerialPorts;
  readonly removal: LibvirtGuestRemoval;
}

/** A guest that starts paused is there before libvirt has answered, and before anybody can have told of its taps. */
const QEMU_STARTS = seconds(1);

export class LibvirtGuestCreation {
  readonly #parts: DriverParts;
  readonly #flags: FlagsOf<typeof virtFlags>;
  readonly #images: ImageBackend;
  readonly #volumes: LibvirtVolumes;
  readonly #serial: SerialPorts;
  readonly #removal: LibvirtGuestRemoval;

  constructor(parts: DriverParts, { images, volumes, serial, removal }: CreationParts) {
    this.#parts = parts;
    this.#flags = parts.env.flags.read(virtFlags);
    this.#images = images;
    this.#volumes = volumes;
    this.#serial = serial;
    this.#removal = removal;
  }

  *spawn(
    ctxt: RequestContext,
    { instance, image, networkInfo, volumes, injectedFiles = [] }: SpawnRequest,
  ): Op<void> {
    const { hypervisor, env } = this.#parts;
    env.log("info", "Creating image");
    const fromImage = isBootedFromImage(instance, volumes);
    const bytes = fromImage ? yield* this.#images.fetch(ctxt, instance.image_ref) : 0;
    if (instance.root_gb > 0 && bytes > instance.root_gb * GIB) throw new FlavorDiskTooSmall();
    if (image === null) yield* imageOfInstance(this.#parts, ctxt, instance);
    // The domain's XML names the taps, so this is where the ports must be there.
    const vifs = yield* networkInfo.wait();
    makeConfigDrive(this.#parts, instance);
    const flavor = yield* guestFlavor(this.#parts, instance);
    yield* this.#volumes.describe(instance, volumes);
    checkVifTypes(vifs);
    for (const volume of volumes) {
      hypervisor.disks.add(instance.uuid, diskOf(volume.device_name), volume.serial);
    }
    const contents = guestContents(this.#flags, instance, image, injectedFiles);
    const backing = fromImage ? { backing: instance.image_ref } : {};
    const serialPorts = this.#serial.acquire(flavor, image?.properties ?? {});
    const root = { bytes, contents, serialPorts, ...backing };
    yield* this.#createDomainAndNetwork(ctxt, { instance, networkInfo: vifs, volumes }, root);
    env.log("info", "Instance spawned successfully.");
  }

  /** A guest out of disks that are there. */
  *remake(
    ctxt: RequestContext,
    guest: ReturningGuest,
    root: RootDisk,
    options: Omit<CreationOptions, "powerOn">,
  ): Op<void> {
    const { instance, networkInfo, volumes, powerOn } = guest;
    const { properties } = yield* imageOfInstance(this.#parts, ctxt, instance);
    const flavor = yield* guestFlavor(this.#parts, instance);
    yield* this.#volumes.describe(instance, volumes);
    checkVifTypes(networkInfo);
    this.#parts.hypervisor.disks.set(
      instance.uuid,
      volumes.map((volume) => [diskOf(volume.device_name), volume.serial] as const),
    );
    const serialPorts = this.#serial.acquire(flavor, properties);
    const making = { ...options, powerOn };
    yield* this.#createDomainAndNetwork(ctxt, guest, { ...root, serialPorts }, making);
    if (powerOn) this.#parts.env.log("info", "Instance running successfully.");
  }

  /** `_create_domain_and_network`: start paused, resume once every VIF is plugged. */
  *#createDomainAndNetwork(
    ctxt: RequestContext,
    { instance, networkInfo: vifs, volumes }: ComingGuest,
    root: GuestFrame,
    { powerOn, plugged, operation }: CreationOptions = NEW_GUEST,
  ): Op<void> {
    yield* this.#volumes.connect(ctxt, volumes);
    const { vif_plugging_timeout: timeout, vif_plugging_is_fatal: fatal } = this.#flags;
    const { hypervisor, virtApi, env } = this.#parts;
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
        yield* virtApi.waitForInstanceEvents(instance, events, options, create);
      }
    } catch (error) {
      if (error instanceof VirtualInterfaceCreateException) {
        yield* this.#removal.cleanUp(ctxt, instance, vifs, volumes, true);
        throw error;
      }
      if (!(error instanceof TimedOut)) throw error;
      const { uuid } = instance;
      env.log("warning", `Timeout waiting for vif plugging callback for instance ${uuid}`);
      if (fatal) {
        yield* this.#removal.cleanUp(ctxt, instance, vifs, volumes, true);
        throw new VirtualInterfaceCreateException();
      }
    }
    if (powerOn) hypervisor.setPowerState(instance.uuid, powerStates.RUNNING);
  }

  *#createDomain(
    instance: Instance,
    root: GuestFrame & Pick<Guest, "powerState">,
    vifs: NetworkInfo,
    operation: HypervisorOperation,
  ): Op<void> {
    const { hypervisor, bridge, latency, env } = this.#parts;
    plugVifs(bridge, instance, vifs);
    const whole = env.stream("hypervisor").within(latency.spawn);
    const started = root.powerState === powerStates.PAUSED ? shorter(whole, QEMU_STARTS) : whole;
    try {
      yield* hypervisor.attempt(operation);
    } catch (error) {
      // What cannot be done is found out as late as what can.
      yield* sleep(whole);
      throw error;
    }
    yield* sleep(started);
    hypervisor.define({
      uuid: instance.uuid,
      name: instance.name,
      vcpus: instance.vcpus,
      memory_mb: instance.memory_mb,
      disk_gb: instance.root_gb + instance.ephemeral_gb,
      ...root,
      interfaces: vifs.map(({ devname, address }) => ({ name: devname, mac: address })),
    });
    if (started < whole) yield* sleep(between(started, whole));
  }
}
