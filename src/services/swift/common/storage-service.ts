/**
 * What account, container and object servers have in common: a method for each verb, and what becomes of
 * a request that is none of theirs or goes wrong. Upstream: `__call__` of swift/{account,container,obj}/server.py
 * at 2.2.0.
 */
import { WsgiService, type Env, type Process } from "../../../framework/index.js";
import type { HttpRequest, HttpResponse } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { Answered, answer } from "./answer.js";
import { unquoted, type Handler } from "./request.js";

export interface StorageServer {
  readonly port: number;
  /** By verb. */
  readonly handlers: ReadonlyMap<string, Handler>;
}

/** @throws AddressInUse */
export function storageService(env: Env, { port, handlers }: StorageServer): Process {
  function* serve(request: HttpRequest): Op<HttpResponse> {
    const { current } = env.kernel;
    const transaction = request.headers["x-trans-id"];
    if (current !== undefined && transaction !== undefined) current.request = transaction;
    const response = yield* answered(request);
    // What says how long the body would be stays.
    return request.method === "HEAD" ? { ...response, body: null } : response;
  }

  function* answered(request: HttpRequest): Op<HttpResponse> {
    const { method, path: quoted, query, headers, body, held } = request;
    const path = unquoted(quoted);
    if (path === undefined) return answer(412, { body: "Invalid UTF8 or contains NULL" });
    const handler = handlers.get(method);
    if (handler === undefined) return answer(405);
    try {
      return yield* handler({ method, path, quoted, query, headers, body, held });
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof Answered) return error.response;
      env.log("error", `ERROR __call__ error with ${method} ${path} : ${error.message}`);
      return answer(500, { body: `${error.name}: ${error.message}` });
    }
  }

  return new WsgiService(env, { servers: [{ port, application: serve }] });
}
