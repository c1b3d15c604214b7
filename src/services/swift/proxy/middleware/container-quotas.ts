/**
 * How much a container may hold: its metadata says so, and what the proxies remember of it is compared with
 * what comes. So it lags by a minute, and data of unknown length counts nothing. Upstream:
 * swift/common/middleware/container_quotas.py at 2.2.0.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { answer, isSuccess } from "../../common/answer.js";
import type { ProxyApp } from "../app.js";
import { pathIn } from "../controllers/copy-source.js";
import type { Info } from "../info.js";
import type { Filter, ProxyApplication, ProxyRequest } from "../request.js";
import { answering, objectLength, partsOf } from "./object-info.js";

const DIGITS = /^\d+$/;

export function containerQuotas(app: ProxyApp): Filter {
  return (next) => {
    function* judged(request: ProxyRequest): Op<HttpResponse> {
      const [, account, container, obj] = partsOf(request, 3, 4);
      if (!account || !container) return yield* next(request);
      const { method } = request;
      if (!obj) {
        const written = method === "PUT" || method === "POST";
        return (written ? malformed(request) : undefined) ?? (yield* next(request));
      }
      if (method !== "PUT" && method !== "COPY") return yield* next(request);
      const target = targetOf(request, container);
      const info = target ? yield* app.info(next, request, account, target) : undefined;
      if (info === undefined) return yield* next(request);
      // What is copied is measured only where bytes are counted.
      const measured = DIGITS.test(info.meta["quota-bytes"] ?? "");
      const length = measured ? yield* comingLength(next, request, { account, container, obj }) : 0;
      const full = tooMuch(info.meta["quota-bytes"], Number(info.bytes ?? 0) + length);
      const many = tooMuch(info.meta["quota-count"], Number(info.count ?? 0) + 1);
      return full || many ? yield* refusal(request, info) : yield* next(request);
    }
    return (request) => answering(judged(request));
  };
}

function malformed({ headers }: ProxyRequest): HttpResponse | undefined {
  for (const what of ["bytes", "count"]) {
    const value = headers.get(`x-container-meta-quota-${what}`);
    if (value && !DIGITS.test(value)) return answer(400, { body: `Invalid ${what} quota.` });
  }
  return undefined;
}

const tooMuch = (quota: string | undefined, size: number): boolean =>
  quota !== undefined && DIGITS.test(quota) && Number(quota) < size;

/** The container that is written to. */
function targetOf({ method, headers }: ProxyRequest, container: string): string | undefined {
  if (method === "PUT") return container;
  const destination = headers.get("destination");
  if (destination === undefined) return undefined;
  return destination.replace(/^\/+/, "").split("/")[0];
}

interface Names {
  readonly account: string;
  readonly container: string;
  readonly obj: string;
}

function* comingLength(
  next: ProxyApplication,
  request: ProxyRequest,
  { account, container, obj }: Names,
): Op<number> {
  const copied = request.headers.has("x-copy-from");
  if (!copied && request.method !== "COPY") return request.contentLength ?? 0;
  const [from, name] = copied ? pathIn(request, "x-copy-from", "X-Copy-From") : [container, obj];
  return yield* objectLength(next, request, `/v1/${account}/${from}/${name}`);
}

/** Whoever may not write there at all is told that, and nothing of quotas. */
function* refusal(request: ProxyRequest, info: Info): Op<HttpResponse> {
  const { authorize } = request.environ;
  if (authorize !== undefined) {
    request.acl = info.writeAcl;
    const denial = yield* authorize(request);
    if (denial !== undefined && !isSuccess(denial.status)) return denial;
  }
  return answer(413, { body: "Upload exceeds quota." });
}
