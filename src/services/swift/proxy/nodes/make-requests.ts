/**
 * One request to as many servers as there are replicas, at once; where one fails, to the next that stands
 * in. A quorum is enough, the others get a moment more. Upstream: swift/proxy/controllers/base.py
 * (make_requests, _make_request), swift/common/utils.py (GreenAsyncPile) at 2.2.0.
 */
import { ConnectionError, type Headers, type HttpResponse } from "../../../../http/index.js";
import { Channel, withTimeout, type Duration, type Op } from "../../../../kernel/index.js";
import { TimedOut } from "../../../../python/index.js";
import { askNode } from "../../common/backend.js";
import type { Ring } from "../../ring/ring.js";
import type { ProxyApp } from "../app.js";
import { bestResponse, haveQuorum } from "./best-response.js";

/** What is asked of every replica. */
export interface Asked {
  readonly ring: Ring;
  readonly partition: number;
  readonly method: string;
  /** `/a/c/o`. */
  readonly path: string;
  /** Account, Container or Object. */
  readonly type: string;
  /** Of the client's request. */
  readonly by: string;
  /** One set for each request. */
  readonly headers: readonly Headers[];
  readonly overrides?: ReadonlyMap<number, number>;
}

export function* makeRequests(app: ProxyApp, asked: Asked): Op<HttpResponse> {
  const { env, nodes, limits } = app;
  const { ring, partition, method, path, type, headers } = asked;
  const count = ring.primaries(partition).length;
  const next = nodes.iterate(ring, partition);

  /** The first answer that is neither a server's failure nor preliminary. */
  function* ask(set: Headers): Op<HttpResponse | undefined> {
    for (let node = next(); node !== undefined; node = next()) {
      try {
        const call = { method, path, headers: set };
        const response = yield* askNode(env, node, partition, call, limits);
        if (response.status >= 200 && response.status < 500) return response;
        if (response.status === 507) nodes.limit(ring, node);
      } catch (error) {
        if (!(error instanceof ConnectionError)) throw error;
        nodes.exception(node, type, `Trying to ${method} ${path}`);
      }
    }
    return undefined;
  }

  const pile = new Pile(app, headers.map(ask));
  const responses: HttpResponse[] = [];
  while (pile.pending > 0 && !quorate(responses, count)) {
    const response = yield* pile.next();
    if (response !== undefined) responses.push(response);
  }
  responses.push(...(yield* pile.rest(app.postQuorum)));
  while (responses.length < count) responses.push({ status: 503, headers: {}, body: "" });
  return bestResponse(env, responses, {
    what: `${type} ${asked.by}`,
    ...(asked.overrides && { overrides: asked.overrides }),
  });
}

const quorate = (responses: readonly HttpResponse[], count: number): boolean =>
  haveQuorum(
    responses.map(({ status }) => status),
    count,
  );

/** Things that are done at once, and their results as they come. */
export class Pile<T> {
  readonly #results = new Channel<T | undefined>("an answer of a storage server");
  #pending: number;

  constructor({ env }: Pick<ProxyApp, "env">, ops: readonly Op<T | undefined>[]) {
    this.#pending = ops.length;
    for (const op of ops) env.spawn("request to a storage server", this.#do(op));
  }

  /** How many results there are still to be had. */
  get pending(): number {
    return this.#pending;
  }

  *next(): Op<T | undefined> {
    const result = yield* this.#results.take();
    this.#pending--;
    return result;
  }

  /** Those that come within that time. */
  *rest(patience: Duration): Op<T[]> {
    const results: T[] = [];
    try {
      yield* withTimeout(patience, "the rest of the answers", this.#collect(results));
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
    }
    return results;
  }

  *#collect(results: T[]): Op<void> {
    while (this.#pending > 0) {
      const result = yield* this.next();
      if (result !== undefined) results.push(result);
    }
  }

  *#do(op: Op<T | undefined>): Op<void> {
    this.#results.put(yield* op);
  }
}
