/**
 * The source of a copy: the proxy reads its newest copy and writes that as it would a client's data.
 * Upstream: swift/proxy/controllers/obj.py (the middle of PUT), swift/common/constraints.py
 * (check_path_header) at 2.2.0.
 */
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import { Exception } from "../../../../python/index.js";
import { Answered, answer } from "../../common/answer.js";
import { LIMITS } from "../../common/constraints.js";
import { contentOf, type Content } from "../../common/content.js";
import { headerMap, isSysMeta, isSysOrUserMeta, isTrue } from "../../common/headers.js";
import { unquoted } from "../../common/request.js";
import { quotePath, splitPath } from "../../common/split-path.js";
import type { ProxyRequest } from "../request.js";
import { getObject, type ObjectMethods, type ObjectNames } from "./object-methods.js";

/** What is to be copied, and the request that writes it. */
export interface Source {
  readonly request: ProxyRequest;
  readonly content: Content;
  readonly names: ObjectNames;
  readonly response: HttpResponse;
}

/** `/container/object` of a header. @throws Answered with 412 */
export function pathIn(request: ProxyRequest, header: string, words: string): [string, string] {
  const value = unquoted(request.headers.get(header) ?? "") ?? "";
  try {
    const [container, obj] = splitPath(value.startsWith("/") ? value : `/${value}`, 2, 2, true);
    return [container ?? "", obj ?? ""];
  } catch (error) {
    if (!(error instanceof Exception)) throw error;
    const body = `${words} header must be of the form <container name>/<object name>`;
    throw new Answered(answer(412, { body }));
  }
}

/** @throws Answered with 412 */
export function accountIn(request: ProxyRequest, header: string, otherwise: string): string {
  const account = request.headers.get(header);
  if (account === undefined || account === "") return otherwise;
  if (!account.includes("/")) return account;
  throw new Answered(answer(412, { body: "Account name cannot contain slashes" }));
}

/**
 * The source of a copy; undefined for a request that is none.
 * @param typed whether the client has said of which type the copy is
 * @returns an answer where the source cannot be had
 */
export function* copySource(
  methods: ObjectMethods,
  request: ProxyRequest,
  { account }: ObjectNames,
  typed: boolean,
): Op<Source | HttpResponse | undefined> {
  if (!request.headers.get("x-copy-from")) return undefined;
  const from = accountIn(request, "x-copy-from-account", account);
  const [container, obj] = pathIn(request, "x-copy-from", "X-Copy-From");
  const names = { account: from, container, obj };
  const path = `/v1/${from}/${container}/${obj}`;
  const asked = headerMap(request.headers);
  asked.delete("x-backend-storage-policy-index");
  asked.set("x-newest", "true");
  asked.set("content-length", "0");
  const environ = { ...request.environ };
  const get = request.sub({ method: "GET", path, query: request.query, headers: asked, environ });
  const sink = request.sub({
    method: request.method,
    path: request.path,
    query: request.query,
    headers: headerMap(request.headers),
  });
  let response = yield* getObject(methods, get, names);
  const { copyHook } = request.environ;
  if (copyHook !== undefined) response = yield* copyHook(get, response, sink);
  if (response.status >= 300) return response;
  const length = response.headers["content-length"];
  if (length === undefined || Number(length) > LIMITS.max_file_size) return answer(413);
  const { headers } = sink;
  headers.set("content-length", length);
  headers.delete("x-copy-from");
  headers.delete("x-copy-from-account");
  if (!typed) headers.set("content-type", response.headers["content-type"] ?? "");
  inherit(request, response, sink);
  return { request: sink, content: contentOf(response.body), names, response };
}

/** Metadata of the source, below what the request says; of a POST only what is the system's. */
function inherit(request: ProxyRequest, response: HttpResponse, { headers }: ProxyRequest): void {
  const fresh = isTrue(request.headers.get("x-fresh-metadata"));
  if (fresh) {
    for (const name of [...headers.keys()]) if (isSysMeta("object", name)) headers.delete(name);
  }
  for (const [name, value] of Object.entries(response.headers)) {
    const kept = fresh ? isSysMeta("object", name) : isKept(name);
    if (kept && (fresh || !request.headers.has(name))) headers.set(name, value);
  }
  const large = response.headers["x-static-large-object"];
  if (large !== undefined && request.query.get("multipart-manifest") === "get") {
    headers.set("x-static-large-object", large);
  }
}

const isKept = (name: string): boolean => isSysOrUserMeta("object", name) || name === "x-delete-at";

/** The answer to a copy says of what. */
export function copied(
  { request, names, response: source }: Source,
  response: HttpResponse,
): HttpResponse {
  const modified = source.headers["last-modified"];
  const metadata = [...request.headers].filter(([name]) => isKept(name));
  return {
    ...response,
    headers: {
      ...response.headers,
      "x-copied-from-account": quotePath(names.account),
      "x-copied-from": quotePath(`${names.container}/${names.obj}`),
      ...(modified !== undefined && { "x-copied-from-last-modified": modified }),
      ...Object.fromEntries(metadata),
    },
  };
}
