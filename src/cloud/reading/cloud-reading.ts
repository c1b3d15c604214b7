/**
 * A cloud that can be looked at: everything that is in it at this instant, and why. Nothing here sends a
 * message or lets time go by. How it is driven is `CloudDriving`'s.
 */
import { describe } from "../../text/complaints.js";
import type { Finding } from "../../framework/invariants.js";
import { findingsIn, leftoversIn } from "../../framework/inventory.js";
import type { WatchedStates } from "../../framework/observations.js";
import { assertText, DriverError, refuse, type Micros } from "../../kernel/index.js";
import { novaDatabase } from "../../services/nova/project.js";
import { didYouMeanOrSome } from "../../text/nearest.js";
import { explainServer, type Actor, type MemoryTimeline } from "../../timeline/index.js";
import { activity } from "../activity.js";
import { flowTail } from "./flow-tail.js";
import { mishapsOf } from "./mishaps.js";
import { assertValue } from "./query.js";
import { SERVERS, countServers, serverState, type ServerState } from "./server-state.js";
import { StoredReading } from "./stored-reading.js";
import { workIn } from "./work.js";

/**
 * The part of a cloud that only reads: what a check or a helper of a test should ask for.
 *
 * @example
 * ```ts
 * import { Cloud, type CloudReading } from "novasim";
 *
 * const failed = (cloud: CloudReading): number => cloud.count("ERROR");
 * failed(new Cloud({ seed: 1 })); // → 0
 * ```
 */
export abstract class CloudReading extends StoredReading {
  /** The virtual time, in microseconds since the run's epoch; 0 when a cloud is handed over. */
  get now(): Micros {
    return this.kernel.now;
  }

  /** Everybody who takes part, in the order in which they started; users and actors of one's own come last. */
  get actors(): readonly Actor[] {
    return this.assembly.actors;
  }

  /** The columns in which things of its projects have their states, by project and table. */
  get states(): WatchedStates {
    return this.assembly.deployment.states;
  }

  /** What has been recorded. @throws Error if an observer was passed in: there is none then */
  get timeline(): MemoryTimeline {
    const { timeline } = this.assembly;
    if (timeline === undefined) throw new Error("this cloud was made with an observer of its own");
    return timeline;
  }

  /**
   * A server as it is stored, by name (the newest, deleted ones last) or id.
   * @returns undefined if there never was one
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.server("t1")?.status; // → "BUILD"
   * ```
   */
  server(nameOrId: string): ServerState | undefined {
    assertText(nameOrId, "server", 'the name or id of a server, such as "web"');
    const state = serverState(this.stored(novaDatabase), nameOrId);
    return state && Object.freeze(state);
  }

  /**
   * How many servers there are of a status, as stored; without one, how many there are.
   * @throws DriverError for a status that no server ever has
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.user("demo").command("nova boot t --num-instances 2 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.count("ACTIVE"); // → 2
   * ```
   */
  count(status?: string): number {
    if (status === undefined) return this.stored(novaDatabase).instances.find().length;
    assertValue("count", "the status of a server", status, SERVERS.values?.status);
    return countServers(this.stored(novaDatabase), status);
  }

  /**
   * The id of a `network`, `image`, `server`, `flavor`, `project` ... by its name.
   * @returns undefined if there is none of that name
   * @throws DriverError for a kind of thing that has no ids by name in this cloud
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.id("image", "cirros") === cloud.images({ name: "cirros" })[0]?.id; // → true
   * ```
   */
  id(kind: string, name: string): string | undefined {
    const { deployment } = this.assembly;
    const { kinds } = deployment;
    assertText(kind, "id", 'a kind of thing, such as "network"');
    assertText(name, "id", "a name as the second argument");
    if (!kinds.includes(kind)) {
      throw new DriverError(
        `there are no ids of ${describe(kind)} in this cloud. ${didYouMeanOrSome(kind, kinds)}`,
      );
    }
    return deployment.resolve(kind, name);
  }

  /** What each service is doing right now, who is down, and what waits for nobody: one line each. */
  activity(): string[] {
    return activity(this.kernel, this.assembly.roster.slots, this.bus);
  }

  /**
   * Why a server is in its state: what wrote it, what led to that, what went wrong on the way and what has had no
   * answer, in lines of plain words. It reads the timeline alone.
   * @param nameOrId the newest of that name, or an id
   * @throws Error for a cloud without a timeline
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const cloud = new Cloud({ seed: 1 });
   * cloud.inject({ drop: { method: "build_and_run_instance" } });
   * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
   * cloud.settle();
   * cloud.explain("t1").some((line) => line.includes("was lost")); // → true
   * ```
   */
  explain(nameOrId: string): string[] {
    assertText(nameOrId, "explain", 'the name or id of a server, such as "web"');
    return explainServer(this.timeline, nameOrId);
  }

  /** What may be a mistake of whoever drives this cloud: faults that never struck. */
  warnings(): string[] {
    return this.assembly.faults.neverStruck().map((fault) => `this fault never struck: ${fault}`);
  }

  /**
   * What was left behind, one line each: what serves a server, a router or a volume that is gone, what
   * should have gone with it, quotas that count what is not there, states that nobody will end. Empty
   * where all is well; ask when nothing is under way.
   */
  leftovers(): string[] {
    return leftoversIn(this.assembly.deployment.inventories(this.#known));
  }

  /**
   * What should hold of any cloud and does not hold of this one: quotas, addresses, owners, hosts, outcomes,
   * passing states. What Juno itself breaks bears the name of that defect (`exception`). It may be asked at any
   * moment: of what somebody is at work on nothing is said before that is done, and of hosts not before two
   * minutes after the last change, when they have counted.
   */
  invariants(): Finding[] {
    return findingsIn(this.assembly.deployment.inventories(this.#known), !this.kernel.settled);
  }

  /** The last entries of the flow, one line each, oldest first; empty without a timeline. @param lines how many */
  tail(lines = 12): string[] {
    if (!Number.isSafeInteger(lines) || lines < 0) refuse(lines, "tail", "a number of lines");
    const { timeline } = this.assembly;
    return timeline === undefined ? [] : flowTail(timeline, lines);
  }

  /** What of the run those may know who look for what is wrong. */
  get #known() {
    const { context, faults, guests, roster } = this.assembly;
    return {
      flagsOf: context.flagsFor,
      work: workIn(this.kernel, this.bus),
      loops: this.kernel.requests(),
      mishaps: mishapsOf({
        faults: faults.faults,
        slots: [...roster.slots, ...guests.slots],
        bus: this.bus,
      }),
    };
  }
}
