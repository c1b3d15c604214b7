/**
 * What an L3 agent has to do, router by router: eight workers take the most urgent first, what a
 * message asks for before what a full sync found, older before newer; no two work on one router, and
 * what is older than the data last used is passed over. Upstream: neutron/agent/l3_agent.py
 * (RouterProcessingQueue, ExclusiveRouterProcessor, RouterUpdate) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { caught, type Micros, type Op } from "../../../kernel/index.js";
import type { SyncedRouter } from "../routing/rpcapi.js";

export const BY_MESSAGE = 0;
export const BY_FULL_SYNC = 1;

export interface RouterUpdate {
  readonly id: string;
  readonly priority: typeof BY_MESSAGE | typeof BY_FULL_SYNC;
  /** When it was asked for. */
  readonly at: Micros;
  readonly deletes?: true;
  /** What a full sync has read of it. */
  readonly router?: SyncedRouter;
}

/** `GreenPool(size=8)`. */
const WORKERS = 8;

export class RouterUpdates {
  readonly #env: Env;
  /** @returns since when what it used is known; undefined if nothing of the router was used */
  readonly #process: (update: RouterUpdate) => Op<Micros | undefined>;
  readonly #waiting: RouterUpdate[] = [];
  /** By router: what came for it while somebody worked on it. */
  readonly #busy = new Map<string, RouterUpdate[]>();
  readonly #usedAt = new Map<string, Micros>();
  #workers = 0;

  constructor(env: Env, process: (update: RouterUpdate) => Op<Micros | undefined>) {
    this.#env = env;
    this.#process = process;
  }

  add(update: RouterUpdate): void {
    const at = this.#waiting.findIndex((other) => isBefore(update, other));
    this.#waiting.splice(at < 0 ? this.#waiting.length : at, 0, update);
    if (this.#workers >= WORKERS) return;
    this.#workers++;
    this.#env.spawn("process_router_update", this.#work(), { daemon: false });
  }

  *#work(): Op<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const others = this.#busy.get(next.id);
      if (others === undefined) yield* this.#exclusively(next);
      else others.push(next);
    }
    this.#workers--;
  }

  *#exclusively(first: RouterUpdate): Op<void> {
    const { id } = first;
    const own = [first];
    this.#busy.set(id, own);
    try {
      for (let next = own.shift(); next !== undefined; next = own.shift()) {
        if ((this.#usedAt.get(id) ?? -Infinity) >= next.at) continue;
        const usedAt = yield* this.#process(next);
        if (usedAt !== undefined) {
          this.#usedAt.set(id, Math.max(usedAt, this.#usedAt.get(id) ?? usedAt));
        }
      }
    } catch (thrown) {
      // Upstream's greenthread dies of it, and takes what came meanwhile with it.
      const { name, message } = yield* caught(thrown);
      this.#env.log("error", `${name}: ${message}`);
    } finally {
      this.#busy.delete(id);
    }
  }
}

function isBefore(one: RouterUpdate, other: RouterUpdate): boolean {
  if (one.priority !== other.priority) return one.priority < other.priority;
  return one.at === other.at ? one.id < other.id : one.at < other.at;
}
