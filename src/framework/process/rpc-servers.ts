/**
 * The RPC servers of a process, one for each topic that it answers. What a handler raises and nobody
 * waits for is in the log, whatever the process. Upstream: the consumers of neutron/common/rpc.py
 * (Connection), and what nova/service.py starts for its one topic.
 */
import {
  RpcServer,
  type Connection,
  type Endpoint,
  type Selector,
  type Serializer,
} from "../../bus/index.js";
import type { Op } from "../../kernel/index.js";
import type { RequestContext } from "../request-context.js";
import { serviceFlags } from "./service-flags.js";
import type { Env } from "./env.js";

/** A topic, and who answers at it. */
export interface ServedTopic<C = RequestContext> {
  readonly topic: string;
  readonly endpoints: readonly Endpoint<C>[];
  /** What its own queue is called after, where that is not the host. */
  readonly server?: string;
  /** What it takes of the topic's fanout. */
  readonly selector?: Selector;
}

export class RpcServers<C> {
  readonly #bus: Connection;
  readonly #servers: readonly RpcServer<C>[];

  /** @param serializer of the contexts of messages */
  constructor(env: Env, topics: readonly ServedTopic<C>[], serializer: Serializer<C>) {
    this.#bus = env.bus;
    const { rpc_thread_pool_size: poolSize } = env.flags.read(serviceFlags);
    this.#servers = topics.map(
      ({ topic, endpoints, selector, server = env.host }) =>
        new RpcServer(env.bus, {
          topic,
          server,
          serializer,
          endpoints,
          poolSize,
          selector,
          onError: ({ name, message }, { method }) => {
            const what = `Exception during message handling of ${method}`;
            env.log("error", `${what}: ${name}: ${message}`);
          },
        }),
    );
  }

  /** Declare the queues of each topic, in their order, and take what comes; wait for the broker. */
  *start(): Op<void> {
    for (const server of this.#servers) {
      server.start();
      yield* this.#bus.listening(server);
    }
  }

  /** Take no more, and wait until the handlers that run have ended. */
  *stop(): Op<void> {
    for (const server of this.#servers) server.stop();
    for (const server of this.#servers) yield* server.wait();
  }

  crash(): void {
    for (const server of this.#servers) server.crash();
  }
}
