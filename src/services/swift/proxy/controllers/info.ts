/** `GET /info`: what this cluster can do. Upstream: swift/proxy/controllers/info.py at 2.2.0. */
import type { Op } from "../../../../kernel/index.js";
import type { HttpResponse } from "../../../../http/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { answer } from "../../common/answer.js";
import { LIMITS } from "../../common/constraints.js";
import { POLICY } from "../../db/account-headers.js";
import type { ProxyApp } from "../app.js";
import { BULK_DELETE } from "../middleware/bulk/deletion.js";
import type { ProxyRequest } from "../request.js";
import type { Controller } from "./controller.js";

export const VERSION = "2.2.0";

/** A section for Swift itself, and one for each filter that has something to say. */
export function swiftInfo({ flags }: ProxyApp): JsonObject {
  const { allow_account_management, account_autocreate } = flags;
  const { max_manifest_segments, max_manifest_size, min_segment_size } = flags;
  return {
    swift: {
      version: VERSION,
      strict_cors_mode: true,
      policies: [{ default: true, name: POLICY }],
      allow_account_management,
      account_autocreate,
      ...LIMITS,
    },
    bulk_delete: { ...BULK_DELETE },
    container_quotas: {},
    keystoneauth: {},
    slo: { max_manifest_segments, max_manifest_size, min_segment_size },
    tempurl: { methods: ["GET", "HEAD", "PUT", "POST", "DELETE"] },
  };
}

export function infoController(app: ProxyApp): Controller {
  function* GET(request: ProxyRequest): Op<HttpResponse> {
    if (!app.flags.expose_info) return answer(403);
    // Signed requests need a key of the operator's, which nothing here can set.
    const { query } = request;
    const signed = (query.get("swiftinfo_sig") ?? "") + (query.get("swiftinfo_expires") ?? "");
    if (signed !== "") return answer(403);
    return answer(200, { body: swiftInfo(app), type: "application/json; charset=UTF-8" });
  }
  return {
    methods: {
      GET: { serve: GET, delayDenial: true },
      HEAD: { serve: GET, delayDenial: true },
    },
  };
}
