/**
 * A proxy of its own inside a daemon: requests go straight to the storage servers, nobody asks who may, and
 * what fails is tried again. Upstream: swift/common/internal_client.py (InternalClient) at 2.2.0.
 */
import { Query, type HttpResponse } from "../../../../http/index.js";
import { caught, seconds, sleep, type Op } from "../../../../kernel/index.js";
import { Exception, isObject, textOf, type Json } from "../../../../python/index.js";
import { titleOf } from "../../common/answer.js";
import type { ProxyApp } from "../app.js";
import { proxyServer } from "../dispatch.js";
import { environOf, transactionId } from "../middleware/outer.js";
import { ProxyRequest, type ProxyApplication } from "../request.js";

/** An answer that is none of those that were wanted. */
export class UnexpectedResponse extends Exception {
  static override readonly module: string = "swift.common.internal_client";
  override readonly name: string = "UnexpectedResponse";
  readonly status: number;

  constructor({ status, reason = titleOf(status) }: HttpResponse) {
    super(`Unexpected response: ${String(status)} ${reason}`);
    this.status = status;
  }
}

export interface InternalOptions {
  readonly userAgent: string;
  readonly tries: number;
}

interface Call {
  readonly method: string;
  /** `/v1/a/c/o`, unquoted. */
  readonly path: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
}

const MISSING = 404;

export class InternalClient {
  readonly app: ProxyApp;
  readonly #serve: ProxyApplication;
  readonly #options: InternalOptions;

  constructor(app: ProxyApp, options: InternalOptions) {
    this.app = app;
    this.#serve = proxyServer(app);
    this.#options = options;
  }

  /**
   * @param acceptable statuses, and classes of them: 2 is every 2xx
   * @throws UnexpectedResponse after the last try
   */
  *request(call: Call, acceptable: readonly number[]): Op<HttpResponse> {
    const { tries } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const response = yield* this.#try(call);
      const { status } = response;
      if (acceptable.includes(status) || acceptable.includes(Math.floor(status / 100))) {
        return response;
      }
      if (attempt >= tries) throw new UnexpectedResponse(response);
      yield* sleep(seconds(1 << attempt));
    }
  }

  /** The names in an account or a container, page by page; none where it is not there. */
  *names(path: string): Op<string[]> {
    const names: string[] = [];
    for (let marker = ""; ; marker = names.at(-1) ?? "") {
      const query = new Query({ format: "json", marker, end_marker: "" });
      const { status, body } = yield* this.request({ method: "GET", path, query }, [2, MISSING]);
      const page = status === 200 && Array.isArray(body) ? (body as readonly Json[]) : [];
      if (page.length === 0) return names;
      names.push(...page.filter(isObject).map((item) => textOf(item, "name")));
    }
  }

  /** How many containers and objects an account has. */
  *counts(account: string): Op<readonly [containers: number, objects: number]> {
    const call = { method: "HEAD", path: `/v1/${account}` };
    const { status, headers } = yield* this.request(call, [2, MISSING]);
    if (status === MISSING) return [0, 0];
    const count = (what: string): number => Number(headers[`x-account-${what}-count`] ?? 0);
    return [count("container"), count("object")];
  }

  *#try({ method, path, query = new Query(), headers = {} }: Call): Op<HttpResponse> {
    const { env, flags } = this.app;
    const transId = transactionId(env, flags.trans_id_suffix);
    const request = new ProxyRequest({
      method,
      path,
      query,
      headers: new Map(Object.entries({ ...headers, "user-agent": this.#options.userAgent })),
      from: env.actor,
      environ: environOf(transId, method),
    });
    try {
      return yield* this.#serve(request);
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", `Error: An error occurred: ${error.name}: ${error.message}`);
      return { status: 500, headers: {}, body: "An error occurred" };
    }
  }
}
