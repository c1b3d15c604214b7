/**
 * What the methods about objects share: the container's leave, where replicas are, and which listing each
 * of them is to tell. Upstream: swift/proxy/controllers/obj.py (_backend_requests, GETorHEAD,
 * _config_obj_expiration) at 2.2.0.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception, bytesRepr } from "../../../../python/index.js";
import { badRequest } from "../../common/answer.js";
import { hostPort } from "../../common/backend.js";
import { EXPIRING_ACCOUNT, expirerContainer } from "../../common/expirer-container.js";
import { appended, headerMap, type HeaderMap } from "../../common/headers.js";
import { now, timestamp } from "../../common/timestamp.js";
import type { Placement, ProxyApp } from "../app.js";
import { NO_INFO, type Info } from "../info.js";
import { getOrHead, type Gotten } from "../nodes/get-or-head.js";
import type { ProxyApplication, ProxyRequest } from "../request.js";
import { authorized } from "./controller.js";

/** An object, and what a method needs to know of where it is. */
export interface ObjectNames {
  readonly account: string;
  readonly container: string;
  readonly obj: string;
}

/** What the methods about objects share. */
export interface ObjectMethods {
  readonly app: ProxyApp;
  /** The proxy itself, for look-ups. */
  readonly ask: ProxyApplication;
}

/** What is known of the container; with `listed` if it is there at all. */
export function* containerOf(
  { app, ask }: ObjectMethods,
  request: ProxyRequest,
  { account, container }: ObjectNames,
): Op<{ readonly info: Info; readonly there: boolean }> {
  const info = yield* app.info(ask, request, account, container);
  return { info: info ?? NO_INFO, there: info !== undefined };
}

/** GET or HEAD of one of its copies, whoever asks. */
export function* readObject(
  { app }: ObjectMethods,
  request: ProxyRequest,
  { account, container, obj }: ObjectNames,
): Op<Gotten> {
  const { ring, partition } = app.object(account, container, obj);
  const path = `/${account}/${container}/${obj}`;
  request.headers.set("x-backend-storage-policy-index", "0");
  return yield* getOrHead(app, request, { type: "Object", ring, partition, path });
}

/** The same for whom the read list of the container lets. */
export function* getObject(
  methods: ObjectMethods,
  request: ProxyRequest,
  names: ObjectNames,
): Op<HttpResponse> {
  const { info } = yield* containerOf(methods, request, names);
  request.acl = info.readAcl;
  const denial = yield* authorized(request);
  if (denial !== undefined) return denial;
  const response = yield* readObject(methods, request, names);
  const type = response.headers["content-type"] ?? "";
  if (!type.includes(";")) return response;
  return { ...response, headers: { ...response.headers, "content-type": cleanType(type) } };
}

/** Without `swift_bytes`, which is Swift's own affair. */
const cleanType = (type: string): string =>
  type
    .split(";")
    .filter((part, at) => at === 0 || !part.trim().startsWith("swift_"))
    .join(";");

/** Each replica of an object is to tell one replica of the container; the first ones tell of its end, too. */
export function outgoing(
  app: ProxyApp,
  request: ProxyRequest,
  { account, container, obj }: ObjectNames,
  replicas: number,
): HeaderMap[] {
  const headers = Array.from({ length: replicas }, () =>
    app.backendHeaders(request, request.headers),
  );
  const name = (what: string, { partition, nodes }: Placement): void => {
    for (const [at, node] of nodes.entries()) {
      const set = headers[at % headers.length] ?? headerMap({});
      const [host, device] = [`x-${what}-host`, `x-${what}-device`];
      set.set(`x-${what}-partition`, String(partition));
      set.set(host, appended(set.get(host), hostPort(node)));
      set.set(device, appended(set.get(device), node.device));
    }
  };
  name("container", app.container(account, container));
  const end = request.headers.get("x-delete-at");
  if (end !== undefined && request.method !== "DELETE") {
    const queue = expirerContainer(app.flags, Number(end), account, container, obj);
    const place = app.container(EXPIRING_ACCOUNT, queue);
    for (const set of headers.slice(0, place.nodes.length)) {
      set.set("x-delete-at-container", queue);
    }
    name("delete-at", place);
  }
  return headers;
}

/** The time of a write: its own, or one that the client has given. */
export function writeTime(app: ProxyApp, headers: HeaderMap): string | HttpResponse {
  const asked = headers.get("x-timestamp");
  if (asked === undefined) return now(app.env);
  try {
    return timestamp(asked);
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    return badRequest(
      `X-Timestamp should be a UNIX timestamp float value; was ${bytesRepr(asked)}`,
    );
  }
}
