/**
 * A cloud that is driven: time goes by here and nowhere else, and nothing happens between two calls. Each is
 * noted as an act, so that the whole can be done again. What is done to hosts and processes is `CloudOperating`'s.
 */
import {
  assertFunction,
  formatDuration,
  microseconds,
  type Duration,
  type Op,
} from "../../kernel/index.js";
import type { CloudSetup } from "../assembly.js";
import { assertStarted } from "../users/client-call.js";
import { asDuration, type DurationText } from "./checks.js";
import { CloudUsers } from "./cloud-users.js";
import { notReached } from "./errors.js";
import { Operations } from "./operations.js";
import type { OwnActor } from "./own-actor.js";
import { OwnActors } from "./own-actors.js";

/**
 * The part of a cloud that lets time go by: what a helper of a test should ask for that drives one.
 *
 * @example
 * ```ts
 * import { Cloud, type CloudDriving } from "novasim";
 *
 * const settled = (cloud: CloudDriving): number => {
 *   cloud.settle();
 *   return cloud.now;
 * };
 * settled(new Cloud({ seed: 1 })); // → 0
 * ```
 */
export abstract class CloudDriving extends CloudUsers {
  readonly #operations = new Operations<this>(this.kernel, this.journal);
  readonly #own = new OwnActors(this.kernel, this.assembly.others);

  protected constructor(setup: CloudSetup) {
    super(setup);
    this.assembly.start();
  }

  /**
   * Drive the cloud until an operation has ended.
   * @param op an operation; or a function that makes it, which a `fork` can call again
   * @returns what it comes to
   * @throws what it throws; Stalled if it can never end, and then it is given up;
   *   DriverError for what is no operation, has been run before, or is run from inside another
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * const { nova } = cloud.user("demo");
   * const server = cloud.run(nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
   * server.status; // → "BUILD"
   * ```
   */
  run<T>(op: Op<T> | ((cloud: this) => Op<T>)): T {
    return this.#operations.begin(this, op, {
      again: (cloud, make) => cloud.run(make),
      act: (operation) => this.kernel.complete(operation, { name: "run" }),
    });
  }

  /**
   * Let an actor of one's own go on beside the driver: a keeper, an autoscaler. No time goes by here.
   * @param name `keeper`, which runs as `keeper@controller`, or `keeper@host`: who it is in recordings,
   *   in errors, and to `crash`
   * @param op its life: an operation, or a function that makes it, which a `fork` can call again
   * @returns its handle. What it throws ends whatever drives the cloud then (UnhandledError)
   * @throws DriverError for what is no operation, or a name that an actor has
   *
   * @example
   * ```ts
   * import { Cloud, seconds, sleep } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * const nova = cloud.user("demo").as("keeper").nova;
   * const keeper = cloud.spawn("keeper", function* () {
   *   const { id } = yield* nova.boot({ name: "web", flavor: "m1.nano", image: "cirros" });
   *   while ((yield* nova.show(id)).status === "BUILD") yield* sleep(seconds(2));
   *   return id;
   * });
   * cloud.settle();
   * keeper.result === cloud.id("server", "web"); // → true
   * ```
   */
  spawn<T>(name: string, op: Op<T> | ((cloud: this) => Op<T>)): OwnActor<T> {
    return this.#operations.begin(this, op, {
      again: (cloud, make) => cloud.spawn(name, make),
      act: (operation) =>
        this.#own.spawn(name, operation, {
          taken: this.actors,
          cancel: (index, act) => {
            this.journal.note((cloud) => cloud.#own.at(index)?.cancel(), act);
          },
        }),
    });
  }

  /**
   * Drive the cloud until nothing is under way but what goes on for ever.
   * @throws Stalled if something waits for what will never be; DriverError for a call that was never run
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.server("t1")?.status; // → "ACTIVE"
   * ```
   */
  settle(): void {
    this.journal.note(
      (cloud) => {
        cloud.settle();
      },
      () => {
        assertStarted(this.unstarted);
        this.kernel.settle();
      },
    );
  }

  /**
   * Let time go by, and everything happen that is due.
   * @param duration `"60s"`, or `seconds(60)`
   * @throws DriverError for what is no length of time, or for a call that was made and never run
   *
   * @example
   * ```ts
   * import { Cloud, minutes } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.advance("1.5s");
   * cloud.advance(minutes(1));
   * cloud.now; // → 61500000
   * ```
   */
  advance(duration: Duration | DurationText): void {
    this.kernel.assertOutside();
    assertStarted(this.unstarted);
    this.#pass(asDuration(duration, this.kernel));
  }

  /**
   * Let the next thing happen, and nothing else: one step of one actor, one message that arrives.
   * @returns false if nothing is due at any time
   * @throws DriverError for a call that was made and never run
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").begin("nova list");
   * while (cloud.timeline.length === 0) cloud.step();
   * cloud.timeline.entries[0]?.kind; // → "rest.request"
   * ```
   */
  step(): boolean {
    this.kernel.assertOutside();
    assertStarted(this.unstarted);
    return this.journal.noteMuch(
      "step",
      1,
      (cloud, much) => {
        for (let step = 0; step < much; step++) cloud.step();
      },
      () => this.kernel.step(),
    );
  }

  /**
   * Drive the cloud until a condition holds, and not a step further.
   * @param condition is asked before each step, so it should only read: this cloud, which it is given, so that a
   *   `fork` can ask it of another
   * @param within how long to wait for it at most
   * @throws ConditionError if it does not hold by then, with the last of the flow
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.runUntil((it) => it.server("t1")?.task_state === "spawning", "1m");
   * cloud.crash("compute-1"); // in the middle of the boot
   * ```
   */
  runUntil(condition: (cloud: this) => boolean, within: Duration | DurationText): void {
    assertFunction(condition, "runUntil", "a condition: a function that is given the cloud");
    this.journal.note(
      (cloud) => {
        cloud.runUntil(condition, within);
      },
      () => {
        assertStarted(this.unstarted);
        const last = this.kernel.now + asDuration(within, this.kernel);
        if (this.kernel.runUntil(() => condition(this), last)) return;
        this.kernel.run(last);
        const length = typeof within === "number" ? formatDuration(within) : within;
        const [busy, tail] = [this.activity(), this.tail()];
        throw notReached(condition, length, { now: this.kernel.now, busy, tail });
      },
    );
  }

  /**
   * Do anything with this cloud in a way that a `fork` can do again: what `run` of an operation that you hold
   * is not. The function should use nothing but what it is given.
   *
   * @example
   * ```ts
   * import { Cloud, sleep, seconds } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.act((it) => it.kernel.spawn(sleep(seconds(3)), { name: "nap" }));
   * cloud.settle();
   * cloud.fork().now === cloud.now; // → true
   * ```
   */
  act<T>(act: (cloud: this) => T): T {
    assertFunction(act, "act", "a function that is given the cloud");
    return this.journal.note(act, () => act(this));
  }

  /** Kill actors of one's own by name, or all of a host. @returns whether there were any */
  protected crashOwn(target: string): boolean {
    return this.#own.crash(target);
  }

  #pass(length: Duration): void {
    this.journal.noteMuch(
      "advance",
      length,
      (cloud, much) => {
        cloud.#pass(microseconds(much));
      },
      () => {
        this.kernel.run(this.kernel.now + length);
      },
    );
  }
}
