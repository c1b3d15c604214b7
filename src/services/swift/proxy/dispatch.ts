/**
 * The proxy behind its filters: which controller a path leads to, whether whoever asks may, and what
 * becomes of what goes wrong. Upstream: swift/proxy/server.py (handle_request, get_controller) at 2.2.0.
 */
import type { HttpResponse } from "../../../http/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import { Answered, answer } from "../common/answer.js";
import type { ProxyApp } from "./app.js";
import { accountController } from "./controllers/account.js";
import { containerController } from "./controllers/container.js";
import type { Controller } from "./controllers/controller.js";
import { infoController } from "./controllers/info.js";
import { objectController } from "./controllers/object.js";
import type { ProxyApplication, ProxyRequest } from "./request.js";

/** The application at the end of the pipeline. */
export function proxyServer(app: ProxyApp): ProxyApplication {
  /** @throws ValueError for a path that is none */
  function controllerOf(request: ProxyRequest): Controller | undefined {
    if (request.path === "/info") return infoController(app);
    const [, account, container, obj] = request.split(1, 4, true);
    if (account && container && obj) {
      return objectController(app, serve, { account, container, obj });
    }
    if (account && container) return containerController(app, serve, account, container);
    return account && !container && !obj ? accountController(app, account) : undefined;
  }

  function* handle(request: ProxyRequest): Op<HttpResponse> {
    const { headers, environ } = request;
    if ((request.contentLength ?? 0) < 0) return answer(400, { body: "Invalid Content-Length" });
    let controller: Controller | undefined;
    try {
      controller = controllerOf(request);
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      return answer(404);
    }
    if (controller === undefined) return answer(412, { body: "Bad URL" });
    const host = headers.get("host")?.split(":")[0] ?? "";
    if (app.flags.deny_host_headers.includes(host) && host !== "") {
      return answer(403, { body: "Invalid host header" });
    }
    headers.set("x-trans-id", environ.transId);
    const listed = Object.entries(controller.methods).filter(([, one]) => one.unlisted !== true);
    const allowed = [...listed.map(([name]) => name), "OPTIONS"].sort().join(", ");
    if (request.method === "OPTIONS") return answer(200, { body: "", headers: { allow: allowed } });
    const method = Object.hasOwn(controller.methods, request.method)
      ? controller.methods[request.method]
      : undefined;
    if (method === undefined) return answer(405, { headers: { allow: allowed } });
    const { authorize } = environ;
    if (authorize !== undefined) {
      const denial = yield* authorize(request);
      const elsewhere = headers.get("x-copy-from-account") || headers.get("destination-account");
      if (denial === undefined && !elsewhere) environ.authorize = undefined;
      else if (method.delayDenial !== true && denial !== undefined) return denial;
    }
    environ.originalMethod = request.method;
    return yield* method.serve(request);
  }

  function* serve(request: ProxyRequest): Op<HttpResponse> {
    try {
      return yield* handle(request);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (error instanceof Answered) return error.response;
      app.env.log("error", `ERROR Unhandled exception in request: ${error.message}`);
      return answer(500);
    }
  }

  return serve;
}
