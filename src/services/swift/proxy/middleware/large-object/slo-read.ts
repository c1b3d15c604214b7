/**
 * What a manifest stands for: all of its segments one after the other, and segments of manifests among them.
 * Upstream: swift/common/middleware/slo.py (SloGetContext) at 2.2.0.
 */
import type { Headers, HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { ValueError } from "../../../../../python/index.js";
import { answer, isSuccess } from "../../../common/answer.js";
import { conditional, parseRange, piecesOf } from "../../../common/conditions.js";
import { contentOf } from "../../../common/content.js";
import { md5Hex } from "../../../common/hash-path.js";
import { headerMap, isTrue, plainHeaders } from "../../../common/headers.js";
import { quotePath, splitPath } from "../../../common/split-path.js";
import type { ProxyApp } from "../../app.js";
import type { ProxyApplication, ProxyRequest } from "../../request.js";
import { ListingIterError, Segments, partRequest } from "./segments.js";
import { linesOf, type Line } from "./slo-manifest.js";

const MAX_DEPTH = 10;
const AGENT = "SLO MultipartGET";

export const isStatic = ({ headers }: HttpResponse): boolean =>
  isTrue(headers["x-static-large-object"]);

/** GET or HEAD of what may be a manifest. */
export function* readStatic(
  app: ProxyApp,
  next: ProxyApplication,
  request: ProxyRequest,
): Op<HttpResponse> {
  let response = yield* next(request);
  if (!isStatic(response)) return response;
  if (request.query.get("multipart-manifest") === "get") {
    const type = "application/json; charset=utf-8";
    return { ...response, headers: { ...response.headers, "content-type": type } };
  }
  if (isPartial(request, response)) {
    response = yield* next(partRequest(request, request.path, AGENT, request.query));
  }
  const { "content-range": _, ...headers } = response.headers;
  return yield* composed(app, next, request, { ...response, headers });
}

/** Whether the whole manifest has to be fetched once more. */
function isPartial({ method, headers: asked }: ProxyRequest, response: HttpResponse): boolean {
  if (method === "HEAD") return true;
  const { status, headers } = response;
  if ((asked.has("if-match") || asked.has("if-none-match")) && !isSuccess(status)) return true;
  if (parseRange(asked.get("range")) === undefined || (status !== 206 && status !== 416)) {
    return false;
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers["content-range"] ?? "");
  if (range === null) return true;
  const [, first, last, length] = range;
  return !(Number(first) === 0 && Number(last) === Number(length) - 1);
}

/** @param response the manifest */
export function* composed(
  app: ProxyApp,
  next: ProxyApplication,
  request: ProxyRequest,
  response: HttpResponse,
): Op<HttpResponse> {
  const lines = linesIn(response);
  const total = lines.reduce((sum, { bytes }) => sum + bytes, 0);
  const { etag: _, "content-length": __, ...kept } = response.headers;
  const whole: Headers = { ...kept, "content-length": String(total) };
  const etag = `"${md5Hex(lines.map(({ hash }) => hash).join(""))}"`;
  const bounds = request.method === "HEAD" ? undefined : parseRange(request.headers.get("range"));
  const pieces = bounds === undefined ? [] : piecesOf(bounds, total);
  if (bounds !== undefined && pieces.length === 0) return answer(416);
  // Of several ranges nothing is made but the whole.
  const [piece] = pieces.length === 1 ? pieces : [];
  const headers = piece === undefined ? { ...whole, etag } : whole;
  const asked = headerMap(request.headers);
  asked.delete("range");
  const boundaries = app.env.stream("boundary");
  const found = conditional(
    request.method,
    plainHeaders(asked),
    { status: 200, headers, body: null },
    undefined,
    boundaries,
  );
  if (found.status !== 200 || request.method === "HEAD") return found;
  const [start, stop] = piece ?? [0, total];
  const segments = new Segments(app, next, request, AGENT);
  const walk = new Walk(next, request, segments, start, stop - 1);
  const content = yield* segments.all(walk.through(lines, 1));
  if (typeof content === "object" && "status" in content) return content;
  if (piece === undefined) return { ...found, body: content };
  const range = `bytes ${String(start)}-${String(stop - 1)}/${String(total)}`;
  const ranged = { "content-range": range, "content-length": String(stop - start) };
  return { status: 206, headers: { ...headers, ...ranged }, body: content };
}

/** None in what cannot be read. */
function linesIn({ body }: HttpResponse): Line[] {
  const content = contentOf(body);
  try {
    return typeof content === "string" ? linesOf(content) : [];
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return [];
  }
}

/** The bytes that are still wanted, counted from where the walk is. */
class Walk {
  readonly #next: ProxyApplication;
  readonly #request: ProxyRequest;
  readonly #segments: Segments;
  readonly #base: string;
  #first: number;
  #last: number;

  constructor(
    next: ProxyApplication,
    request: ProxyRequest,
    segments: Segments,
    first: number,
    last: number,
  ) {
    this.#next = next;
    this.#request = request;
    this.#segments = segments;
    this.#first = first;
    this.#last = last;
    const [version, account] = request.split(3, 3, true);
    this.#base = `/${version ?? ""}/${account ?? ""}`;
  }

  /** Manifests of which nothing is wanted are not fetched. @throws ListingIterError */
  *through(lines: readonly Line[], depth: number): Op<void> {
    for (const { name, bytes, hash, sub } of lines) {
      if (this.#first >= bytes) {
        this.#advance(bytes);
        continue;
      }
      if (this.#last < 0) break;
      if (sub) {
        if (depth >= MAX_DEPTH) throw new ListingIterError("Max recursion depth exceeded");
        yield* this.through(yield* this.#below(name), depth + 1);
        continue;
      }
      yield* this.#segments.read({
        path: `${this.#base}/${name.replace(/^\/+/, "")}`,
        etag: hash,
        size: bytes,
        first: this.#first <= 0 ? null : this.#first,
        last: this.#last >= bytes - 1 ? null : this.#last,
      });
      this.#advance(bytes);
    }
  }

  #advance(bytes: number): void {
    this.#first = Math.max(this.#first - bytes, -1);
    this.#last = Math.max(this.#last - bytes, -1);
  }

  *#below(name: string): Op<Line[]> {
    const [container, obj] = splitPath(name, 2, 2, true);
    const path = `${this.#base}/${container ?? ""}/${obj ?? ""}`;
    const asked = partRequest(this.#request, path, AGENT, this.#request.query);
    const { status, body } = yield* this.#next(asked);
    const { path: whole } = this.#request;
    const what = `submanifest ${quotePath(path)}`;
    if (!isSuccess(status)) {
      throw new ListingIterError(
        `ERROR: while fetching ${whole}, GET of ${what} failed with status ${String(status)}`,
      );
    }
    const content = contentOf(body);
    try {
      return linesOf(typeof content === "string" ? content : "");
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new ListingIterError(
        `ERROR: while fetching ${whole}, JSON-decoding of ${what} failed with ${error.message}`,
      );
    }
  }
}
