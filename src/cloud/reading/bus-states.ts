/**
 * What there is of the bus at an instant: queues of the broker, and who serves which topic.
 */
import type { Kind } from "./query.js";

/**
 * A queue of the broker.
 *
 * @example
 * ```ts
 * import { Cloud, type QueueState } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * cloud.stop("nova-scheduler@controller");
 * cloud.user("demo").command("nova boot t1 --flavor m1.nano --image cirros");
 * cloud.advance("1s");
 * const [queue]: readonly QueueState[] = cloud.queues({ name: "scheduler" });
 * queue?.depth; // → 1
 * ```
 */
export interface QueueState {
  readonly exchange: string;
  readonly name: string;
  /** Messages that wait because nobody consumes. */
  readonly depth: number;
  /** Messages that were handed out and are not yet acknowledged. */
  readonly unacknowledged: number;
  readonly consumers: number;
}

export const QUEUES: Kind<QueueState> = {
  name: "queues",
  fields: ["exchange", "name", "depth", "unacknowledged", "consumers"],
};

/**
 * Those who serve a topic: how many requests a process sees to at once.
 *
 * @example
 * ```ts
 * import { Cloud, type PoolState } from "novasim";
 *
 * const [pool]: readonly PoolState[] = new Cloud({ seed: 1 }).pools({ topic: "conductor" });
 * pool?.size; // → 64
 * ```
 */
export interface PoolState {
  /** `nova-conductor@controller`. */
  readonly actor: string;
  readonly topic: string;
  readonly size: number;
}

export const POOLS: Kind<PoolState> = { name: "pools", fields: ["actor", "topic", "size"] };
