/**
 * Which Glance a service asks, and how often: one server after another in an order shuffled once, as
 * many times as its flags allow. Upstream: nova/image/glance.py and cinder/image/glance.py at 2014.2
 * (GlanceClientWrapper, get_api_servers).
 */
import type { Env } from "../../../framework/index.js";
import { seconds, sleep, type Op } from "../../../kernel/index.js";
import type { Exception } from "../../../python/index.js";
import { CommunicationError, HTTPServiceUnavailable } from "./errors.js";
import { GlanceClient } from "./glance-client.js";

/** Between two attempts. */
const PAUSE = seconds(1);

interface Server {
  readonly host: string;
  readonly port: string;
  readonly client: GlanceClient;
}

/** The methods of `glanceclient.v1.images.Manager`, by which the log tells what was asked. */
export type ImagesMethod = "get" | "create" | "update" | "data" | "delete";

export interface GlanceServersOptions {
  /** `10.0.2.15:9292`, or URLs. */
  readonly urls: readonly string[];
  /** How often a request is tried again after it failed. */
  readonly retries: number;
  /** What the service calls it when the last attempt has failed. */
  readonly failed: (server: { host: string; port: string }, reason: string) => Exception;
}

export class GlanceServers {
  readonly #env: Env;
  readonly #options: GlanceServersOptions;
  readonly #servers: readonly Server[];
  #next = 0;

  constructor(env: Env, options: GlanceServersOptions) {
    this.#env = env;
    this.#options = options;
    this.#servers = shuffled(options.urls, env).map((url) => serverAt(url, env));
  }

  /**
   * Do `ask` with the next server, and again with the one after it if that one cannot be reached.
   * @throws what the options call it after the last attempt; other errors of the client as they come
   */
  *call<T>(method: ImagesMethod, ask: (glance: GlanceClient) => Op<T>): Op<T> {
    for (let attempt = 1; ; attempt++) {
      const { host, port, client } = this.#take();
      try {
        return yield* ask(client);
      } catch (error) {
        const unreachable =
          error instanceof CommunicationError || error instanceof HTTPServiceUnavailable;
        if (!unreachable) throw error;
        const { retries, failed } = this.#options;
        const retrying = attempt <= retries;
        const then = retrying ? "retrying" : "done trying";
        const where = `'${host}:${port}' for '${method}'`;
        this.#env.log("error", `Error contacting glance server ${where}, ${then}.`);
        if (!retrying) throw failed({ host, port }, error.message);
      }
      yield* sleep(PAUSE);
    }
  }

  /**
   * Do `ask` with the next server, whatever comes of it: the client's `list` is a generator, which
   * asks when `call` has returned it, so that nothing is tried again.
   */
  lazily<T>(ask: (glance: GlanceClient) => Op<T>): Op<T> {
    return ask(this.#take().client);
  }

  #take(): Server {
    const server = this.#servers[this.#next % this.#servers.length];
    this.#next++;
    // A list without a server is a mistake of the deployment, met at the first request as upstream.
    if (server === undefined) {
      throw this.#options.failed({ host: "", port: "" }, "no glance_api_servers");
    }
    return server;
  }
}

/** A server as the flag gives it: `10.0.2.15:9292`, or a URL. Without a port it is 80. */
function serverAt(given: string, { http }: Env): Server {
  const url = given.includes("//") ? given : `http://${given}`;
  const [, scheme = "http", host = given, port = "80"] =
    /^(\w+):\/\/(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(url) ?? [];
  return { host, port, client: new GlanceClient(http, `${scheme}://${host}:${port}`) };
}

function shuffled(urls: readonly string[], env: Env): string[] {
  const chance = env.stream("glance servers");
  const left = [...urls];
  const order: string[] = [];
  while (left.length > 0) order.push(...left.splice(chance.int(0, left.length - 1), 1));
  return order;
}
