/** Requests about a container. Upstream: swift/proxy/controllers/container.py at 2.2.0. */
import type { Headers, HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { answer, badRequest, isSuccess } from "../../common/answer.js";
import { hostPort } from "../../common/backend.js";
import { LIMITS, metadataError, nameLength } from "../../common/constraints.js";
import { appended, headerMap, plainHeaders } from "../../common/headers.js";
import { now } from "../../common/timestamp.js";
import { POLICY } from "../../db/account-headers.js";
import type { ProxyApp } from "../app.js";
import { getOrHead } from "../nodes/get-or-head.js";
import { makeRequests } from "../nodes/make-requests.js";
import type { ProxyApplication, ProxyRequest } from "../request.js";
import { autocreate } from "./autocreate.js";
import { authorized, dropOwners, withoutOwners, type Controller } from "./controller.js";
import { transferred } from "./transfer.js";

/** @param ask the proxy itself, for look-ups */
export function containerController(
  app: ProxyApp,
  ask: ProxyApplication,
  account: string,
  container: string,
): Controller {
  const { flags } = app;

  function* getOrHeadContainer(request: ProxyRequest): Op<HttpResponse> {
    if ((yield* app.info(ask, request, account)) === undefined) return answer(404);
    const { ring, partition } = app.container(account, container);
    const path = `/${account}/${container}`;
    const response = yield* getOrHead(app, request, { type: "Container", ring, partition, path });
    request.acl = response.headers["x-container-read"];
    const denial = yield* authorized(request);
    return denial ?? withoutOwners(request, response);
  }

  /** What is wrong with lists and metadata. */
  function refused(request: ProxyRequest): HttpResponse | undefined {
    const { cleanAcl } = request.environ;
    for (const header of ["x-container-read", "x-container-write"]) {
      const value = request.headers.get(header);
      if (value === undefined || cleanAcl === undefined) continue;
      try {
        request.headers.set(header, cleanAcl(header, value));
      } catch (error) {
        if (!(error instanceof Exception)) throw error;
        return answer(400, { body: error.message });
      }
    }
    return metadataError(request.headers, "container");
  }

  /** Each replica of the container is to tell one replica of the account. */
  function sets(request: ProxyRequest, policy?: string): Headers[] {
    const accounts = app.account(account);
    const additional = transferred("container", request.headers);
    additional.set("x-timestamp", now(app.env));
    if (policy === undefined) additional.set("x-backend-storage-policy-default", "0");
    else additional.set("x-backend-storage-policy-index", policy);
    const replicas = app.container(account, container).nodes;
    const headers = replicas.map(() => app.backendHeaders(request, additional));
    for (const [at, node] of accounts.nodes.entries()) {
      const set = headers[at % headers.length] ?? headerMap({});
      set.set("x-account-partition", String(accounts.partition));
      set.set("x-account-host", appended(set.get("x-account-host"), hostPort(node)));
      set.set("x-account-device", appended(set.get("x-account-device"), node.device));
    }
    return headers.map(plainHeaders);
  }

  function* write(request: ProxyRequest, headers: readonly Headers[]): Op<HttpResponse> {
    const { ring, partition } = app.container(account, container);
    const { method } = request;
    app.forget(request, account, container);
    return yield* makeRequests(app, {
      ...{ ring, partition, method, headers },
      path: `/${account}/${container}`,
      type: "Container",
      by: method,
    });
  }

  function* PUT(request: ProxyRequest): Op<HttpResponse> {
    const refusal = refused(request);
    if (refusal !== undefined) return refusal;
    const policy = request.headers.get("x-storage-policy");
    if (policy && policy.toLowerCase() !== POLICY.toLowerCase()) {
      return badRequest(`Invalid X-Storage-Policy '${policy}'`);
    }
    dropOwners(request);
    const length = nameLength(container);
    if (length > LIMITS.max_container_name_length) {
      const most = String(LIMITS.max_container_name_length);
      return answer(400, {
        body: `Container name length of ${String(length)} longer than ${most}`,
      });
    }
    let info = yield* app.info(ask, request, account);
    if (info === undefined && flags.account_autocreate) {
      yield* autocreate(app, request, account);
      info = yield* app.info(ask, request, account);
    }
    if (info === undefined) return answer(404);
    const limit = flags.max_containers_per_account;
    const full = limit > 0 && Number(info.count ?? 0) >= limit;
    if (full && !flags.max_containers_whitelist.includes(account)) {
      const known = yield* app.info(ask, request, account, container, true);
      if (!isSuccess(known?.status ?? 0)) {
        return answer(403, { body: `Reached container limit of ${String(limit)}` });
      }
    }
    return yield* write(request, sets(request, policy ? "0" : undefined));
  }

  function* POST(request: ProxyRequest): Op<HttpResponse> {
    const refusal = refused(request);
    if (refusal !== undefined) return refusal;
    dropOwners(request);
    if ((yield* app.info(ask, request, account)) === undefined) return answer(404);
    const sent = transferred("container", request.headers);
    const headers = plainHeaders(app.backendHeaders(request, sent));
    const { nodes } = app.container(account, container);
    return yield* write(
      request,
      nodes.map(() => headers),
    );
  }

  function* DELETE(request: ProxyRequest): Op<HttpResponse> {
    if ((yield* app.info(ask, request, account)) === undefined) return answer(404);
    const response = yield* write(request, sets(request));
    // No server had the container.
    return response.status === 202 ? answer(404) : response;
  }

  return {
    methods: {
      GET: { serve: getOrHeadContainer, delayDenial: true },
      HEAD: { serve: getOrHeadContainer, delayDenial: true },
      PUT: { serve: PUT },
      POST: { serve: POST },
      DELETE: { serve: DELETE },
    },
  };
}
