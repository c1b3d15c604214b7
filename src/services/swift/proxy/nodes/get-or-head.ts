/**
 * GET and HEAD: one server after the other until one has it, or with X-Newest all of them, and the newest
 * wins. What is broken off in the middle of a body is not simulated. Upstream:
 * swift/proxy/controllers/base.py (GETorHEAD_base, GetOrHeadHandler) at 2.2.0.
 */
import { ConnectionError, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { askNode } from "../../common/backend.js";
import { isTrue, plainHeaders } from "../../common/headers.js";
import type { Ring } from "../../ring/ring.js";
import type { ProxyApp } from "../app.js";
import type { ProxyRequest } from "../request.js";
import { bestResponse, passedOn } from "./best-response.js";

export interface Wanted {
  readonly type: "Account" | "Container" | "Object";
  readonly ring: Ring;
  readonly partition: number;
  readonly path: string;
}

/** An answer, and when the copy that it came of was written. */
export interface Gotten extends HttpResponse {
  readonly timestamp?: string | undefined;
}

export function* getOrHead(app: ProxyApp, request: ProxyRequest, wanted: Wanted): Op<Gotten> {
  const { env, nodes } = app;
  const { type, ring, partition, path } = wanted;
  const newest = isTrue(request.headers.get("x-newest"));
  const limits = type === "Object" && !newest ? app.recoverableLimits : app.limits;
  const headers = plainHeaders(app.backendHeaders(request, request.headers));
  const { method, query } = request;
  const answers: HttpResponse[] = [];
  const sources: HttpResponse[] = [];
  const next = nodes.iterate(ring, partition);
  for (let node = next(); node !== undefined; node = next()) {
    let response: HttpResponse;
    try {
      const call = { method, path, headers, query };
      response = yield* askNode(env, node, partition, call, limits);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      nodes.exception(node, type, `Trying to ${method} ${request.path}`);
      continue;
    }
    const { status } = response;
    if (isGood(type, status)) {
      // A copy that is known not to be in step is none.
      const put = response.headers["x-put-timestamp"];
      if (put !== undefined && Number(put) === 0) {
        answers.push({ status: 404, headers: {}, body: "" });
        continue;
      }
      answers.push({ status, headers: {}, body: "" });
      sources.push(response);
      if (!newest) break;
      continue;
    }
    answers.push(response);
    if (status === 507) nodes.limit(ring, node);
    else if (status >= 500) {
      const said = typeof response.body === "string" ? response.body.slice(0, 1024) : "";
      nodes.occurred(ring, node, `ERROR ${String(status)} ${said} From ${type} Server`);
    }
  }
  const response = newestOf(sources);
  const result =
    response === undefined
      ? bestResponse(env, answers, { what: `${type} ${method}` })
      : asAnswered(response);
  app.remember(request, result);
  return withPolicy(result, response);
}

const isGood = (type: string, status: number): boolean =>
  (status >= 200 && status < 400) || (type === "Object" && status === 416);

/** Python sorts stably and takes the last: of several of one time, the one that came last. */
function newestOf(sources: readonly HttpResponse[]): HttpResponse | undefined {
  return sources.reduce<HttpResponse | undefined>(
    (best, source) => (best === undefined || timeOf(source) >= timeOf(best) ? source : best),
    undefined,
  );
}

const timeOf = ({ headers }: HttpResponse): number =>
  Number(headers["x-put-timestamp"] ?? headers["x-timestamp"] ?? 0);

function asAnswered({ status, headers, body }: HttpResponse): HttpResponse {
  const { "content-length": length, "content-type": type } = headers;
  return {
    status,
    headers: {
      "content-type": type ?? "text/html; charset=UTF-8",
      ...passedOn(headers),
      "accept-ranges": "bytes",
      ...(length !== undefined && { "content-length": length }),
    },
    body,
  };
}

/** Clients know policies by name. */
function withPolicy(result: HttpResponse, source: HttpResponse | undefined): Gotten {
  const timestamp = source?.headers["x-timestamp"];
  const known = result.headers["x-backend-storage-policy-index"] !== undefined;
  if (!known || result.status < 200 || result.status >= 300) return { ...result, timestamp };
  const headers = { ...result.headers, "x-storage-policy": "Policy-0" };
  return { ...result, headers, timestamp };
}
