/**
 * What there is to delete with a manifest: its segments and those of manifests among them, then each manifest
 * itself. Upstream: swift/common/middleware/slo.py (get_segments_to_delete_iter, get_slo_segments) at 2.2.0.
 */
import { Query } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { ValueError } from "../../../../../python/index.js";
import { Answered, answer, isSuccess } from "../../../common/answer.js";
import { contentOf } from "../../../common/content.js";
import { headerMap } from "../../../common/headers.js";
import type { ProxyApplication, ProxyRequest } from "../../request.js";
import type { Items } from "../bulk/deletion.js";
import { itemOf, type Item } from "../bulk/names.js";
import { linesOf, refused, type Line } from "./slo-manifest.js";
import { isStatic } from "./slo-read.js";

/** `MAX_BUFFERED_SLO_SEGMENTS`. */
const MAX_BUFFERED = 10_000;

interface Segment {
  readonly name: string;
  sub: boolean;
  error?: NonNullable<Item["error"]>;
}

/** @throws Answered with 400 once too many wait */
export function segmentsToDelete(next: ProxyApplication, request: ProxyRequest): Items {
  const [, , container, obj] = request.split(4, 4, true);
  const segments: Segment[] = [{ sub: true, name: `/${container ?? ""}/${obj ?? ""}` }];
  return function* () {
    while (segments.length > 0) {
      if (segments.length > MAX_BUFFERED) {
        throw refused("Too many buffered slo segments to delete.");
      }
      const segment = segments.shift();
      if (segment === undefined) return undefined;
      if (!segment.sub) {
        const { name, error } = segment;
        return { ...itemOf(name), ...(error && { error }) };
      }
      try {
        const below = yield* segmentsOf(next, request, segment.name);
        segments.push(...below.map(({ name, sub }) => ({ name, sub })));
      } catch (error) {
        if (!(error instanceof Answered)) throw error;
        const { status, body } = error.response;
        segment.error = { status, message: typeof body === "string" ? body : "" };
      }
      // The manifest goes behind its segments.
      segment.sub = false;
      segments.push(segment);
    }
    return undefined;
  };
}

/** @throws Answered */
function* segmentsOf(next: ProxyApplication, request: ProxyRequest, name: string): Op<Line[]> {
  const [version, account] = request.split(2, 3, true);
  const headers = headerMap(request.headers);
  headers.set("content-length", "0");
  headers.set("user-agent", `${request.headers.get("user-agent") ?? "None"} MultipartDELETE`);
  const path = `/${version ?? ""}/${account ?? ""}/${name.replace(/^\/+/, "")}`;
  const query = new Query({ "multipart-manifest": "get" });
  const environ = { ...request.environ };
  const response = yield* next(request.sub({ method: "GET", path, query, headers, environ }));
  const { status } = response;
  const failed = (code: number, body: string): Answered => new Answered(answer(code, { body }));
  if (status === 404) throw failed(404, "SLO manifest not found");
  if (status === 401) throw failed(401, "401 Unauthorized");
  if (!isSuccess(status)) throw failed(500, "Unable to load SLO manifest or segment.");
  if (!isStatic(response)) throw refused("Not an SLO manifest");
  const content = contentOf(response.body);
  try {
    return linesOf(typeof content === "string" ? content : "");
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw failed(500, "Unable to load SLO manifest");
  }
}
