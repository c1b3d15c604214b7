/**
 * A PUT to one object server while it is under way: it is asked whether it would take the object, is sent
 * it, and answers once it has it. Upstream: swift/proxy/controllers/obj.py (_connect_put_node, _send_file,
 * _get_put_responses) at 2.2.0.
 */
import { ConnectionError, type HeldBody, type HttpResponse } from "../../../../http/index.js";
import {
  Signal,
  withTimeout,
  type Channel,
  type Greenthread,
  type Op,
} from "../../../../kernel/index.js";
import { TimedOut } from "../../../../python/index.js";
import { askNode } from "../../common/backend.js";
import type { Content } from "../../common/content.js";
import { plainHeaders, type HeaderMap } from "../../common/headers.js";
import type { Device, Ring } from "../../ring/ring.js";
import type { ProxyApp } from "../app.js";
import type { NextNode } from "./node-errors.js";

/** What is put where. */
export interface Target {
  readonly ring: Ring;
  readonly partition: number;
  /** `/a/c/o`. */
  readonly path: string;
  /** The client's path, for the log. */
  readonly asked: string;
}

export class PutConnection {
  readonly node: Device;
  readonly #app: ProxyApp;
  readonly #held: HeldBody;
  readonly #final = new Signal<HttpResponse | undefined>("the answer to a PUT");
  readonly #thread: Greenthread<void>;
  /** Told when the connection is at its end. */
  #ended: Channel<PutConnection> | undefined;

  constructor(app: ProxyApp, node: Device, { partition, path }: Target, headers: HeaderMap) {
    this.node = node;
    this.#app = app;
    this.#held = app.env.http.hold();
    const body = headers.get("expect") === undefined ? undefined : this.#held;
    const call = { method: "PUT", path, headers: plainHeaders(headers), body };
    this.#thread = app.env.spawn("PUT to an object server", this.#request(partition, call));
  }

  /** What came: an answer, or undefined if none will come; nothing yet if it is not `over`. */
  get over(): boolean {
    return this.#final.set;
  }

  /** Wait until the server wants the body, or answers without it. @returns the answer, if there is one */
  *begin(): Op<HttpResponse | "continue" | undefined> {
    const { connect, node } = this.#app.limits;
    try {
      yield* withTimeout(connect > node ? connect : node, "100 Continue", this.#held.asked.wait());
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      this.close();
      return undefined;
    }
    return this.#final.set ? yield* this.#final.wait() : "continue";
  }

  /** @param ended where its end is told while the body is on its way */
  send(content: Content, ended: Channel<PutConnection>): void {
    this.#ended = ended;
    this.#held.send(content);
  }

  /** @returns undefined if none comes, or not in time */
  *finish(): Op<HttpResponse | undefined> {
    try {
      return yield* withTimeout(this.#app.limits.node, "the final status", this.#final.wait());
    } catch (error) {
      if (!(error instanceof TimedOut)) throw error;
      return undefined;
    }
  }

  /** The server sees that nothing more comes. */
  close(): void {
    this.#thread.halt();
  }

  *#request(partition: number, call: Parameters<typeof askNode>[3]): Op<void> {
    const { env, limits } = this.#app;
    let response: HttpResponse | undefined;
    try {
      response = yield* askNode(env, this.node, partition, call, limits);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
    }
    this.#final.send(response);
    if (!this.#held.asked.set) this.#held.asked.send();
    this.#ended?.put(this);
  }
}

/** A server that takes the object, and the answer of one that has it already. */
export interface Connected {
  readonly connection: PutConnection;
  readonly response: HttpResponse | undefined;
}

/** The first node that does not refuse. */
export function* connectPut(
  app: ProxyApp,
  next: NextNode,
  target: Target,
  headers: HeaderMap,
): Op<Connected | undefined> {
  for (let node = next(); node !== undefined; node = next()) {
    const connection = new PutConnection(app, node, target, headers);
    const began = yield* connection.begin();
    if (began === "continue") return { connection, response: undefined };
    if (began === undefined) {
      app.nodes.exception(node, "Object", `Expect: 100-continue on ${target.path}`);
      continue;
    }
    const { status } = began;
    const denied = status === 412 && headers.has("if-none-match");
    if ((status >= 200 && status < 300) || denied) return { connection, response: began };
    if (status === 507) app.nodes.limit(target.ring, node);
  }
  return undefined;
}
