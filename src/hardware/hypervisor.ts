/**
 * A host's hypervisor: its guests, what images it keeps, how much it has. It lives on when
 * nova-compute crashes. Upstream: libvirtd, QEMU and /var/lib/nova/instances.
 */
import { Equipment } from "./equipment.js";
import { GuestActivity, type GuestCounters, type LoadChange } from "./guest-activity.js";
import { GuestDisks, type NumberedDisk } from "./guest-disks.js";
import type { GuestContents, GuestSystem } from "./guest-programs.js";
import { ImageFiles } from "./image-files.js";
import { LibvirtError } from "./libvirt-errors.js";
import { activityIn, transitions, type LifecycleListener, type Transition } from "./lifecycle.js";
import * as powerStates from "./power-states.js";
import type { PowerState } from "./power-states.js";

/** A domain. */
export interface Guest {
  readonly uuid: string;
  /** `instance-0000000a`. */
  readonly name: string;
  readonly vcpus: number;
  readonly memory_mb: number;
  /** Size of its disks as the guest sees them. */
  readonly disk_gb: number;
  /** What a snapshot of its root disk weighs. */
  readonly bytes: number;
  /** The image in the cache that its root disk stands on. */
  readonly backing?: string;
  readonly powerState: PowerState;
  /** What is on its root disk, where somebody has said so. */
  readonly contents?: GuestContents;
  /** Those that its network was made of. */
  readonly interfaces?: readonly GuestInterface[];
  /** TCP ports of the host behind which its serial consoles are. */
  readonly serialPorts?: readonly number[];
}

/** A card of a guest, and the tap behind it. */
export interface GuestInterface {
  readonly name: string;
  readonly mac: string;
}

/** QEMU's display :0. */
const FIRST_VNC_PORT = 5900;

/** What can be made to fail. */
export const HYPERVISOR_OPERATIONS = [
  "connect",
  "spawn",
  "snapshot",
  "power_off",
  "power_on",
  "soft_reboot",
  "reboot",
  "pause",
  "unpause",
  "suspend",
  "resume",
  "rescue",
  "unrescue",
  "destroy",
  "delete_instance_files",
  "attach_volume",
  "detach_volume",
  "migrate_disk_and_power_off",
  "finish_migration",
  "finish_revert_migration",
  "attach_interface",
  "detach_interface",
  "live_migration",
] as const;

export type HypervisorOperation = (typeof HYPERVISOR_OPERATIONS)[number];

/** What a host has of which nothing is said. */
export const DEFAULT_CAPACITY = { vcpus: 8, memory_mb: 16_384, disk_gb: 200 } as const;

export interface HypervisorOptions {
  readonly vcpus?: number | undefined;
  readonly memory_mb?: number | undefined;
  readonly disk_gb?: number | undefined;
}

/** Virtual time: what is counted of guests is counted by it. */
interface Clock {
  readonly now: number;
}

interface SetAside {
  readonly guest: Guest;
  readonly disks: readonly NumberedDisk[];
}

export class Hypervisor extends Equipment<HypervisorOperation> {
  readonly vcpus: number;
  readonly memory_mb: number;
  readonly disk_gb: number;
  readonly disks = new GuestDisks((uuid) => this.#isOn(uuid));
  readonly images: ImageFiles;
  readonly #guests = new Map<string, Guest>();
  /** Where the screens of guests that run can be seen, by guest. */
  readonly #vncPorts = new Map<string, number>();
  /** What guests were that boot something else for now, with their disks: `unrescue.xml`. */
  readonly #setAside = new Map<string, SetAside>();
  readonly #activities = new Map<string, GuestActivity>();
  readonly #domids = new Map<string, number>();
  #starts = 0;
  readonly #clock: Clock;
  #listener: LifecycleListener | undefined;
  /** What goes on in the guests that run, by guest: how to end it. */
  readonly #running = new Map<string, () => void>();
  /** Who starts what is in guests. */
  system: GuestSystem<Guest> | undefined;

  constructor(host: string, options: HypervisorOptions = {}, clock: Clock = { now: 0 }) {
    super(host);
    this.#clock = clock;
    this.images = new ImageFiles(clock);
    this.vcpus = options.vcpus ?? DEFAULT_CAPACITY.vcpus;
    this.memory_mb = options.memory_mb ?? DEFAULT_CAPACITY.memory_mb;
    this.disk_gb = options.disk_gb ?? DEFAULT_CAPACITY.disk_gb;
  }

  get guests(): readonly Guest[] {
    return [...this.#guests.values()];
  }

  guest(uuid: string): Guest | undefined {
    return this.#guests.get(uuid);
  }

  /** Define a guest, or define it anew. */
  define(guest: Guest): void {
    const before = this.#guests.get(guest.uuid)?.powerState;
    this.#guests.set(guest.uuid, guest);
    this.#servePort(guest);
    this.#switch(guest);
    this.#activityOf(guest).powered(this.#clock.now, activityIn(guest.powerState));
    this.#tell(guest.uuid, transitions(before, guest.powerState));
  }

  undefine(uuid: string): void {
    const guest = this.#guests.get(uuid);
    this.#tell(uuid, transitions(guest?.powerState, undefined));
    this.#switchOff(uuid);
    if (guest !== undefined) this.system?.forget(guest);
    this.#guests.delete(uuid);
    this.#vncPorts.delete(uuid);
    this.disks.forget(uuid);
    this.#activities.delete(uuid);
    this.#setAside.delete(uuid);
  }

  /** Another guest takes its place, under the same id, until `takeBack`. */
  replace(guest: Guest): void {
    const { uuid } = guest;
    const own = this.#guests.get(uuid);
    if (own === undefined) return;
    this.setPowerState(uuid, powerStates.SHUTDOWN);
    this.#setAside.set(uuid, { guest: own, disks: this.disks.withSerials(uuid) });
    this.disks.forget(uuid);
    this.define(guest);
  }

  /** Whether a guest of its own can come back. */
  hasSetAside(uuid: string): boolean {
    return this.#setAside.has(uuid);
  }

  takeBack(uuid: string): void {
    const own = this.#setAside.get(uuid);
    if (own === undefined) return;
    this.#setAside.delete(uuid);
    this.setPowerState(uuid, powerStates.SHUTDOWN);
    this.disks.set(uuid, own.disks);
    this.define({ ...own.guest, powerState: powerStates.RUNNING });
  }

  /** A guest that runs goes on on another host, from one moment to the next, with all that runs in it. */
  moveTo(destination: Hypervisor, uuid: string): void {
    const guest = this.#guests.get(uuid);
    if (guest === undefined) return;
    const [running, activity] = [this.#running.get(uuid), this.#activities.get(uuid)];
    const disks = this.disks.withSerials(uuid);
    this.#running.delete(uuid);
    this.#activities.delete(uuid);
    if (running !== undefined) destination.#running.set(uuid, running);
    if (activity !== undefined) destination.#activities.set(uuid, activity);
    destination.define(guest);
    destination.#tell(uuid, ["Resumed"]);
    destination.disks.set(uuid, disks);
    destination.system?.moved(guest);
    this.#tell(uuid, ["Paused"]);
    this.undefine(uuid);
  }

  /** A guest gets busy, or has less to do, whether it runs or not. */
  setLoad(uuid: string, load: LoadChange): void {
    const guest = this.guest(uuid);
    if (guest !== undefined) this.#activityOf(guest).setLoad(this.#clock.now, load);
  }

  /** What a guest has done since it was started; undefined if there is none. */
  counters(uuid: string): GuestCounters | undefined {
    return this.#activities.get(uuid)?.counters(this.#clock.now);
  }

  #activityOf({ uuid, vcpus }: Guest): GuestActivity {
    const known = this.#activities.get(uuid) ?? new GuestActivity(vcpus);
    this.#activities.set(uuid, known);
    return known;
  }

  setPowerState(uuid: string, powerState: PowerState): void {
    const guest = this.#guests.get(uuid);
    if (guest !== undefined) this.define({ ...guest, powerState });
  }

  /** `virDomainGetID`: each start of a guest has its own; -1 while it is off. */
  domid(uuid: string): number {
    return this.#domids.get(uuid) ?? -1;
  }

  /** `virDomainManagedSave`: it is off, and what runs in it is there when it is started. */
  save(uuid: string): void {
    const running = this.#running.get(uuid);
    this.#running.delete(uuid);
    this.setPowerState(uuid, powerStates.SHUTDOWN);
    if (running !== undefined) this.#running.set(uuid, running);
  }

  /** The port of a guest's screen; -1 while it has none (`<graphics autoport='yes'>`). */
  vncPort(uuid: string): number {
    return this.#vncPorts.get(uuid) ?? -1;
  }

  override failure(words: string): LibvirtError {
    return new LibvirtError(words);
  }

  /** Who is told of guests that change, whoever had them do so; the last one to ask. */
  listen(listener: LifecycleListener | undefined): void {
    this.#listener = listener;
  }

  /** A guest shuts down by itself. */
  stopGuest(uuid: string): void {
    this.setPowerState(uuid, powerStates.SHUTDOWN);
  }

  /** Somebody starts a guest behind Nova's back. */
  startGuest(uuid: string): void {
    this.setPowerState(uuid, powerStates.RUNNING);
  }

  /** The host goes down: guests are off when it comes back, disks and images are there. */
  powerLost(): void {
    this.#listener = undefined;
    for (const { uuid } of this.guests) this.setPowerState(uuid, powerStates.SHUTDOWN);
  }

  /** The first port that is free, from when it is started until it is switched off. */
  #servePort({ uuid, powerState }: Guest): void {
    if (powerState !== powerStates.RUNNING && powerState !== powerStates.PAUSED) {
      this.#vncPorts.delete(uuid);
      this.disks.switchedOff(uuid);
    } else if (!this.#vncPorts.has(uuid)) {
      const taken = new Set(this.#vncPorts.values());
      let port = FIRST_VNC_PORT;
      while (taken.has(port)) port++;
      this.#vncPorts.set(uuid, port);
    }
  }

  /** Its programs go on while it is paused; nothing of them is left when it is off. */
  #switch({ uuid, powerState }: Guest): void {
    if (powerState === powerStates.RUNNING) this.#switchOn(uuid);
    else if (powerState !== powerStates.PAUSED) this.#switchOff(uuid);
  }

  #switchOn(uuid: string): void {
    const guest = this.#guests.get(uuid);
    if (guest === undefined || this.system === undefined || this.#running.has(uuid)) return;
    this.#running.set(uuid, this.system.boot(guest));
  }

  #switchOff(uuid: string): void {
    const end = this.#running.get(uuid);
    this.#running.delete(uuid);
    end?.();
  }

  #isOn(uuid: string): boolean {
    const state = this.guest(uuid)?.powerState;
    return state === powerStates.RUNNING || state === powerStates.PAUSED;
  }

  #tell(uuid: string, told: readonly Transition[]): void {
    for (const transition of told) {
      if (transition === "Started") this.#domids.set(uuid, ++this.#starts);
      if (transition === "Stopped") this.#domids.delete(uuid);
      this.#listener?.(uuid, transition);
    }
  }
}
