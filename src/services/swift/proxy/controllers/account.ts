/** Requests about an account. Upstream: swift/proxy/controllers/account.py at 2.2.0. */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { answer } from "../../common/answer.js";
import { LIMITS, metadataError, nameLength } from "../../common/constraints.js";
import { plainHeaders } from "../../common/headers.js";
import { listingType } from "../../common/listing-request.js";
import { now } from "../../common/timestamp.js";
import { accountHeaders } from "../../db/account-headers.js";
import type { ProxyApp } from "../app.js";
import { getOrHead } from "../nodes/get-or-head.js";
import { makeRequests } from "../nodes/make-requests.js";
import type { ProxyRequest } from "../request.js";
import { autocreate } from "./autocreate.js";
import { withoutOwners, type Controller } from "./controller.js";
import { transferred } from "./transfer.js";

/** @param account its name */
export function accountController(app: ProxyApp, account: string): Controller {
  const tooLong = (): HttpResponse | undefined => {
    const length = nameLength(account);
    if (length <= LIMITS.max_account_name_length) return undefined;
    const most = String(LIMITS.max_account_name_length);
    const body = `Account name length of ${String(length)} longer than ${most}`;
    return answer(400, { body });
  };

  function* getOrHeadAccount(request: ProxyRequest): Op<HttpResponse> {
    const refusal = tooLong();
    if (refusal !== undefined) return refusal;
    const { ring, partition } = app.account(account);
    const wanted = { type: "Account", ring, partition, path: `/${account}` } as const;
    let response: HttpResponse = yield* getOrHead(app, request, wanted);
    if (response.status === 404) {
      if (response.headers["x-account-status"]?.toLowerCase() === "deleted") {
        response = { ...response, status: 410 };
      } else if (app.flags.account_autocreate) {
        response = madeUp(request);
      }
    }
    return withoutOwners(request, response);
  }

  /** As an empty account would answer, HEAD of JSON too. */
  function madeUp(request: ProxyRequest): HttpResponse {
    const type = listingType(request.query, request.headers.get("accept"));
    const at = now(app.env);
    const counts = { containerCount: 0, objectCount: 0, bytesUsed: 0 };
    const headers = accountHeaders({ ...counts, createdAt: at, putTimestamp: at });
    const typed = { headers, type: `${type}; charset=utf-8` };
    return type === "application/json" ? answer(200, { ...typed, body: [] }) : answer(204, typed);
  }

  function* write(request: ProxyRequest, method: string, transfer: boolean): Op<HttpResponse> {
    const { ring, partition, nodes } = app.account(account);
    const more = transfer ? transferred("account", request.headers) : new Map<string, string>();
    const headers = plainHeaders(app.backendHeaders(request, more));
    const sets = nodes.map(() => headers);
    const by = request.method;
    const path = `/${account}`;
    return yield* makeRequests(app, {
      ...{ ring, partition, method, path, by },
      type: "Account",
      headers: sets,
    });
  }

  const refused = (request: ProxyRequest): HttpResponse | undefined =>
    metadataError(request.headers, "account") ?? tooLong();

  /** What only an operator's proxies do. */
  const unmanaged = (): HttpResponse | undefined =>
    app.flags.allow_account_management
      ? undefined
      : answer(405, { headers: { allow: "GET, HEAD, OPTIONS, POST" } });

  function* PUT(request: ProxyRequest): Op<HttpResponse> {
    const refusal = unmanaged() ?? refused(request);
    if (refusal !== undefined) return refusal;
    app.forget(request, account);
    return yield* write(request, "PUT", true);
  }

  function* POST(request: ProxyRequest): Op<HttpResponse> {
    const refusal = tooLong() ?? metadataError(request.headers, "account");
    if (refusal !== undefined) return refusal;
    app.forget(request, account);
    const response = yield* write(request, "POST", true);
    if (response.status !== 404 || !app.flags.account_autocreate) return response;
    yield* autocreate(app, request, account);
    return yield* write(request, "POST", true);
  }

  function* DELETE(request: ProxyRequest): Op<HttpResponse> {
    // An account-wide DELETE with a query was meant for some filter.
    if (!request.query.empty) return answer(400);
    const refusal = unmanaged();
    if (refusal !== undefined) return refusal;
    app.forget(request, account);
    return yield* write(request, "DELETE", false);
  }

  const unlisted = !app.flags.allow_account_management;
  return {
    methods: {
      GET: { serve: getOrHeadAccount },
      HEAD: { serve: getOrHeadAccount },
      POST: { serve: POST },
      PUT: { serve: PUT, unlisted },
      DELETE: { serve: DELETE, unlisted },
    },
  };
}
