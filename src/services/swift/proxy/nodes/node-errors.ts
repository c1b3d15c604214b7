/**
 * Which devices a proxy leaves alone for a while, because they have failed too often or said that they
 * are full. Each proxy process has its own view, and each ring. Upstream: swift/proxy/server.py
 * (error_limited, error_limit, error_occurred, exception_occurred, iter_nodes) at 2.2.0.
 */
import type { Env } from "../../../../framework/index.js";
import { seconds, type Duration, type Micros, type Stream } from "../../../../kernel/index.js";
import { nameOf } from "../../common/backend.js";
import type { Device, Ring } from "../../ring/ring.js";

interface Errors {
  count: number;
  last: Micros;
}

/** The next node to ask, if there is one. Those who ask at once may share it. */
export type NextNode = () => Device | undefined;

export interface NodeOptions {
  readonly error_suppression_limit: number;
  readonly error_suppression_interval: number;
  readonly request_node_count: string;
  readonly log_handoffs: boolean;
}

export class Nodes {
  readonly #env: Env;
  readonly #limit: number;
  readonly #interval: Duration;
  readonly #logHandoffs: boolean;
  readonly #count: (replicas: number) => number;
  readonly #shuffles: Stream;
  readonly #errors = new Map<Ring, Map<number, Errors>>();

  constructor(env: Env, options: NodeOptions) {
    this.#env = env;
    this.#limit = options.error_suppression_limit;
    this.#interval = seconds(options.error_suppression_interval);
    this.#logHandoffs = options.log_handoffs;
    this.#count = nodeCount(options.request_node_count);
    this.#shuffles = env.stream("order of nodes");
  }

  /** One more error that counts. */
  occurred(ring: Ring, node: Device, message: string): void {
    const errors = this.#of(ring, node);
    errors.count++;
    this.#struck(errors, node, message);
  }

  /** It is full, or not there: no need to try again for a while. */
  limit(ring: Ring, node: Device, message = "ERROR Insufficient Storage"): void {
    const errors = this.#of(ring, node);
    errors.count = this.#limit + 1;
    this.#struck(errors, node, message);
  }

  /** No answer came. That does not count in Juno. */
  exception(node: Device, type: string, info: string): void {
    this.#env.log("error", `ERROR with ${type} server ${nameOf(node)} re: ${info}`);
  }

  limited(ring: Ring, node: Device): boolean {
    const errors = this.#errors.get(ring)?.get(node.id);
    if (errors === undefined) return false;
    if (errors.last < this.#env.kernel.now - this.#interval) {
      this.#errors.get(ring)?.delete(node.id);
      return false;
    }
    if (errors.count <= this.#limit) return false;
    const { ip, port, device } = node;
    this.#env.log("debug", `Node error limited ${ip}:${String(port)} (${device})`);
    return true;
  }

  /**
   * Whom to ask, one after the other: the primaries in any order, then who stands in for them. One that
   * has become limited by the time that the next is asked for does not count.
   * @returns gives the next; undefined when there are enough
   */
  iterate(ring: Ring, partition: number): NextNode {
    const primaries = this.#shuffled(ring.primaries(partition));
    let left = this.#count(primaries.length);
    const usual = left - primaries.length;
    const queue = [...primaries, ...ring.handoffs(partition)];
    let handoffs = 0;
    let last: Device | undefined;
    return () => {
      if (last !== undefined && !this.limited(ring, last)) left--;
      last = undefined;
      if (left <= 0) return undefined;
      for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
        if (this.limited(ring, node)) continue;
        if (!primaries.includes(node) && ++handoffs > usual && this.#logHandoffs) {
          this.#env.log("warning", `Handoff requested (${String(handoffs)})`);
        }
        last = node;
        return node;
      }
      return undefined;
    };
  }

  #shuffled(nodes: Device[]): Device[] {
    for (let at = nodes.length - 1; at > 0; at--) {
      const other = this.#shuffles.int(0, at);
      [nodes[at], nodes[other]] = [nodes[other] as Device, nodes[at] as Device];
    }
    return nodes;
  }

  #of(ring: Ring, { id }: Device): Errors {
    const known = this.#errors.get(ring) ?? new Map<number, Errors>();
    this.#errors.set(ring, known);
    let errors = known.get(id);
    if (errors === undefined) known.set(id, (errors = { count: 0, last: 0 }));
    return errors;
  }

  #struck(errors: Errors, node: Device, message: string): void {
    errors.last = this.#env.kernel.now;
    this.#env.log("error", `${message} ${nameOf(node)}`);
  }
}

/** `2 * replicas`, or a number. */
function nodeCount(text: string): (replicas: number) => number {
  const [, times = "", ofReplicas] = /^\s*(\d+)(\s*\*\s*replicas)?\s*$/i.exec(text) ?? [];
  const number = times === "" ? 2 : Number(times);
  return (replicas) => (ofReplicas === undefined && times !== "" ? number : number * replicas);
}
