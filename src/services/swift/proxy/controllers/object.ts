/**
 * Requests about an object. How one is written is in `object-put.ts`, copies are in `copy.ts`; old
 * versions are not kept. Upstream: swift/proxy/controllers/obj.py (ObjectController) at 2.2.0.
 */
import { Query, type Headers, type HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { answer } from "../../common/answer.js";
import { deleteHeadersError, metadataError } from "../../common/constraints.js";
import { plainHeaders } from "../../common/headers.js";
import { quotePath } from "../../common/split-path.js";
import { now } from "../../common/timestamp.js";
import type { ProxyApp } from "../app.js";
import { makeRequests } from "../nodes/make-requests.js";
import type { ProxyApplication, ProxyRequest } from "../request.js";
import { authorized, type Controller } from "./controller.js";
import { copyMethod } from "./copy.js";
import {
  containerOf,
  getObject,
  outgoing,
  writeTime,
  type ObjectMethods,
  type ObjectNames,
} from "./object-methods.js";
import { putMethod } from "./object-put.js";

export function objectController(
  app: ProxyApp,
  ask: ProxyApplication,
  names: ObjectNames,
): Controller {
  const methods: ObjectMethods = { app, ask };
  const { account, container, obj } = names;

  const GET = (request: ProxyRequest): Op<HttpResponse> => getObject(methods, request, names);

  const PUT = (request: ProxyRequest): Op<HttpResponse> => putMethod(methods, request, names);

  const COPY = (request: ProxyRequest): Op<HttpResponse> => copyMethod(methods, request, names);

  /** A POST is a copy of the object to itself, with other metadata. */
  function* POST(request: ProxyRequest): Op<HttpResponse> {
    if (!app.flags.object_post_as_copy) return yield* fastPost(request);
    request.method = "PUT";
    request.headers.set("content-length", "0");
    request.headers.set("x-copy-from", quotePath(`/${container}/${obj}`));
    request.headers.set("x-fresh-metadata", "true");
    request.query = request.query.and(new Query({ "multipart-manifest": "get" }));
    const response = yield* putMethod(methods, request, names);
    return response.status === 201 ? answer(202) : response;
  }

  function* fastPost(request: ProxyRequest): Op<HttpResponse> {
    const refusal = metadataError(request.headers, "object");
    if (refusal !== undefined) return refusal;
    const { info, there } = yield* containerOf(methods, request, names);
    request.acl = info.writeAcl;
    const denial = yield* authorized(request);
    if (denial !== undefined) return denial;
    if (!there) return answer(404);
    const wrong = deleteHeadersError(app.env, request.headers);
    if (wrong !== undefined) return wrong;
    request.headers.set("x-backend-storage-policy-index", "0");
    request.headers.set("x-timestamp", now(app.env));
    return yield* write(request, "POST");
  }

  function* DELETE(request: ProxyRequest): Op<HttpResponse> {
    const { info, there } = yield* containerOf(methods, request, names);
    request.acl = info.writeAcl;
    const denial = yield* authorized(request);
    if (denial !== undefined) return denial;
    if (!there) return answer(404);
    const at = writeTime(app, request.headers);
    if (typeof at === "object") return at;
    request.headers.set("x-timestamp", at);
    request.headers.set("x-backend-storage-policy-index", "0");
    return yield* write(request, "DELETE", new Map([[404, 204]]));
  }

  function* write(
    request: ProxyRequest,
    method: string,
    overrides?: ReadonlyMap<number, number>,
  ): Op<HttpResponse> {
    const { ring, partition, nodes } = app.object(account, container, obj);
    const headers: Headers[] = outgoing(app, request, names, nodes.length).map(plainHeaders);
    return yield* makeRequests(app, {
      ...{ ring, partition, method, headers },
      path: `/${account}/${container}/${obj}`,
      type: "Object",
      by: method,
      ...(overrides && { overrides }),
    });
  }

  return {
    methods: {
      GET: { serve: GET, delayDenial: true },
      HEAD: { serve: GET, delayDenial: true },
      PUT: { serve: PUT, delayDenial: true },
      POST: { serve: POST, delayDenial: true },
      DELETE: { serve: DELETE, delayDenial: true },
      COPY: { serve: COPY, delayDenial: true },
    },
  };
}
