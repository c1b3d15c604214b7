/**
 * The filter for many deletes in one request. Archives that are taken apart (`extract-archive`) are not
 * simulated: there is no tar here. Upstream: swift/common/middleware/bulk.py (Bulk) at 2.2.0.
 */
import type { ProxyApp } from "../../app.js";
import type { Filter } from "../../request.js";
import { bulkDelete } from "./deletion.js";

export function bulk(app: ProxyApp): Filter {
  return (next) =>
    function* (request) {
      const asked = request.query.get("bulk-delete") !== undefined;
      const { method } = request;
      if (!asked || (method !== "POST" && method !== "DELETE")) return yield* next(request);
      return yield* bulkDelete({ app, next, agent: "BulkDelete" }, request);
    };
}
