/**
 * The lock of a stack: a row with the id of the engine that works on it. Who finds one of an engine that does
 * not answer takes it over. Upstream: heat/engine/stack_lock.py, heat/db/sqlalchemy/api.py (stack_lock_*) at
 * 2014.2.
 */
import type { ClientOf } from "../../../bus/index.js";
import { MessagingTimeout } from "../../../bus/index.js";
import type { Env } from "../../../framework/index.js";
import { seconds, type Op } from "../../../kernel/index.js";
import type { HeatContext } from "../context.js";
import type { HeatDatabase } from "../db/database.js";
import { ActionInProgress } from "../exception.js";
import type { listenerApi } from "./rpcapi.js";
import type { StackCore } from "./stack/core.js";

/** What locks of an engine work with. */
export interface LockParts {
  readonly env: Env;
  readonly db: HeatDatabase;
  readonly engineId: string;
  readonly engines: ClientOf<typeof listenerApi, HeatContext>;
  /** `engine_life_check_timeout`. */
  readonly lifeCheckTimeout: number;
}

/** Whether an engine answers within the time that it has for it. */
export function* engineAlive(
  { engines, lifeCheckTimeout }: LockParts,
  ctxt: HeatContext,
  topic: string,
): Op<boolean> {
  try {
    return yield* engines
      .prepare({ topic, timeout: seconds(lifeCheckTimeout) })
      .listening(ctxt, {});
  } catch (error) {
    if (error instanceof MessagingTimeout) return false;
    throw error;
  }
}

export class StackLock {
  readonly #parts: LockParts;
  readonly #ctxt: HeatContext;
  readonly #stack: StackCore;
  readonly #stackId: string;

  constructor(parts: LockParts, ctxt: HeatContext, stack: StackCore) {
    this.#parts = parts;
    this.#ctxt = ctxt;
    this.#stack = stack;
    this.#stackId = stack.id ?? "";
  }

  /** Take it if nobody has it. @returns the engine that has it otherwise */
  tryAcquire(): string | undefined {
    const { db, engineId: engine_id } = this.#parts;
    const lock = db.locks.get(this.#stackId);
    if (lock !== undefined) return lock.engine_id;
    db.locks.insert({ stack_id: this.#stackId, engine_id });
    return undefined;
  }

  /** @throws ActionInProgress if an engine has it that is alive, this one included */
  *acquire(again = true): Op<void> {
    const { env, engineId } = this.#parts;
    const holder = this.tryAcquire();
    const [stack, engine] = [`stack ${this.#stackId}`, `engine ${engineId}`];
    if (holder === undefined) {
      env.log("debug", `Engine ${engineId} acquired lock on ${stack}`);
      return;
    }
    if (holder === engineId || (yield* engineAlive(this.#parts, this.#ctxt, holder))) {
      env.log("debug", `Lock on ${stack} is owned by engine ${holder}`);
      throw this.#inProgress();
    }
    const stale = `Stale lock detected on ${stack}.  Engine ${engineId} will attempt to steal the lock`;
    env.log("info", stale);
    const other = this.#steal(holder);
    if (other === undefined) {
      env.log("info", `Engine ${engineId} successfully stole the lock on ${stack}`);
      return;
    }
    if (other === true && again) {
      const released = `The lock on ${stack} was released while ${engine} was stealing it.`;
      env.log("info", `${released} Trying again`);
      return yield* this.acquire(false);
    }
    if (other !== true) {
      const first = `Engine ${other} stole the lock first`;
      env.log("info", `Failed to steal lock on ${stack}. ${first}`);
    }
    throw this.#inProgress();
  }

  /** @returns who has it now, or that nobody has, if the one that had it has it no more */
  #steal(from: string): string | true | undefined {
    const { db, engineId: engine_id } = this.#parts;
    const lock = db.locks.get(this.#stackId);
    if (lock?.engine_id !== from) return lock?.engine_id ?? true;
    db.locks.update(this.#stackId, { engine_id });
    return undefined;
  }

  release(): void {
    const { db, env, engineId } = this.#parts;
    if (db.locks.get(this.#stackId)?.engine_id === engineId) {
      db.locks.remove(this.#stackId);
      env.log("debug", `Engine ${engineId} released lock on stack ${this.#stackId}`);
    } else env.log("warning", `Lock was already released on stack ${this.#stackId}!`);
  }

  /**
   * Do what needs the lock; whoever does it sees to its release. At any error it is released, even if it
   * was another thread of this engine that held it (bug 1418360).
   */
  *during<T>(op: () => Op<T>): Op<T> {
    try {
      yield* this.acquire();
      return yield* op();
    } catch (error) {
      this.release();
      throw error;
    }
  }

  #inProgress(): ActionInProgress {
    const { name: stack_name, action } = this.#stack;
    return new ActionInProgress({ stack_name, action });
  }
}
