/**
 * What the controllers of the proxy work with: rings, who answers, what is remembered. Upstream:
 * swift/proxy/server.py (Application), swift/proxy/controllers/base.py (Controller) at 2.2.0.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import type { HttpResponse } from "../../../http/index.js";
import { seconds, type Duration, type Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import { isSuccess } from "../common/answer.js";
import { timeouts, type Timeouts } from "../common/backend.js";
import { headerMap, type HeaderMap } from "../common/headers.js";
import { hashPath } from "../common/hash-path.js";
import { now } from "../common/timestamp.js";
import { proxyFlags } from "../flags.js";
import type { Device, Ring } from "../ring/ring.js";
import type { RingFiles } from "../ring/rings.js";
import { cacheKey, infoOf, type Info, type Memcached } from "./info.js";
import { Nodes } from "./nodes/node-errors.js";
import type { ProxyApplication, ProxyRequest } from "./request.js";

/** Where something is. */
export interface Placement {
  readonly ring: Ring;
  readonly partition: number;
  readonly nodes: readonly Device[];
}

export class ProxyApp {
  readonly env: Env;
  readonly flags: FlagsOf<typeof proxyFlags>;
  readonly nodes: Nodes;
  readonly limits: Timeouts;
  readonly recoverableLimits: Timeouts;
  readonly postQuorum: Duration;
  readonly #rings: RingFiles;
  readonly #memcached: Memcached;

  constructor(env: Env, rings: RingFiles, memcached: Memcached) {
    const flags = env.flags.read(proxyFlags);
    const { conn_timeout, node_timeout, recoverable_node_timeout } = flags;
    this.env = env;
    this.flags = flags;
    this.nodes = new Nodes(env, flags);
    this.limits = timeouts(conn_timeout, node_timeout);
    this.recoverableLimits = timeouts(conn_timeout, recoverable_node_timeout || node_timeout);
    this.postQuorum = seconds(flags.post_quorum_timeout);
    this.#rings = rings;
    this.#memcached = memcached;
  }

  /** `http://controller:8080`. */
  get base(): string {
    return `http://${this.env.hostAt(this.flags.swift_bind_port)}`;
  }

  account(account: string): Placement {
    return this.#place(this.#rings.open("account"), account);
  }

  container(account: string, container: string): Placement {
    return this.#place(this.#rings.open("container"), account, container);
  }

  object(account: string, container: string, obj: string): Placement {
    return this.#place(this.#rings.open("object"), account, container, obj);
  }

  #place(ring: Ring, ...names: string[]): Placement {
    const partition = ring.partitionOf(hashPath(this.flags, ...names));
    return { ring, partition, nodes: ring.primaries(partition) };
  }

  /** What every request to a storage server says, beside `more`. */
  backendHeaders(request: ProxyRequest, more: HeaderMap = new Map()): HeaderMap {
    const headers = headerMap(more);
    if (!headers.has("x-timestamp")) headers.set("x-timestamp", now(this.env));
    headers.set("x-trans-id", request.environ.transId);
    headers.set("connection", "close");
    headers.set("user-agent", "proxy-server 1");
    headers.set("referer", request.referer(this.base));
    return headers;
  }

  /** An answer to GET or HEAD of an account or container is remembered. */
  remember(request: ProxyRequest, response: HttpResponse): void {
    const [account, container] = namesIn(request);
    if (account === undefined) return;
    const { recheck_account_existence, recheck_container_existence } = this.flags;
    const time = container ? recheck_container_existence : recheck_account_existence;
    const key = cacheKey(account, container);
    if (!isSuccess(response.status) && response.status !== 404) {
      this.#forget(request, key);
      return;
    }
    const info = infoOf(response, Boolean(container));
    request.environ.infos.set(key, info);
    this.#memcached.set(key, info, response.status === 404 ? time * 0.1 : time);
  }

  forget(request: ProxyRequest, account: string, container: string | null = null): void {
    this.#forget(request, cacheKey(account, container));
  }

  #forget({ environ }: ProxyRequest, key: string): void {
    environ.infos.delete(key);
    this.#memcached.delete(key);
  }

  /**
   * What is known of an account or container, by memory or by asking. A look-up goes through the
   * proxy itself, and needs nobody's leave.
   * @param ask the proxy, as an application
   * @param missing whether it is of interest that it is not there
   */
  *info(
    ask: ProxyApplication,
    request: ProxyRequest,
    account: string,
    container: string | null = null,
    missing = false,
  ): Op<Info | undefined> {
    const key = cacheKey(account, container);
    const { infos } = request.environ;
    const known = infos.get(key) ?? this.#memcached.get(key);
    const wanted = (info: Info): Info | undefined =>
      missing || isSuccess(info.status) ? info : undefined;
    if (known !== undefined) {
      infos.set(key, known);
      return wanted(known);
    }
    if (container && !account.startsWith(".")) {
      if ((yield* this.info(ask, request, account)) === undefined) return undefined;
    }
    const path = `/v1/${account}${container ? `/${container}` : ""}`;
    const headers = new Map([["user-agent", "Swift"]]);
    yield* ask(request.preAuthed({ method: "HEAD", path, headers }));
    const info = infos.get(key);
    return info === undefined ? undefined : wanted(info);
  }
}

/** The account and container that a request is about, if it is about no object. */
function namesIn(request: ProxyRequest): [account: string | undefined, container: string | null] {
  try {
    const [, account, container = null] = request.split(2, 3);
    return [account ?? undefined, container];
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return [undefined, null];
  }
}
