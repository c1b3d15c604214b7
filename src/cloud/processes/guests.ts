/**
 * The processes inside guests: each program of a guest's image that a project knows (`on: "guests"`) is
 * started when the guest has booted, and is gone from one moment to the next when the guest is off. What
 * such a process has for a disk lasts as long as the guest. Upstream: an init script in an image.
 */
import type { GuestMachine } from "../../framework/guest-machine.js";
import type { Host } from "../../framework/project.js";
import type { GuestContents, GuestSystem } from "../../hardware/guest-programs.js";
import type { Guest, Hypervisor } from "../../hardware/hypervisor.js";
import { sleep, type Duration, type Op, type Span } from "../../kernel/index.js";
import { Slot, type SlotContext, type SlotPlan } from "./slot.js";

/** What a deployment says of the program of a name. */
export interface GuestPlan {
  readonly slot: SlotPlan;
  /** How long the system takes until it starts it. */
  readonly boot: Span;
}

export interface GuestDeployment {
  guestPlan(binary: string, host: Host): GuestPlan | undefined;
  volumeSize(volume: string): number | undefined;
  /** What was made for that host is gone. */
  forgetHost(name: string): void;
}

/** What a guest on a hypervisor has running. */
interface Life {
  readonly guest: Guest;
  readonly slots: readonly Slot[];
}

export class Guests {
  readonly #context: SlotContext;
  readonly #deployment: GuestDeployment;
  /** By guest. */
  readonly #lives = new Map<string, Life>();
  readonly #hypervisors: Hypervisor[] = [];
  /** The machines of guests that there are, by guest. */
  readonly #machines = new Map<string, Machine>();

  constructor(context: SlotContext, deployment: GuestDeployment) {
    this.#context = context;
    this.#deployment = deployment;
  }

  /** Programs of the guests that run. */
  get slots(): readonly Slot[] {
    return [...this.#lives.values()].flatMap(({ slots }) => slots);
  }

  /** What a hypervisor hands its guests to. */
  on(hypervisor: Hypervisor): GuestSystem<Guest> {
    this.#hypervisors.push(hypervisor);
    return {
      boot: (guest) => this.#boot(hypervisor, guest),
      moved: ({ uuid }) => {
        this.#machines.get(uuid)?.moveTo(hypervisor);
      },
      forget: ({ uuid }) => {
        // One that was moved is still there, or can come back.
        const elsewhere = this.#hypervisors.some(
          (other) => other !== hypervisor && other.guest(uuid) !== undefined,
        );
        if (elsewhere) return;
        const machine = this.#machines.get(uuid);
        this.#machines.delete(uuid);
        if (machine !== undefined) this.#deployment.forgetHost(machine.name);
      },
    };
  }

  #boot(hypervisor: Hypervisor, guest: Guest): () => void {
    const { uuid, contents } = guest;
    if (contents === undefined || contents.programs.length === 0) return () => undefined;
    const machine = this.#machineOf(hypervisor, guest, contents);
    machine.boots++;
    const { name } = machine;
    const host: Host = { name, memory_mb: guest.memory_mb, machine };
    const plans = contents.programs.flatMap((binary) => {
      return this.#deployment.guestPlan(binary, host) ?? [];
    });
    const slots = plans.map(({ slot, boot }) => this.#begin(new Slot(slot, this.#context), boot));
    this.#lives.set(uuid, { guest, slots });
    return () => {
      this.#lives.delete(uuid);
      for (const slot of slots) {
        slot.crash();
        // It may not have started yet.
        this.#context.kernel.haltAll(slot.actor.name);
      }
    };
  }

  #begin(slot: Slot, boot: Span): Slot {
    const { kernel } = this.#context;
    const { name: actor } = slot.actor;
    const time = kernel.stream(actor, "boot").within(boot);
    kernel.spawn(started(slot, time), { name: "boot", actor });
    return slot;
  }

  #machineOf(hypervisor: Hypervisor, guest: Guest, contents: GuestContents): Machine {
    const known = this.#machines.get(guest.uuid);
    known?.moveTo(hypervisor);
    if (known !== undefined) return known;
    const { hostname } = contents;
    const taken = [...this.#machines.values()].some(({ name }) => name === hostname);
    const name = taken ? `${hostname}.${guest.name}` : hostname;
    const machine = new Machine(name, hypervisor, guest, contents, (volume) =>
      this.#deployment.volumeSize(volume),
    );
    this.#machines.set(guest.uuid, machine);
    return machine;
  }
}

/** A guest, as long as there is one. */
class Machine implements GuestMachine {
  /** Its own, or one that tells it from another of that name, for those who look from outside. */
  readonly name: string;
  readonly uuid: string;
  readonly hostname: string;
  readonly files: ReadonlyMap<string, string>;
  boots = 0;
  #hypervisor: Hypervisor;
  readonly #volumeSize: (volume: string) => number | undefined;

  constructor(
    name: string,
    hypervisor: Hypervisor,
    { uuid }: Guest,
    { hostname, files }: GuestContents,
    volumeSize: (volume: string) => number | undefined,
  ) {
    this.name = name;
    this.uuid = uuid;
    this.hostname = hostname;
    this.files = files;
    this.#hypervisor = hypervisor;
    this.#volumeSize = volumeSize;
  }

  /** It is started on another host than before. */
  moveTo(hypervisor: Hypervisor): void {
    this.#hypervisor = hypervisor;
  }

  get memory_mb(): number {
    return this.#hypervisor.guest(this.uuid)?.memory_mb ?? 0;
  }

  diskSize(name: string): number | undefined {
    const serial = this.#hypervisor.disks.serial(this.uuid, name);
    return serial === undefined ? undefined : this.#volumeSize(serial);
  }
}

function* started(slot: Slot, after: Duration): Op<void> {
  yield* sleep(after);
  yield* slot.start();
}
