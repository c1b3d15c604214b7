/**
 * How a manifest is stored: each segment that it names is looked up and has to be what the manifest says.
 * Upstream: swift/common/middleware/slo.py (handle_multipart_put, SloPutContext) at 2.2.0.
 */
import type { HttpResponse } from "../../../../../http/index.js";
import { IncompleteBody } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { dumps, type JsonObject } from "../../../../../python/index.js";
import { Answered, answer, isSuccess } from "../../../common/answer.js";
import { contentOf, lengthOf, slice, type Content } from "../../../common/content.js";
import { md5Hex } from "../../../common/hash-path.js";
import { headerMap, isTrue } from "../../../common/headers.js";
import { quotePath } from "../../../common/split-path.js";
import { isoformat, parseHttpDate, timestamp } from "../../../common/timestamp.js";
import type { ProxyApp } from "../../app.js";
import { guessType } from "../../controllers/mime-types.js";
import type { ProxyApplication, ProxyRequest } from "../../request.js";
import { jsonReport, reportBody, reportType, statusLine, type Failure } from "../bulk/report.js";
import { parseInput, refused, sizeOf, type Wanted } from "./slo-manifest.js";

interface Store {
  readonly app: ProxyApp;
  /** This filter and all behind it. */
  readonly self: ProxyApplication;
  readonly next: ProxyApplication;
}

/** @throws Answered */
export function* putManifest(store: Store, request: ProxyRequest): Op<HttpResponse> {
  const { max_manifest_size, max_manifest_segments } = store.app.flags;
  const { headers, contentLength } = request;
  if ((contentLength ?? 0) > max_manifest_size) {
    throw tooLarge(`Manifest File > ${String(max_manifest_size)} bytes`);
  }
  if (headers.get("x-copy-from")) {
    const body = "Multipart Manifest PUTs cannot be COPY requests";
    throw new Answered(answer(405, { body }));
  }
  const chunked = headers.get("transfer-encoding")?.toLowerCase() === "chunked";
  if (contentLength === undefined && !chunked) throw new Answered(answer(411));
  const sent = slice(yield* bodyOf(request), 0, max_manifest_size);
  const wanted = parseInput(typeof sent === "string" ? sent : undefined);
  if (wanted.length > max_manifest_segments) {
    throw tooLarge(`Number of segments must be <= ${String(max_manifest_segments)}`);
  }
  const { lines, total, etag } = yield* lookedUp(store, request, wanted);
  return yield* stored(store, request, dumps(lines), { total, etag });
}

const tooLarge = (body: string): Answered => new Answered(answer(413, { body }));

function* bodyOf({ held, body }: ProxyRequest): Op<Content> {
  try {
    return contentOf(held === undefined ? body : yield* held.read());
  } catch (error) {
    if (error instanceof IncompleteBody) return "";
    throw error;
  }
}

interface Found {
  readonly lines: readonly JsonObject[];
  /** What the segments weigh. */
  readonly total: number;
  readonly etag: string;
}

/** @throws Answered with 400 and what is wrong with each */
function* lookedUp(
  { app, self }: Store,
  request: ProxyRequest,
  wanted: readonly Wanted[],
): Op<Found> {
  const [version, account] = request.split(1, 4, true);
  const least = app.flags.min_segment_size;
  const problems: Failure[] = [];
  const lines: JsonObject[] = [];
  let [total, sums] = [0, ""];
  for (const [index, { path, etag, size: given }] of wanted.entries()) {
    const size = sizeOf(given);
    if (size < least && (index === 0 || index < wanted.length - 1)) {
      throw refused(`Each segment, except the last, must be at least ${String(least)} bytes.`);
    }
    const bare = path.replace(/^\/+/, "");
    const at = `/${version ?? ""}/${account ?? ""}/${bare}`;
    const { status, reason, headers } = yield* self(headOf(request, at));
    const quoted = quotePath(path);
    if (!isSuccess(status)) {
      problems.push([quoted, statusLine(status, reason)]);
      continue;
    }
    total += size;
    if (size !== Number(headers["content-length"])) problems.push([quoted, "Size Mismatch"]);
    const sum = headers["etag"]?.replaceAll('"', "") ?? "";
    if (etag === sum) sums += sum;
    else problems.push([quoted, "Etag Mismatch"]);
    const modified = timestamp(String(parseHttpDate(headers["last-modified"])));
    const [type = ""] = (headers["content-type"] ?? "").split(";");
    lines.push({
      name: `/${bare}`,
      bytes: size,
      hash: etag,
      content_type: type,
      last_modified: isoformat(app.env, modified),
      ...(isTrue(headers["x-static-large-object"]) && { sub_slo: true }),
    });
  }
  if (problems.length > 0) throw new Answered(problemsAs(request, problems));
  return { lines, total, etag: md5Hex(sums) };
}

function headOf(request: ProxyRequest, path: string): ProxyRequest {
  const headers = headerMap(request.headers);
  headers.set("content-length", "0");
  headers.set("user-agent", `${request.headers.get("user-agent") ?? "None"} MultipartPUT`);
  return request.sub({ method: "HEAD", path, headers, environ: { ...request.environ } });
}

function problemsAs(request: ProxyRequest, problems: readonly Failure[]): HttpResponse {
  const type = reportType(request.headers.get("accept")) ?? "text/plain";
  const json = type === "application/json";
  const body = json ? jsonReport({}, problems) : reportBody(type, {}, problems);
  return answer(400, { body, type });
}

/** The size of all of it is a part of the type, where the listing finds it. */
function* stored(
  { next }: Store,
  request: ProxyRequest,
  manifest: string,
  { total, etag }: Pick<Found, "total" | "etag">,
): Op<HttpResponse> {
  const headers = headerMap(request.headers);
  const type =
    headers.get("content-type") || (guessType(request.path) ?? "application/octet-stream");
  headers.set("content-type", `${type};swift_bytes=${String(total)}`);
  headers.set("x-static-large-object", "True");
  headers.set("content-length", String(lengthOf(manifest)));
  const { method, path, query, environ } = request;
  environ.contentTypeOverridden = true;
  const response = yield* next(request.sub({ method, path, query, headers, body: manifest }));
  if (response.headers["etag"] === undefined) return response;
  return { ...response, headers: { ...response.headers, etag: `"${etag}"` } };
}
