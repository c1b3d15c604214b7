/**
 * Many deletes for one request, whose answer is always 200 and says in its body what became of each. Who waits
 * longer than ten seconds is sent a space now and then. Upstream: swift/common/middleware/bulk.py
 * (handle_delete_iter, _process_delete) at 2.2.0.
 */
import type { HttpResponse } from "../../../../../http/index.js";
import { caught, seconds, type Op } from "../../../../../kernel/index.js";
import { Answered, answer, isSuccess } from "../../../common/answer.js";
import { headerMap } from "../../../common/headers.js";
import type { ProxyApp } from "../../app.js";
import type { ProxyApplication, ProxyRequest } from "../../request.js";
import { partsOf } from "../object-info.js";
import { itemsIn, type Item } from "./names.js";
import {
  jsonReport,
  reportBody,
  reportType,
  statusLine,
  type Failure,
  type Figures,
} from "./report.js";

export const BULK_DELETE = { max_deletes_per_request: 10_000, max_failed_deletes: 1000 } as const;

const YIELD_FREQUENCY = seconds(10);

/** @returns the next thing to delete, if there is one */
export type Items = () => Op<Item | undefined>;

interface Deletion {
  readonly app: ProxyApp;
  readonly next: ProxyApplication;
  /** What is put behind the client's name in each request. */
  readonly agent: string;
  /** What is to be deleted; by default what the body says. */
  readonly items?: Items;
}

interface Progress {
  deleted: number;
  missing: number;
  readonly failures: Failure[];
  /** Of the whole, if something fails. */
  failure: 400 | 502;
  spaces: string;
}

export function* bulkDelete(deletion: Deletion, request: ProxyRequest): Op<HttpResponse> {
  const type = reportType(request.headers.get("accept"));
  const progress: Progress = { deleted: 0, missing: 0, failures: [], failure: 400, spaces: "" };
  let [status, said] = [200, ""];
  try {
    if (type === undefined) throw new Answered(answer(406, { body: "" }));
    yield* deleteAll(deletion, request, progress);
    if (progress.failures.length > 0) status = progress.failure;
    else if (progress.deleted + progress.missing === 0) {
      [status, said] = [400, "Invalid bulk delete."];
    }
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof Answered) {
      const { response } = error;
      status = response.status;
      said = typeof response.body === "string" ? response.body : "";
    } else {
      deletion.app.env.log("error", `Error in bulk delete. ${error.message}`);
      status = 500;
    }
  }
  const { spaces, failures } = progress;
  const figures: Figures = {
    "Number Not Found": progress.missing,
    "Response Status": statusLine(status),
    "Response Body": said,
    "Number Deleted": progress.deleted,
  };
  const typed = type === undefined ? {} : { type };
  if (type === "application/json" && spaces === "") {
    return answer(200, { body: jsonReport(figures, failures), ...typed });
  }
  const head = type?.endsWith("/xml") === true ? '<?xml version="1.0" encoding="UTF-8"?>\n' : "";
  const separator = spaces === "" ? "" : `${spaces}\r\n\r\n`;
  const body = `${head}${separator}${reportBody(type, figures, failures)}`;
  return answer(200, { body, ...typed });
}

/** @throws Answered */
function* deleteAll(
  { app, next, agent, items }: Deletion,
  request: ProxyRequest,
  progress: Progress,
): Op<void> {
  const { kernel } = app.env;
  let yielded = kernel.now;
  const [version, account] = partsOf(request, 2, 3);
  if (!version || !account) throw new Answered(answer(404, { body: "" }));
  const type = request.headers.get("content-type");
  if (type && !type.startsWith("text/plain")) throw new Answered(answer(406, { body: "" }));
  const following = items ?? inOrder(yield* itemsIn(request, BULK_DELETE.max_deletes_per_request));
  for (let item = yield* following(); item !== undefined; item = yield* following()) {
    if (yielded + YIELD_FREQUENCY < kernel.now) {
      yielded = kernel.now;
      progress.spaces += " ";
    }
    const { name, quoted, error } = item;
    if (name === "") continue;
    if (progress.failures.length >= BULK_DELETE.max_failed_deletes) {
      throw new Answered(answer(400, { body: "Max delete failures exceeded" }));
    }
    if (error?.status === 404) progress.missing++;
    else if (error !== undefined) progress.failures.push([quoted, error.message]);
    else if (name === undefined) progress.failures.push([quoted, statusLine(412)]);
    else {
      const path = `/${version}/${account}/${name.replace(/^\/+/, "")}`;
      note(progress, quoted, yield* next(removal(request, path, agent)));
    }
  }
}

function inOrder(items: readonly Item[]): Items {
  const left = items.values();
  // An operation that does nothing but tell what is there already.
  return function* () {
    return left.next().value;
  };
}

function removal(request: ProxyRequest, path: string, agent: string): ProxyRequest {
  const headers = headerMap(request.headers);
  headers.set("content-length", "0");
  headers.delete("transfer-encoding");
  headers.set("user-agent", `${request.headers.get("user-agent") ?? "None"} ${agent}`);
  const environ = { ...request.environ };
  return request.sub({ method: "DELETE", path, query: request.query, headers, environ });
}

function note(progress: Progress, quoted: string, { status, reason }: HttpResponse): void {
  if (isSuccess(status)) progress.deleted++;
  else if (status === 404) progress.missing++;
  else {
    if (status >= 500) progress.failure = 502;
    progress.failures.push([quoted, statusLine(status, status === 401 ? undefined : reason)]);
  }
}
