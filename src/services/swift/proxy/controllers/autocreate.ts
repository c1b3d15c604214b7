/** An account that is written to and is not there. Upstream: swift/proxy/controllers/base.py (autocreate_account) at 2.2.0. */
import type { Op } from "../../../../kernel/index.js";
import { isSuccess } from "../../common/answer.js";
import { isSysMeta, plainHeaders } from "../../common/headers.js";
import type { ProxyApp } from "../app.js";
import { makeRequests } from "../nodes/make-requests.js";
import type { ProxyRequest } from "../request.js";

export function* autocreate(app: ProxyApp, request: ProxyRequest, account: string): Op<void> {
  const { ring, partition, nodes } = app.account(account);
  const headers = app.backendHeaders(request);
  for (const name of ["user-agent", "referer"]) headers.delete(name);
  for (const [name, value] of request.headers) {
    if (isSysMeta("account", name)) headers.set(name, value);
  }
  const set = plainHeaders(headers);
  const path = `/${account}`;
  const { status } = yield* makeRequests(app, {
    ...{ ring, partition, path },
    method: "PUT",
    type: "Account",
    by: "GET",
    headers: nodes.map(() => set),
  });
  if (isSuccess(status)) {
    app.env.log("info", `autocreate account '${path}'`);
    app.forget(request, account);
  } else {
    app.env.log("warning", `Could not autocreate account '${path}'`);
  }
}
