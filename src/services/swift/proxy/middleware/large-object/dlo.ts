/**
 * Large objects by prefix: an empty object names a container and a prefix, and who reads it gets all
 * objects below, one after the other. After ten of them one a second. Upstream:
 * swift/common/middleware/dlo.py, swift/common/request_helpers.py (SegmentedIterable) at 2.2.0.
 */
import { Query, type HttpResponse } from "../../../../../http/index.js";
import { seconds, sleep, type Op } from "../../../../../kernel/index.js";
import {
  Exception,
  isObject,
  textOf,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { answer, isSuccess } from "../../../common/answer.js";
import { parseRange, piecesOf } from "../../../common/conditions.js";
import { contentOf, joined, slice, type Content } from "../../../common/content.js";
import { md5Hex } from "../../../common/hash-path.js";
import { unquoted } from "../../../common/request.js";
import type { ProxyApp } from "../../app.js";
import type { Filter, ProxyApplication, ProxyRequest } from "../../request.js";

const PAGE = 10_000;
const RATE_LIMIT_AFTER = 10;

export function dynamicLargeObject(app: ProxyApp): Filter {
  return (next) =>
    function* (request) {
      if (!isObjectPath(request)) return yield* next(request);
      const { method, environ, query } = request;
      const before = environ.copyHook;
      environ.copyHook = function* (source, response, sink) {
        const manifest = response.headers["x-object-manifest"];
        let result = response;
        if (manifest !== undefined && source.query.get("multipart-manifest") === "get") {
          sink.headers.set("x-object-manifest", manifest);
        } else if (manifest !== undefined) {
          result = yield* assembled(app, next, source, response, manifest);
        }
        return before === undefined ? result : yield* before(source, result, sink);
      };
      if (method === "PUT") {
        const refusal = manifestError(request.headers.get("x-object-manifest"));
        return refusal ?? (yield* next(request));
      }
      const reads = method === "GET" || method === "HEAD";
      if (!reads || query.get("multipart-manifest") === "get") return yield* next(request);
      const response = yield* next(request);
      const manifest = response.headers["x-object-manifest"];
      if (manifest === undefined) return response;
      return yield* assembled(app, next, request, response, manifest);
    };
}

function isObjectPath(request: ProxyRequest): boolean {
  try {
    request.split(4, 4, true);
    return true;
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return false;
  }
}

function manifestError(value: string | undefined): HttpResponse | undefined {
  if (value === undefined) return undefined;
  const at = value.indexOf("/");
  const [container, prefix] = at < 0 ? ["", ""] : [value.slice(0, at), value.slice(at + 1)];
  const wrong = container === "" || prefix === "" || /[?&]/.test(value) || prefix.startsWith("/");
  if (!wrong) return undefined;
  return answer(400, { body: "X-Object-Manifest must be in the format container/prefix" });
}

/** What a manifest stands for. */
function* assembled(
  app: ProxyApp,
  next: ProxyApplication,
  request: ProxyRequest,
  response: HttpResponse,
  manifest: string,
): Op<HttpResponse> {
  const at = manifest.indexOf("/");
  const container = unquoted(manifest.slice(0, at)) ?? "";
  const prefix = unquoted(manifest.slice(at + 1)) ?? "";
  const [version, account] = request.split(2, 3, true);
  request.acl = undefined;
  const base = `/${version ?? "v1"}/${account ?? ""}/${container}`;
  const listing = yield* segmentsOf(next, request, base, prefix);
  if ("status" in listing) return listing;
  const { segments, complete } = listing;
  const total = segments.reduce((sum, segment) => sum + Number(segment["bytes"] ?? 0), 0);
  const { "content-length": _, "content-range": __, ...kept } = response.headers;
  const etag = md5Hex(segments.map((segment) => textOf(segment, "hash")).join(""));
  const headers = {
    ...kept,
    ...(complete && { "content-length": String(total), etag: `"${etag}"` }),
  };
  const whole = { status: 200, headers, body: null };
  const bounds = parseRange(request.headers.get("range"));
  if (request.method === "HEAD") return whole;
  const [piece] = bounds?.length === 1 ? piecesOf(bounds, total) : [];
  if (bounds?.length === 1 && piece === undefined) return answer(416);
  const content = yield* read(app, next, request, base, segments);
  if (content === undefined) return answer(500);
  if (piece === undefined) return { ...whole, body: content };
  const [start, stop] = piece;
  const range = `bytes ${String(start)}-${String(stop - 1)}/${String(total)}`;
  const length = String(stop - start);
  return {
    status: 206,
    headers: { ...headers, "content-range": range, "content-length": length },
    body: slice(content, start, stop),
  };
}

interface Listing {
  readonly segments: readonly JsonObject[];
  /** Whether these are all. */
  readonly complete: boolean;
}

/** With the rights of whoever asks. */
function* segmentsOf(
  next: ProxyApplication,
  request: ProxyRequest,
  path: string,
  prefix: string,
): Op<Listing | HttpResponse> {
  const query = new Query({ format: "json", prefix });
  const response = yield* next(subrequest(request, path, query));
  if (!isSuccess(response.status)) return response;
  const { body } = response;
  const segments = Array.isArray(body) ? (body as readonly Json[]).filter(isObject) : [];
  return { segments, complete: segments.length < PAGE };
}

function subrequest(request: ProxyRequest, path: string, query = new Query()): ProxyRequest {
  const headers = new Map<string, string>();
  const token = request.headers.get("x-auth-token");
  if (token !== undefined) headers.set("x-auth-token", token);
  headers.set("user-agent", `${request.headers.get("user-agent") ?? ""} DLO MultipartGET`.trim());
  return request.sub({ method: "GET", path, query, headers, environ: { ...request.environ } });
}

/**
 * All segments; what comes behind one that is missing is cut off.
 * @returns undefined if that is the first
 */
function* read(
  app: ProxyApp,
  next: ProxyApplication,
  request: ProxyRequest,
  base: string,
  segments: readonly JsonObject[],
): Op<Content | undefined> {
  const parts: Content[] = [];
  for (const [at, segment] of segments.entries()) {
    if (at >= RATE_LIMIT_AFTER) yield* sleep(seconds(1));
    const path = `${base}/${textOf(segment, "name")}`;
    const { status, body } = yield* next(subrequest(request, path));
    if (!isSuccess(status)) {
      const words = `While processing manifest ${request.path}, got ${String(status)} while retrieving ${path}`;
      app.env.log("error", `ERROR: ${words}`);
      if (at === 0) return undefined;
      break;
    }
    parts.push(contentOf(body));
  }
  return joined(parts);
}
