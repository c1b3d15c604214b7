/**
 * How an object is written: checked, sent to a server for each replica at once, and there when a quorum of
 * them has it. Upstream: swift/proxy/controllers/obj.py (PUT) at 2.2.0.
 */
import { IncompleteBody, type HttpResponse } from "../../../../http/index.js";
import {
  Channel,
  microseconds,
  seconds,
  sleep,
  withTimeout,
  type Op,
} from "../../../../kernel/index.js";
import { TimedOut } from "../../../../python/index.js";
import { answer, badRequest } from "../../common/answer.js";
import { tagsOf } from "../../common/conditions.js";
import { LIMITS, objectCreationError } from "../../common/constraints.js";
import {
  contentOf,
  durationOf,
  lengthOf,
  slice,
  withSum,
  type Content,
} from "../../common/content.js";
import { isTrue } from "../../common/headers.js";
import { httpDate, type Timestamp } from "../../common/timestamp.js";
import type { ProxyApp } from "../app.js";
import { bestResponse, haveQuorum, quorumSize } from "../nodes/best-response.js";
import { Pile } from "../nodes/make-requests.js";
import {
  connectPut,
  type Connected,
  type PutConnection,
  type Target,
} from "../nodes/put-connection.js";
import type { ProxyRequest } from "../request.js";
import { authorized } from "./controller.js";
import { copied, copySource } from "./copy-source.js";
import { guessType } from "./mime-types.js";
import {
  containerOf,
  outgoing,
  readObject,
  writeTime,
  type ObjectMethods,
  type ObjectNames,
} from "./object-methods.js";

export function* putMethod(
  methods: ObjectMethods,
  request: ProxyRequest,
  names: ObjectNames,
): Op<HttpResponse> {
  const { app } = methods;
  const noneMatch = tagsOf(request.headers.get("if-none-match"));
  if (noneMatch !== undefined && !noneMatch.has("*")) {
    return badRequest("If-None-Match only supports *");
  }
  const { info, there } = yield* containerOf(methods, request, names);
  request.headers.set("x-backend-storage-policy-index", "0");
  request.acl = info.writeAcl;
  const denial = yield* authorized(request);
  if (denial !== undefined) return denial;
  if (!there) return answer(404);
  const typed = setType(request);
  const refusal =
    objectCreationError(app.env, request.headers, names.obj) ?? contentTypeError(request);
  if (refusal !== undefined) return refusal;
  if (request.headers.has("x-timestamp")) {
    const known = yield* knownTime(methods, request, names);
    const asked = writeTime(app, request.headers);
    if (typeof asked === "object") return asked;
    if (known !== undefined && known >= asked) return answer(202);
  }
  const at = writeTime(app, request.headers);
  if (typeof at === "object") return at;
  request.headers.set("x-timestamp", at);
  const source = yield* copySource(methods, request, names, typed);
  if (source !== undefined && "status" in source) return source;
  const sent = source?.request ?? request;
  const response = yield* write(app, sent, names, { at, content: source?.content });
  return source === undefined ? response : copied(source, response);
}

/** @returns whether the client has said of which type it is */
function setType({ headers, path }: ProxyRequest): boolean {
  const detect = isTrue(headers.get("x-detect-content-type"));
  if (!detect && headers.get("content-type")) return true;
  headers.set("content-type", guessType(path) ?? "application/octet-stream");
  headers.delete("x-detect-content-type");
  return detect;
}

function contentTypeError({ headers, environ }: ProxyRequest): HttpResponse | undefined {
  if (environ.contentTypeOverridden) return undefined;
  const [, ...parameters] = (headers.get("content-type") ?? "").split(";");
  if (!parameters.some((text) => text.trimStart().startsWith("swift_"))) return undefined;
  return answer(400, { body: "Invalid Content-Type, swift_* is not a valid parameter name." });
}

/** When what is there was written, for a client that says when it wrote. */
function* knownTime(
  methods: ObjectMethods,
  request: ProxyRequest,
  names: ObjectNames,
): Op<Timestamp | undefined> {
  const headers = new Map([["x-newest", "True"]]);
  const head = request.sub({ method: "HEAD", path: request.path, headers });
  const { timestamp } = yield* readObject(methods, head, names);
  return timestamp;
}

interface Written {
  readonly at: Timestamp;
  /** Of a copy; else the request's body. */
  readonly content: Content | undefined;
}

function* write(
  app: ProxyApp,
  request: ProxyRequest,
  names: ObjectNames,
  { at, content }: Written,
): Op<HttpResponse> {
  const { env, nodes } = app;
  const { account, container, obj } = names;
  const { ring, partition, nodes: primaries } = app.object(account, container, obj);
  const path = `/${account}/${container}/${obj}`;
  const target: Target = { ring, partition, path, asked: request.path };
  const next = nodes.iterate(ring, partition);
  const chunked = request.headers.get("transfer-encoding")?.includes("chunked") === true;
  const workers = outgoing(app, request, names, primaries.length).map((headers) => {
    // Without a body there is nothing to wait for.
    if ((request.contentLength ?? 0) > 0 || chunked) headers.set("expect", "100-continue");
    return connectPut(app, next, target, headers);
  });
  const pile = new Pile(app, workers);
  const connected: Connected[] = [];
  while (pile.pending > 0) {
    const one = yield* pile.next();
    if (one !== undefined) connected.push(one);
  }
  const wanted = quorumSize(primaries.length);
  const give = (status: number): HttpResponse => {
    for (const { connection } of connected) connection.close();
    return answer(status);
  };
  if (connected.some(({ response }) => response?.status === 412)) return give(412);
  const required = `${String(connected.length)}/${String(wanted)} required connections`;
  if (connected.length < wanted) {
    env.log("error", `Object PUT returning 503, ${required}`);
    return give(503);
  }
  const body = content ?? (yield* bodyOf(app, request));
  if (typeof body === "number") return give(body);
  const left = yield* transfer(app, connected, body, wanted);
  if (left === undefined) return give(503);
  return yield* finish(app, left, { target, count: primaries.length, at });
}

/** What the client sends. @returns a status if it does not come as it should */
function* bodyOf({ env, flags }: ProxyApp, request: ProxyRequest): Op<Content | 408 | 413 | 499> {
  const { held } = request;
  let content: Content;
  try {
    const patience = seconds(flags.client_timeout);
    const body =
      held === undefined
        ? request.body
        : yield* withTimeout(patience, "the client's data", held.read());
    content = contentOf(body);
  } catch (error) {
    if (error instanceof TimedOut) {
      env.log("warning", `ERROR Client read timeout (${String(flags.client_timeout)}s)`);
      return 408;
    }
    if (!(error instanceof IncompleteBody)) throw error;
    env.log("error", "ERROR Exception causing client disconnect");
    return 499;
  }
  const length = lengthOf(content);
  const announced = request.contentLength ?? length;
  if (Math.min(length, announced) > LIMITS.max_file_size) return 413;
  if (length < announced) {
    env.log("warning", "Client disconnected without sending enough data");
    return 499;
  }
  return withSum(slice(content, 0, announced), env.stream("sum of data")).content;
}

/** The body goes to all at once. @returns who is left; undefined if these are too few */
function* transfer(
  app: ProxyApp,
  connected: readonly Connected[],
  content: Content,
  wanted: number,
): Op<readonly Connected[] | undefined> {
  const ended = new Channel<PutConnection>("a connection that breaks");
  for (const { connection, response } of connected) {
    if (response === undefined) connection.send(content, ended);
  }
  const failed = new Set<PutConnection>();
  const duration = durationOf(content);
  if (duration === 0) return connected;
  const until = app.env.kernel.now + duration;
  const watch = function* (): Op<void> {
    while (connected.length - failed.size >= wanted) failed.add(yield* ended.take());
  };
  try {
    yield* withTimeout(duration, "the transfer", watch());
  } catch (error) {
    if (!(error instanceof TimedOut)) throw error;
  }
  const left = connected.filter(({ connection }) => !failed.has(connection));
  if (left.length >= wanted) {
    const rest = until - app.env.kernel.now;
    if (rest > 0) yield* sleep(microseconds(rest));
    return left;
  }
  app.env.log(
    "error",
    `Object PUT exceptions during send, ${String(left.length)}/${String(wanted)} required connections`,
  );
  return undefined;
}

interface Finish {
  readonly target: Target;
  readonly count: number;
  readonly at: Timestamp;
}

/** Final answers, until a quorum agrees, and then a moment more. */
function* finish(
  app: ProxyApp,
  connected: readonly Connected[],
  { target, count, at }: Finish,
): Op<HttpResponse> {
  const { env, nodes, postQuorum } = app;
  const finals = connected.map(function* ({ connection, response }): Op<HttpResponse | undefined> {
    const final = response ?? (yield* connection.finish());
    if (final === undefined) {
      const info = `Trying to get final status of PUT to ${target.asked}`;
      nodes.exception(connection.node, "Object", info);
    } else if (final.status >= 500) {
      const said = typeof final.body === "string" ? final.body.slice(0, 1024) : "";
      const message = `ERROR ${String(final.status)} ${said} From Object Server re: ${target.asked}`;
      nodes.occurred(target.ring, connection.node, message);
    }
    return final;
  });
  const pile = new Pile(app, finals);
  const responses: HttpResponse[] = [];
  const statuses = (): number[] => responses.map(({ status }) => status);
  while (pile.pending > 0 && !haveQuorum(statuses(), count)) {
    const response = yield* pile.next();
    if (response !== undefined) responses.push(response);
  }
  responses.push(...(yield* pile.rest(postQuorum)));
  const good = responses.filter(({ status }) => status >= 200 && status < 300);
  const etags = new Set(good.map(({ headers }) => (headers["etag"] ?? "").replaceAll('"', "")));
  if (etags.size > 1) {
    env.log("error", `Object servers returned ${String(etags.size)} mismatched etags`);
    return answer(500);
  }
  while (responses.length < count) responses.push({ status: 503, headers: {}, body: "" });
  // Of a PUT only bodies count, no headers.
  const bare = responses.map(({ status, body }) => ({ status, headers: {}, body }));
  const [etag] = etags;
  const best = bestResponse(env, bare, { what: "Object PUT", etag });
  return { ...best, headers: { ...best.headers, "last-modified": httpDate(env, at) } };
}
