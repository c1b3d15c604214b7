/**
 * `swift-proxy-server`: the only one that clients speak to. Its pipeline has the filters of the sample
 * configuration that are simulated, in their order. Upstream: swift/proxy/server.py,
 * etc/proxy-server.conf-sample at 2.2.0.
 */
import { WsgiService, authToken, type Env, type Process } from "../../../framework/index.js";
import { raisingBehind, type Application } from "../../../http/index.js";
import { headerMap, plainHeaders } from "../common/headers.js";
import { swiftAuthFlags } from "../flags.js";
import type { RingFiles } from "../ring/rings.js";
import { ProxyApp } from "./app.js";
import { proxyServer } from "./dispatch.js";
import type { Memcached } from "./info.js";
import { bulk } from "./middleware/bulk/bulk.js";
import { containerQuotas } from "./middleware/container-quotas.js";
import { keystoneAuth } from "./middleware/keystone-auth.js";
import { dynamicLargeObject } from "./middleware/large-object/dlo.js";
import { staticLargeObject } from "./middleware/large-object/slo.js";
import { outermost } from "./middleware/outer.js";
import { tempUrl } from "./middleware/temp-url.js";
import type { Filter, ProxyApplication } from "./request.js";

/** @param memcached what all proxies remember together */
export function swiftProxy(env: Env, rings: RingFiles, memcached: Memcached): Process {
  const app = new ProxyApp(env, rings, memcached);
  const filters: readonly Filter[] = [
    bulk(app),
    tempUrl(app),
    tokenFilter(env),
    keystoneAuth(app),
    containerQuotas(app),
    staticLargeObject(app),
    dynamicLargeObject(app),
  ];
  const pipeline = filters.reduceRight<ProxyApplication>(
    (next, filter) => filter(next),
    proxyServer(app),
  );
  const application: Application = outermost(app, pipeline);
  const port = app.flags.swift_bind_port;
  return new WsgiService(env, {
    servers: [{ port, application, raising: raisingBehind(application) }],
  });
}

/** The token middleware, which every project has: what it says of who asks is in the headers. */
function tokenFilter(env: Env): Filter {
  const middleware = authToken(env, swiftAuthFlags);
  return (next) => (request) => {
    const { method, path, query, body, from, held } = request;
    const asked = { method, path, query, body, from, headers: plainHeaders(request.headers) };
    return middleware((http) => {
      request.headers.clear();
      for (const [name, value] of headerMap(http.headers)) request.headers.set(name, value);
      return next(request);
    })({ ...asked, ...(held && { held }) });
  };
}
