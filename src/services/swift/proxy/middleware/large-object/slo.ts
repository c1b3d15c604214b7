/**
 * Static large objects: a manifest in JSON names segments with their sums, which are looked up before it is
 * stored, and who reads it gets all of them one after the other. Upstream: swift/common/middleware/slo.py
 * (StaticLargeObject) at 2.2.0.
 */
import type { HttpResponse } from "../../../../../http/index.js";
import type { Op } from "../../../../../kernel/index.js";
import { answer } from "../../../common/answer.js";
import type { ProxyApp } from "../../app.js";
import type { Filter, ProxyApplication, ProxyRequest } from "../../request.js";
import { bulkDelete } from "../bulk/deletion.js";
import { answering, partsOf } from "../object-info.js";
import { segmentsToDelete } from "./slo-delete.js";
import { putManifest } from "./slo-put.js";
import { composed, isStatic, readStatic } from "./slo-read.js";

const RESERVED =
  "X-Static-Large-Object is a reserved header. To create a static large object add query param multipart-manifest=put.";

export function staticLargeObject(app: ProxyApp): Filter {
  return (next) => {
    function* handled(request: ProxyRequest): Op<HttpResponse> {
      const { method, query } = request;
      const manifest = query.get("multipart-manifest");
      if (method === "PUT" && manifest === "put") {
        return yield* putManifest({ app, self, next }, request);
      }
      if (method === "DELETE" && manifest === "delete") {
        const items = segmentsToDelete(next, request);
        return yield* bulkDelete({ app, next, agent: "MultipartDELETE", items }, request);
      }
      if (method === "GET" || method === "HEAD") return yield* readStatic(app, next, request);
      if (request.headers.has("x-static-large-object")) return answer(400, { body: RESERVED });
      return yield* next(request);
    }

    const self: ProxyApplication = function* (request) {
      if (partsOf(request, 4, 4).length === 0) return yield* next(request);
      hookCopies(app, next, request);
      return yield* answering(handled(request));
    };
    return self;
  };
}

/** A copy of a manifest is a copy of what it stands for, unless the manifest is asked for. */
function hookCopies(app: ProxyApp, next: ProxyApplication, { environ }: ProxyRequest): void {
  const before = environ.copyHook;
  environ.copyHook = function* (source, response, sink) {
    const whole = source.query.get("multipart-manifest") !== "get" && isStatic(response);
    const result = whole ? yield* composed(app, next, source, response) : response;
    return before === undefined ? result : yield* before(source, result, sink);
  };
}
