/**
 * The filters in front of all others: a transaction id for each request, what must neither come in nor go
 * out, and the health check. Upstream: catch_errors.py, gatekeeper.py, healthcheck.py of
 * swift/common/middleware, and swift/common/utils.py (generate_trans_id), at 2.2.0.
 */
import type { Env } from "../../../../framework/index.js";
import type { Application, HttpRequest, HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import { answer, PLAIN } from "../../common/answer.js";
import { unixNow } from "../../common/timestamp.js";
import type { ProxyApp } from "../app.js";
import { proxyRequest, type Environ, type ProxyApplication } from "../request.js";

const PRIVATE = /^x-(?:(?:account|container|object)-sysmeta-|backend)/;

/** What a server at the end of a wire needs in front of an application of the pipeline. */
export function outermost(app: ProxyApp, next: ProxyApplication): Application {
  const { env, flags } = app;

  function* guarded(request: HttpRequest, transId: string): Op<HttpResponse> {
    const visible = { ...request, headers: withoutPrivate(request.headers) };
    if (request.path === "/healthcheck") {
      // A file of the operator's takes a proxy out of the rotation.
      const disabled = flags.disable_path !== null && flags.disable_path !== "";
      return disabled
        ? answer(503, { body: "DISABLED BY FILE", type: PLAIN })
        : answer(200, { body: "OK", type: PLAIN });
    }
    const asked = proxyRequest(visible, environOf(transId, request.method));
    if (asked === undefined) return answer(412, { body: "Invalid UTF8 or contains NULL" });
    return yield* next(asked);
  }

  return function* (request) {
    const extra = request.headers["x-trans-id-extra"]?.slice(0, 32);
    const transId = transactionId(env, flags.trans_id_suffix + (extra ? `-${extra}` : ""));
    const { current } = env.kernel;
    // What a service asks for is part of the request that it serves.
    if (current !== undefined) current.request = transId;
    let response: HttpResponse;
    try {
      response = yield* guarded(request, transId);
    } catch (thrown) {
      const error = yield* caught(thrown);
      env.log("error", `Error: An error occurred: ${error.name}: ${error.message}`);
      response = answer(500, { body: "An error occurred", type: PLAIN });
    }
    const headers = { ...withoutPrivate(response.headers), "x-trans-id": transId };
    return { ...response, headers, body: request.method === "HEAD" ? null : response.body };
  };
}

const withoutPrivate = (headers: HttpRequest["headers"]): HttpRequest["headers"] =>
  Object.keys(headers).some((name) => PRIVATE.test(name))
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => !PRIVATE.test(name)))
    : headers;

/** `tx` and 21 digits of chance, then the second in ten. */
export function transactionId(env: Env, suffix: string): string {
  const chance = env.stream("transaction id").uuidHex().slice(0, 21);
  const second = Math.floor(unixNow(env) / 1e6);
  return `tx${chance}-${second.toString(16).padStart(10, "0")}${suffix}`;
}

export const environOf = (transId: string, method: string): Environ => ({
  transId,
  authorize: undefined,
  override: false,
  remoteUser: undefined,
  owner: false,
  cleanAcl: undefined,
  infos: new Map(),
  copyHook: undefined,
  contentTypeOverridden: false,
  originalMethod: method,
});
