/**
 * The work of a service, apart from how it is reached: a manager serves the methods of one or more
 * contracts and has tasks that it repeats. Upstream: nova/manager.py; messaging §B5.
 */
import type { Endpoint } from "../../bus/index.js";
import { done, type Op } from "../../kernel/index.js";
import type { PeriodicTask } from "./periodic-task.js";
import type { RequestContext } from "../request-context.js";
import type { Env } from "./env.js";

/**
 * The work of a service, apart from how it is reached: subclass it, and `cloud.add` it by its
 * binary.
 *
 * @example
 * ```ts
 * import { Cloud, Manager, aloud, done, type Op, type PeriodicTask } from "novasim";
 *
 * class CuckooManager extends Manager {
 *   endpoints() {
 *     return [];
 *   }
 *   override periodicTasks(): readonly PeriodicTask[] {
 *     return [{ name: "_cuckoo", run: () => aloud(this.#call()) }];
 *   }
 *   *#call(): Op<void> {
 *     this.env.log("info", "cuckoo");
 *     return yield* done(undefined);
 *   }
 * }
 * const cloud = new Cloud();
 * cloud.add({ binary: "nova-cuckoo", manager: CuckooManager });
 * cloud.advance("2m");
 * console.log(cloud.timeline.entries.some((entry) => entry.kind === "log")); // true
 * ```
 */
export abstract class Manager {
  readonly env: Env;
  readonly host: string;

  constructor(env: Env) {
    this.env = env;
    this.host = env.host;
  }

  /** The contracts that this manager serves, its own first. */
  abstract endpoints(): Endpoint<RequestContext>[];

  /** Before the service has a record. */
  init_host(): Op<void> {
    return done(undefined);
  }

  /** Before the service takes messages. */
  pre_start_hook(): Op<void> {
    return done(undefined);
  }

  /** After it has begun to. */
  post_start_hook(): Op<void> {
    return done(undefined);
  }

  /** After it has stopped taking messages. */
  cleanup_host(): Op<void> {
    return done(undefined);
  }

  periodicTasks(): readonly PeriodicTask[] {
    return [];
  }
}
