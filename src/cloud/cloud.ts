/**
 * A whole cloud in one value: kernel, bus, network, databases and every process on its host, started
 * and settled. It is driven synchronously: nothing happens between two calls of the methods here.
 * Not a scenario (that is a list of what to do with one) and not a recording (that only watches).
 */
import type { CutDirection, Fault, FaultSpec } from "../faults/index.js";
import type { LoadChange } from "../hardware/guest-activity.js";
import { RUNNING } from "../hardware/power-states.js";
import { DriverError } from "../kernel/index.js";
import { hypervisor } from "../services/hardware.js";
import { novaDatabase } from "../services/nova/project.js";
import type { Actor } from "../timeline/index.js";
import type { AddOptions, OwnProject, OwnService } from "./add.js";
import type { CloudSetup } from "./assembly.js";
import { CloudDriving } from "./driving/cloud-driving.js";
import { FaultHandle } from "./faults/fault-handle.js";
import { assertTopic } from "./faults/topics.js";
import { Snapshot, type ForkOptions } from "./replay/snapshot.js";
import { Guest } from "./users/guest.js";

export type { CloudSetup };

/**
 * A cloud, ready at virtual time 0.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1, computes: 3 });
 * const demo = cloud.user("demo");
 * cloud.run(
 *   demo.nova.boot({ name: "t3", flavor: "m1.nano", image: "cirros", networks: ["private"] }),
 * );
 * cloud.settle();
 * cloud.server("t3")?.status; // → "ACTIVE"
 * ```
 */
export class Cloud extends CloudDriving {
  readonly #setup: CloudSetup;
  readonly #faults: FaultHandle[] = [];

  /**
   * @param setup what the cloud is made of; everything has a default
   * @throws CloudError for options that cannot be; FlagError for a flag that no service reads
   */
  constructor(setup: CloudSetup = {}) {
    super(setup);
    this.#setup = setup;
  }

  /**
   * Put a service of one's own on a host, and start it.
   * @throws FlagError for flags that it does not read; what its manager throws before it has started
   */
  add(service: OwnService, options?: AddOptions): Actor;
  /**
   * Put an OpenStack project of one's own beside the others, tell Keystone of it, and start it:
   * what runs on the controller on a host, the rest on every compute host.
   * @throws CloudError for names that others have, or if it cannot start: nothing is added then;
   *   FlagError for flags that it does not read
   */
  add(project: OwnProject, options?: AddOptions): readonly Actor[];
  /** Either of them. */
  add(own: OwnService | OwnProject, options?: AddOptions): Actor | readonly Actor[];
  add(own: OwnService | OwnProject, options: AddOptions = {}): Actor | readonly Actor[] {
    const { roster } = this.assembly;
    return this.#noted(
      // Of either kind, as an overload cannot say.
      (cloud) => ("processes" in own ? cloud.add(own, options) : cloud.add(own, options)),
      () =>
        "processes" in own ? roster.addProject(own, options) : roster.addService(own, options),
    );
  }

  /**
   * Start a process (`nova-compute@compute-1`) or all of a host.
   * @param options.background go on at once, and let it start meanwhile: what it waits for may take
   *   long to come, and nobody waits for it
   * @throws Error for an unknown one; Error for one that has not started after ten minutes of
   *   virtual time, with what it waits for: it waits on, as Juno's do
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.crash("nova-conductor@controller");
   * cloud.start("nova-conductor@controller");
   * cloud.activity().length; // → 0
   * ```
   */
  start(target: string, { background = false }: { readonly background?: boolean } = {}): void {
    this.#noted(
      (cloud) => {
        cloud.start(target, { background });
      },
      () => {
        this.assembly.roster.start(target, background);
      },
    );
  }

  /**
   * Stop a process or all of a host, as asked politely: what it does is finished first.
   * @throws Error for an unknown one; Error for one that has not stopped after ten minutes of
   *   virtual time, with what it waits for
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.stop("nova-scheduler@controller");
   * cloud.activity().join(); // → "nova-scheduler@controller is not running"
   * ```
   */
  stop(target: string): void {
    this.#noted(
      (cloud) => {
        cloud.stop(target);
      },
      () => {
        this.assembly.roster.stop(target);
      },
    );
  }

  /**
   * Kill a process, one of its workers (`nova-api:2@controller`), an actor of one's own, or a host with all its
   * processes and guests. @throws Error for an unknown one
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.crash("compute-1");
   * cloud.guests()[0]?.power_state; // → "Shutdown"
   * ```
   */
  crash(target: string): void {
    this.journal.note(
      (cloud) => {
        cloud.crash(target);
      },
      () => {
        if (this.crashOwn(target) && target.includes("@")) return;
        this.assembly.roster.crash(target);
      },
    );
  }

  /**
   * The guest of a server, by the server's name (the newest) or id, to ask what it would ask by itself.
   * @throws Error if there is no such server, or if it does not run
   */
  guest(name: string): Guest {
    const { id } = this.server(name) ?? {};
    const { deployment, infrastructure } = this.assembly;
    const running = [...infrastructure.onComputes(hypervisor).values()].some(
      (host) => host.guest(id ?? "")?.powerState === RUNNING,
    );
    if (id === undefined) throw new Error(`there is no server "${name}"`);
    if (!running) throw new Error(`the guest of server "${name}" does not run`);
    const { hostname = name } = infrastructure.of(novaDatabase).instances.get(id) ?? {};
    const route = () => deployment.guestRoute(id);
    return new Guest({
      hostname,
      network: this.network,
      route,
      note: (again, act) => this.#noted((cloud) => again(cloud.guest(name)), act),
    });
  }

  /**
   * The guest of a server gets busy, or has less to do; what is not said stays. @param name or id of the server
   * @throws Error if there is no such server, or no guest of it
   */
  load(name: string, load: LoadChange): void {
    this.#noted(
      (cloud) => {
        cloud.load(name, load);
      },
      () => {
        const { id } = this.server(name) ?? {};
        if (id === undefined) throw new Error(`there is no server "${name}"`);
        const hosts = [...this.assembly.infrastructure.onComputes(hypervisor).values()];
        // One that is resized is on two hosts, and runs on one.
        const host =
          hosts.find((each) => each.guest(id)?.powerState === RUNNING) ??
          hosts.find((each) => each.guest(id) !== undefined);
        if (host === undefined) throw new Error(`no host has the guest of server "${name}"`);
        host.setLoad(id, load);
      },
    );
  }

  /**
   * Make something fail: a message, a request, a connection, hardware; `docs/faults.md` has all verbs.
   * @returns its handle, which knows how often it has struck, and ends it
   * @throws Error for what cannot be made to fail, an unknown place or topic
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * const lost = cloud.inject({ drop: { method: "build_and_run_instance" } });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * lost.strikes; // → 1
   * cloud.server("t1")?.status; // → "BUILD"
   * ```
   */
  inject(fault: FaultSpec): FaultHandle {
    return this.journal.note(
      (cloud) => cloud.inject(fault),
      () => {
        assertTopic(this.bus, fault);
        return this.#held(this.assembly.faults.declare(fault));
      },
    );
  }

  /**
   * Nothing gets from one process or host to another, on the bus or by REST, and nobody is told. What is sent on the
   * bus meanwhile arrives when it is healed.
   * @param host a process or a host
   * @param peer the only one that it is cut off from: a process, a host or `broker`. Default: everybody
   * @param options.direction `in` to the host, `out` of it, or `both`, the default
   * @throws Error for a process or host that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1, computes: 2 });
   * const link = cloud.partition("compute-1", "nova-conductor@controller");
   * cloud.advance("70s");
   * link.heal();
   * ```
   */
  partition(
    host: string,
    peer?: string,
    { direction }: { readonly direction?: CutDirection } = {},
  ): FaultHandle {
    return this.inject({ cut_off: { host, peer, direction } });
  }

  /**
   * Whoever serves a topic takes nothing from its queues, though it is there: messages wait until they are released.
   * @param topic `compute`, `scheduler` ...
   * @param options.host only those of a process or host
   * @returns its handle; `release()` lets everything go on in order
   * @throws Error for a topic at which nobody listens, or a place that there is not
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * const held = cloud.hold("scheduler");
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.advance("5s");
   * cloud.server("t1")?.task_state; // → "scheduling"
   * held.release();
   * cloud.settle();
   * cloud.server("t1")?.status; // → "ACTIVE"
   * ```
   */
  hold(topic: string, { host }: { readonly host?: string } = {}): FaultHandle {
    return this.inject({ stall: { topic, host } });
  }

  /**
   * Take back faults: all, those of one kind (`delay`, `driver`), or those of a process or host.
   * @throws Error for what is none of these
   */
  heal(what?: string): void {
    this.journal.note(
      (cloud) => {
        cloud.heal(what);
      },
      () => {
        this.assembly.faults.heal(what);
      },
    );
  }

  /**
   * Every fault that was let go wrong, in order; those that are over are among them.
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.inject({ drop: { topic: "scheduler" } });
   * cloud.heal("drop");
   * cloud.faults.map(({ kind, lifted }) => [kind, lifted]); // → [["drop", true]]
   * ```
   */
  get faults(): readonly FaultHandle[] {
    return [...this.#faults];
  }

  /**
   * This cloud as it is now, to be made again as often as one likes: for tests that share a beginning. What is made
   * again is everything that was done through the methods of a cloud and its users, from time 0 on; it costs what it
   * cost the first time. See `act` for what cannot be made again by itself.
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * const booted = cloud.snapshot();
   * const one = booted.fresh();
   * one.crash("compute-1");
   * booted.fresh().guests()[0]?.power_state; // → "Running"
   * ```
   */
  snapshot(): Snapshot<Cloud> {
    this.kernel.assertOutside();
    const { kernel, assembly } = this;
    const instant = { now: kernel.now, events: kernel.events, pending: kernel.pending };
    const setup = this.#setup;
    const lines = assembly.timeline?.lines.length;
    return new Snapshot<Cloud>(this.journal.history, ({ seed, faults = [], observer }) => {
      const watched = observer === undefined ? setup : { ...setup, observer };
      if (observer === undefined && setup.observer !== undefined && setup.observer !== null) {
        throw new DriverError(
          "this cloud has an observer of its own, which cannot watch two: give the other one its own, as fork({ observer })",
        );
      }
      const cloud = new Cloud(seed === undefined ? watched : { ...watched, seed });
      return {
        cloud,
        finish: () => {
          if (seed === undefined || seed === (setup.seed ?? 1)) {
            cloud.#assertSame(instant, observer === undefined ? lines : undefined);
          }
          for (const fault of faults) cloud.inject(fault);
        },
      };
    });
  }

  /**
   * Another cloud at this instant: the same, or with another fault, or with another seed from time 0 on. This one
   * stays as it is.
   * @param options what is to be different
   * @throws DriverError if something was done that cannot be done again
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1, computes: 2 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.runUntil((it) => it.server("t1")?.task_state === "spawning", "1m");
   * const host = cloud.server("t1")?.host ?? "";
   * const other = cloud.fork({ faults: [{ driver: "spawn", host, error: "no disk" }] });
   * cloud.settle();
   * other.settle();
   * cloud.server("t1")?.host === other.server("t1")?.host; // → false
   * ```
   */
  fork(options: ForkOptions = {}): Cloud {
    return this.snapshot().fresh(options);
  }

  /** @throws DriverError if this cloud is not where another was */
  #assertSame(
    { now, events, pending }: { now: number; events: number; pending: number },
    lines: number | undefined,
  ): void {
    const { kernel } = this;
    const same = kernel.now === now && kernel.events === events && kernel.pending === pending;
    if (same && (lines === undefined || this.assembly.timeline?.lines.length === lines)) return;
    throw new DriverError(
      "this cloud cannot be made again: something was done with it past its methods (through cloud.kernel, cloud.bus, " +
        "or a function that used more than the cloud it was given). Do that in cloud.act((cloud) => ...)",
    );
  }

  #held(fault: Fault): FaultHandle {
    const index = this.#faults.length;
    const handle = new FaultHandle(fault, (act) => {
      this.journal.note((cloud) => cloud.#faults[index]?.heal(), act);
    });
    this.#faults.push(handle);
    return handle;
  }

  #noted<T>(again: (cloud: Cloud) => unknown, act: () => T): T {
    this.kernel.assertOutside();
    return this.journal.note(again, act);
  }
}
