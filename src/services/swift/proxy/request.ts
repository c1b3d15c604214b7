/**
 * A request on its way through the proxy's pipeline, and what the filters tell each other of it.
 * Upstream: the WSGI environment, swift/common/swob.py (Request), swift/common/wsgi.py (make_env) at 2.2.0.
 */
import { Query, type HttpRequest, type HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { toJson, type Json } from "../../../python/index.js";
import { contentOf, lengthOf } from "../common/content.js";
import { headerMap, type HeaderMap } from "../common/headers.js";
import { unquoted } from "../common/request.js";
import { quotePath, splitPath } from "../common/split-path.js";
import type { Info } from "./info.js";

/** Says no with an answer. It may have to look things up. */
export type Authorize = (request: ProxyRequest) => Op<HttpResponse | undefined>;

/** What filters put into the environment of a request. */
export interface Environ {
  readonly transId: string;
  /** Asked before the handler; gone once it has said yes. */
  authorize: Authorize | undefined;
  /** Nobody further in is to ask who may. */
  override: boolean;
  /** Who asks, in words of whoever found out. */
  remoteUser: string | undefined;
  /** It may see and set what is the owner's alone. */
  owner: boolean;
  /** Refuses and tidies access lists. */
  cleanAcl: ((header: string, value: string) => string) | undefined;
  /** `swift.account/...`, `swift.container/...`: what was found out about them in this request. */
  readonly infos: Map<string, Info>;
  /** A large object is copied as what it consists of. */
  copyHook: CopyHook | undefined;
  /** A filter has said of which type an object is, and may say `swift_bytes`. */
  contentTypeOverridden: boolean;
  /** The method that came, whatever became of it. */
  originalMethod: string;
}

export type CopyHook = (
  source: ProxyRequest,
  response: HttpResponse,
  sink: ProxyRequest,
) => Op<HttpResponse>;

/** An application of the pipeline. */
export type ProxyApplication = (request: ProxyRequest) => Op<HttpResponse>;

/** A filter in front of one. */
export type Filter = (next: ProxyApplication) => ProxyApplication;

interface Parts {
  readonly method: string;
  readonly path: string;
  readonly query: Query;
  readonly headers: HeaderMap;
  readonly body?: Json;
  readonly held?: HttpRequest["held"];
  readonly from: string;
  readonly environ: Environ;
}

export class ProxyRequest {
  method: string;
  /** Unquoted. */
  path: string;
  query: Query;
  readonly headers: HeaderMap;
  readonly body: Json;
  readonly held: HttpRequest["held"];
  readonly from: string;
  readonly environ: Environ;
  /** The list that says who may, for `authorize`. */
  acl: string | undefined;

  constructor({ method, path, query, headers, body = null, held, from, environ }: Parts) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
    this.held = held;
    this.from = from;
    this.environ = environ;
  }

  /** `["v1", "a", "c", "o"]`. @throws ValueError */
  split(min: number, max = min, rest = false): (string | null)[] {
    return splitPath(this.path, min, max, rest);
  }

  /** Another request in the same environment: a look-up, the source of a copy. */
  sub(parts: Partial<Parts> & Pick<Parts, "method" | "path">): ProxyRequest {
    return new ProxyRequest({
      query: new Query(),
      headers: new Map(),
      from: this.from,
      environ: this.environ,
      ...parts,
    });
  }

  /** One that nobody has to allow (make_pre_authed_env). */
  preAuthed(parts: Partial<Parts> & Pick<Parts, "method" | "path">): ProxyRequest {
    const environ = { ...this.environ, authorize: undefined, override: true, owner: true };
    return this.sub({ ...parts, environ: { ...environ, remoteUser: ".wsgi.pre_authed" } });
  }

  get contentLength(): number | undefined {
    const length = this.headers.get("content-length");
    return length === undefined ? undefined : Number(length);
  }

  /** `PUT http://controller:8080/v1/a/c/o`: for the storage servers. */
  referer(base: string): string {
    return `${this.method} ${base}${quotePath(this.path)}${this.query.toString()}`;
  }
}

/**
 * What came over the wire; a body's length is told by whoever sends one.
 * @returns undefined for a path that is not UTF-8
 */
export function proxyRequest(request: HttpRequest, environ: Environ): ProxyRequest | undefined {
  const path = unquoted(request.path);
  if (path === undefined) return undefined;
  const { method, query, entity, held, from } = request;
  const body =
    entity === undefined ? request.body : (entity.text ?? toJson({ $data: entity.$data }));
  const headers = headerMap(request.headers);
  const sized = headers.has("content-length") || headers.has("transfer-encoding");
  if (body !== null && !sized) headers.set("content-length", String(lengthOf(contentOf(body))));
  return new ProxyRequest({ method, path, query, headers, body, held, from, environ });
}
