/**
 * A cloud that is driven: time goes by here and nowhere else, and nothing happens between two calls. Each is
 * noted as an act, so that the whole can be done again. What is done to hosts and processes is `Cloud`'s.
 */
import {
  DriverError,
  formatDuration,
  microseconds,
  type Duration,
  type Greenthread,
  type Op,
} from "../../kernel/index.js";
import { CONTROLLER } from "../../framework/project.js";
import type { ClientUser } from "../../clients/index.js";
import { AUTH_URL, keystoneDatabase } from "../../services/keystone/project.js";
import { didYouMeanOrSome } from "../../text/nearest.js";
import { Assembly, type CloudSetup } from "../assembly.js";
import { CloudReading } from "../reading/cloud-reading.js";
import { Journal } from "../replay/journal.js";
import { ClientCall, assertStarted, type Unstarted } from "../users/client-call.js";
import type { UserContext } from "../users/api-user.js";
import { User } from "../users/user.js";
import { asDuration, asOperation, type DurationText } from "./checks.js";
import { ConditionError } from "./errors.js";
import { OwnActor, life } from "./own-actor.js";

/** How many lines of the flow an error shows. */
const TAIL = 12;

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
export abstract class CloudDriving extends CloudReading {
  protected readonly journal = new Journal<this>();
  readonly #users: ReadonlyMap<string, User>;
  readonly #actors: { readonly actor: OwnActor<unknown>; readonly thread: Greenthread }[] = [];
  /** An operation runs once: after that it is at its end. */
  readonly #ran = new WeakSet<object>();
  readonly #unstarted: Unstarted = new Set();

  protected constructor(setup: CloudSetup) {
    super(new Assembly(setup));
    this.#users = this.#makeUsers();
    this.assembly.start();
  }

  /**
   * Who types command lines and has clients for every service: `demo`, `admin`, or who was named in `users`.
   * @throws Error naming the users that there are
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova list").exit; // → 0
   * ```
   */
  user(name: string): User {
    const user = this.#users.get(name);
    if (user === undefined) {
      throw new Error(
        `there is no user "${name}"; there are ${[...this.#users.keys()].join(", ")}`,
      );
    }
    return user;
  }

  /**
   * What somebody logs in with: a user, or the user of a service (`nova`, `toy`), as Keystone has them at this
   * instant. For managers of one's own that ask the APIs, with `ServiceClients`.
   * @throws Error naming the users that there are
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const { username, tenantName } = new Cloud({ seed: 1 }).credentials("neutron");
   * username; // → "neutron"
   * tenantName; // → "service"
   * ```
   */
  credentials(name: string): ClientUser {
    const user = this.#users.get(name);
    if (user !== undefined) return user.credentials;
    const { users, assignments, projects } = this.stored(keystoneDatabase);
    const row = users.first({ name });
    if (row === undefined) {
      const known = users.find().map((other) => other.name);
      throw new Error(`there is no user "${name}". ${didYouMeanOrSome(name, known)}`);
    }
    const [project] = assignments
      .find({ actor_id: row.uuid })
      .flatMap(({ target_id }) => projects.get(target_id)?.name ?? []);
    return {
      username: name,
      password: row.password ?? "",
      tenantName: project ?? "",
      authUrl: AUTH_URL,
    };
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
   * const server = cloud.run(
   *   cloud.user("demo").nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }),
   * );
   * server.status; // → "BUILD"
   * ```
   */
  run<T>(op: Op<T> | ((cloud: this) => Op<T>)): T {
    return this.#withOp(
      op,
      (cloud, make) => cloud.run(make),
      (operation) => this.kernel.complete(operation, { name: "run" }),
    );
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
    const actor = name.includes("@") ? name : `${name}@${CONTROLLER}`;
    const [service = "", host = ""] = actor.split("@");
    return this.#withOp(
      op,
      (cloud, make) => cloud.spawn(name, make),
      (operation) => {
        if (this.actors.some((other) => other.name === actor)) {
          throw new DriverError(`there is an actor ${actor} already: give this one another name`);
        }
        const thread = this.kernel.spawn(life(this.kernel, actor, operation), {
          name: "life",
          actor,
        });
        const index = this.#actors.length;
        const own = new OwnActor(actor, thread, (act) => {
          this.journal.note((cloud) => cloud.#actors[index]?.actor.cancel(), act);
        });
        this.#actors.push({ actor: own, thread });
        this.assembly.others.push({ name: actor, service, project: "own", host });
        return own;
      },
    );
  }

  /**
   * Drive the cloud until nothing is under way but what goes on for ever.
   * @throws Stalled if something waits for what will never be; DriverError for a call of a user's client
   *   that was made and never run
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
        assertStarted(this.#unstarted);
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
    assertStarted(this.#unstarted);
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
    assertStarted(this.#unstarted);
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
    this.journal.note(
      (cloud) => {
        cloud.runUntil(condition, within);
      },
      () => {
        assertStarted(this.#unstarted);
        const last = this.kernel.now + asDuration(within, this.kernel);
        if (this.kernel.runUntil(() => condition(this), last)) return;
        this.kernel.run(last);
        const tail = this.tail(TAIL);
        throw new ConditionError(this.#notReached(condition, within, tail), tail);
      },
    );
  }

  /**
   * Do anything with this cloud in a way that a `fork` can do again: what `run` of an operation that you hold
   * is not. The function should use nothing but what it is given.
   * @returns what it returns
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
    return this.journal.note(act, () => act(this));
  }

  /** Kill actors of one's own by name, or all of a host. @returns whether there were any */
  protected crashOwn(target: string): boolean {
    const [...doomed] = this.#actors.filter(
      ({ actor: { name, done } }) => !done && (name === target || name.endsWith(`@${target}`)),
    );
    for (const { thread } of doomed) thread.halt();
    return doomed.length > 0;
  }

  /** So much time goes by. */
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

  /** Do something with an operation, and note how it is done again, if it can be. */
  #withOp<T, R>(
    op: Op<T> | ((cloud: this) => Op<T>),
    again: (cloud: this, make: (cloud: this) => Op<T>) => unknown,
    act: (operation: Op<T>) => R,
  ): R {
    if (typeof op === "function") {
      return this.journal.note(
        (cloud) => again(cloud, op),
        () => act(taken(asOperation(op(this)))),
      );
    }
    const operation = asOperation(op);
    if (this.#ran.has(operation)) {
      throw new DriverError("this operation has been run already: make a new one for each run");
    }
    this.#ran.add(operation);
    const call: Op<unknown> = operation;
    if (call instanceof ClientCall) {
      return this.journal.note(
        (cloud) => again(cloud, (other) => call.again(other) as Op<T>),
        () => act(taken(operation)),
      );
    }
    this.journal.break(
      `at ${formatDuration(this.kernel.now)} it was given an operation that only it could run; ` +
        'give a function that makes it instead, as cloud.run((cloud) => keepOneRunning(cloud.user("demo")))',
    );
    return this.journal.note(
      () => undefined,
      () => act(operation),
    );
  }

  #notReached(
    condition: (cloud: this) => boolean,
    within: Duration | DurationText,
    tail: readonly string[],
  ): string {
    const length = typeof within === "number" ? formatDuration(within) : within;
    const words = String(condition).replaceAll(/\s+/gu, " ").slice(0, 200);
    const busy = this.activity();
    return [
      `this did not hold within ${length} (it is ${formatDuration(this.kernel.now)} now): ${words}`,
      ...(busy.length === 0 ? ["nothing is under way"] : ["under way:", ...busy.map(indented)]),
      ...(tail.length === 0 ? [] : ["the last of the flow:", ...tail.map(indented)]),
    ].join("\n");
  }

  #makeUsers(): ReadonlyMap<string, User> {
    const { kernel, bus, network, deployment, flags, userFiles, accounts, others } = this.assembly;
    const { resolve, catalog, site } = deployment;
    const note = <T>(again: (cloud: object) => unknown, act: () => T): T =>
      this.journal.note(again, act);
    const users = accounts.map((account): [string, User] => {
      const context: UserContext = {
        kernel,
        bus,
        network,
        resolve,
        catalog,
        site,
        note,
        unstarted: this.#unstarted,
        flags: flags.for("nova-client"),
        authUrl: AUTH_URL,
        files: userFiles,
        same: (cloud) => (cloud instanceof CloudDriving ? cloud.user(account.name) : undefined),
      };
      const user = new User(account, context);
      others.push(...user.actors);
      return [account.name, user];
    });
    return new Map(users);
  }
}

/** A call that is in good hands is not missed, though it begins later. */
function taken<T>(operation: Op<T>): Op<T> {
  const call: Op<unknown> = operation;
  if (call instanceof ClientCall) call.taken();
  return operation;
}

const indented = (line: string): string => `  ${line}`;
