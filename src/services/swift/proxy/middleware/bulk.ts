/**
 * Many deletes in one request, whose answer is always 200 and says in its body what became of each. Archives
 * that are taken apart (`extract-archive`) are not simulated: there is no tar here. Upstream:
 * swift/common/middleware/bulk.py at 2.2.0.
 */
import { IncompleteBody, Query, type HttpResponse } from "../../../../http/index.js";
import { caught, type Op } from "../../../../kernel/index.js";
import type { Json } from "../../../../python/index.js";
import { Answered, answer, titleOf } from "../../common/answer.js";
import { contentOf } from "../../common/content.js";
import { headerMap } from "../../common/headers.js";
import { listingType, type ListingType } from "../../common/listing-request.js";
import { unquoted } from "../../common/request.js";
import { quotePath } from "../../common/split-path.js";
import type { ProxyApp } from "../app.js";
import { LIMITS } from "../../common/constraints.js";
import type { Filter, ProxyApplication, ProxyRequest } from "../request.js";
import { partsOf } from "./object-info.js";

export const BULK_DELETE = { max_deletes_per_request: 10_000, max_failed_deletes: 1000 } as const;

const MAX_PATH = LIMITS.max_object_name_length + LIMITS.max_container_name_length + 2;

/** What became of them. */
interface Report {
  deleted: number;
  missing: number;
  status: string;
  body: string;
  readonly failed: (readonly [name: string, status: string])[];
}

export function bulk(app: ProxyApp): Filter {
  return (next) =>
    function* (request) {
      const asked = request.query.get("bulk-delete") !== undefined;
      const { method } = request;
      if (!asked || (method !== "POST" && method !== "DELETE")) return yield* next(request);
      const type = accepted(request);
      const report: Report = { deleted: 0, missing: 0, status: "200 OK", body: "", failed: [] };
      try {
        if (type === undefined) throw new Answered(answer(406, { body: "" }));
        yield* deleteAll(next, request, report);
      } catch (thrown) {
        const error = yield* caught(thrown);
        if (error instanceof Answered) {
          const { status, body } = error.response;
          report.status = line(status);
          report.body = typeof body === "string" ? body : "";
        } else {
          app.env.log("error", `Error in bulk delete. ${error.message}`);
          report.status = line(500);
        }
      }
      return written(report, type);
    };
}

/** What the client takes; undefined for nothing that there is. */
function accepted({ headers }: ProxyRequest): ListingType | undefined {
  try {
    return listingType(new Query(), headers.get("accept"));
  } catch (error) {
    if (error instanceof Answered) return undefined;
    throw error;
  }
}

const line = (status: number, reason = titleOf(status)): string => `${String(status)} ${reason}`;

/** @throws Answered */
function* deleteAll(next: ProxyApplication, request: ProxyRequest, report: Report): Op<void> {
  const [version, account] = partsOf(request, 2, 3);
  if (!version || !account) throw new Answered(answer(404, { body: "" }));
  const type = request.headers.get("content-type");
  if (type && !type.startsWith("text/plain")) throw new Answered(answer(406, { body: "" }));
  let failure = 400;
  for (const name of yield* namesIn(request)) {
    if (name === "") continue;
    if (report.failed.length >= BULK_DELETE.max_failed_deletes) {
      throw new Answered(answer(400, { body: "Max delete failures exceeded" }));
    }
    const path = `/${version}/${account}/${name.replace(/^\/+/, "")}`;
    const { status, reason } = yield* next(removal(request, path));
    if (status >= 200 && status < 300) report.deleted++;
    else if (status === 404) report.missing++;
    else {
      if (status >= 500) failure = 502;
      report.failed.push([quotePath(name), line(status, status === 401 ? undefined : reason)]);
    }
  }
  if (report.failed.length > 0) report.status = line(failure);
  else if (report.deleted + report.missing === 0) {
    report.status = line(400);
    report.body = "Invalid bulk delete.";
  }
}

function removal(request: ProxyRequest, path: string): ProxyRequest {
  const headers = headerMap(request.headers);
  headers.set("content-length", "0");
  headers.delete("transfer-encoding");
  headers.set("user-agent", `${request.headers.get("user-agent") ?? "None"} BulkDelete`);
  const environ = { ...request.environ };
  return request.sub({ method: "DELETE", path, query: request.query, headers, environ });
}

/** A name a line. @throws Answered with 411 without a length, 413 for too many, 400 for one too long */
function* namesIn(request: ProxyRequest): Op<string[]> {
  const { headers, contentLength } = request;
  const chunked = headers.get("transfer-encoding")?.toLowerCase() === "chunked";
  if (contentLength === undefined && !chunked) throw new Answered(answer(411, { body: "" }));
  const lines = (yield* bodyOf(request)).split("\n").map((text) => text.trim());
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > BULK_DELETE.max_deletes_per_request) {
    const most = String(BULK_DELETE.max_deletes_per_request);
    throw new Answered(answer(413, { body: `Maximum Bulk Deletes: ${most} per request` }));
  }
  if (lines.some((text) => text.length > MAX_PATH * 2)) {
    throw new Answered(answer(400, { body: "Invalid File Name" }));
  }
  return lines.map((text) => unquoted(text) ?? text);
}

function* bodyOf({ held, body }: ProxyRequest): Op<string> {
  try {
    const content = contentOf(held === undefined ? body : yield* held.read());
    return typeof content === "string" ? content : "";
  } catch (error) {
    if (error instanceof IncompleteBody) return "";
    throw error;
  }
}

function written(
  { deleted, missing, status, body, failed }: Report,
  type?: ListingType,
): HttpResponse {
  if (type === "application/json") {
    const said: Json = {
      "Number Not Found": missing,
      "Response Status": status,
      "Response Body": body,
      Errors: failed.map((pair) => [...pair]),
      "Number Deleted": deleted,
    };
    return answer(200, { body: said, type });
  }
  const text = [
    `Number Deleted: ${String(deleted)}`,
    `Number Not Found: ${String(missing)}`,
    `Response Body: ${body}`,
    `Response Status: ${status}`,
    "Errors:",
    failed.map((pair) => pair.join(", ")).join("\n"),
  ].join("\n");
  return answer(200, { body: text, ...(type !== undefined && { type }) });
}
