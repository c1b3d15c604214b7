/**
 * A process that answers at any number of topics. It has no record and no heartbeat of the
 * framework's: an agent reports in its own way. Upstream: what the main functions of neutron's agents
 * run, and neutron/service.py (serve_rpc, serve_wsgi) for one that serves REST as well.
 */
import type { Serializer } from "../../bus/index.js";
import { done, type Op } from "../../kernel/index.js";
import type { RequestContext } from "../request-context.js";
import { contextSerializer } from "../serializer.js";
import type { Env } from "./env.js";
import type { Process } from "./process.js";
import { RpcServers, type ServedTopic } from "./rpc-servers.js";

/** What a process does beside answering. */
export interface Work {
  readonly topics: readonly ServedTopic[];
  /** Of the contexts of messages; unless given, Nova's. */
  readonly serializer?: Serializer<RequestContext> | undefined;
  /** Messages are taken from here on. */
  begin?(): Op<void>;
  /** It stops, or is gone: what lives longer than the process must forget it. */
  end?(): void;
}

export class RpcProcess implements Process {
  readonly #env: Env;
  readonly #work: Work;
  readonly #servers: RpcServers<RequestContext>;

  constructor(env: Env, work: Work) {
    this.#env = env;
    this.#work = work;
    this.#servers = new RpcServers(env, work.topics, work.serializer ?? contextSerializer);
  }

  *start(): Op<void> {
    this.#env.announce("starting");
    yield* this.#servers.start();
    yield* this.#work.begin?.() ?? done(undefined);
    this.#env.announce("started");
  }

  *stop(): Op<void> {
    this.#env.announce("stopping");
    this.#work.end?.();
    yield* this.#servers.stop();
    this.#env.bus.close();
    this.#env.announce("stopped");
  }

  crash(): void {
    this.#work.end?.();
    this.#servers.crash();
    this.#env.bus.close();
  }
}

/** `web` in a process that answers at `topics` as well. It has started when it serves both. */
export function withRpc(
  env: Env,
  web: Process,
  topics: readonly ServedTopic[],
  serializer: Serializer<RequestContext> = contextSerializer,
): Process {
  const rpc = new RpcServers(env, topics, serializer);
  return {
    *start() {
      yield* rpc.start();
      yield* web.start();
    },
    *stop() {
      yield* rpc.stop();
      yield* web.stop();
    },
    crash() {
      rpc.crash();
      web.crash();
    },
  };
}
