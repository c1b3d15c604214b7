/**
 * A whole cloud in one value: kernel, bus, network, databases and every process on its host, started
 * and settled. It is driven synchronously: nothing happens between two calls of the methods here.
 * Not a scenario (that is a list of what to do with one) and not a recording (that only watches).
 */
import { assertFault, type CutDirection, type Fault, type FaultSpec } from "../faults/index.js";
import { assertOptions, assertText, DriverError } from "../kernel/index.js";
import type { CloudSetup } from "./assembly.js";
import { FaultHandle } from "./faults/fault-handle.js";
import { assertTopic } from "./faults/topics.js";
import { CloudOperating } from "./driving/cloud-operating.js";
import { Snapshot, type ForkOptions } from "./replay/snapshot.js";

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
export class Cloud extends CloudOperating {
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
    assertFault(fault, "inject");
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
    options: { readonly direction?: CutDirection } = {},
  ): FaultHandle {
    assertText(host, "partition", 'a process or a host, such as "compute-1"');
    assertOptions(options, "partition", ["direction"]);
    return this.inject({ cut_off: { host, peer, direction: options.direction } });
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
  hold(topic: string, options: { readonly host?: string } = {}): FaultHandle {
    assertText(topic, "hold", 'a topic, such as "scheduler"');
    assertOptions(options, "hold", ["host"]);
    return this.inject({ stall: { topic, host: options.host } });
  }

  /**
   * Take back faults: all, those of one kind (`delay`, `driver`), or those of a process or host.
   * @throws Error for what is none of these
   */
  heal(what?: string): void {
    if (what !== undefined) {
      assertText(what, "heal", 'a fault such as "drop", or a process or host, or nothing for all');
    }
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
}
