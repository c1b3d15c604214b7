/**
 * Keystone: one process, `keystone-all`, with the main API on one port and the admin API on another.
 * It has no RPC. Upstream: bin/keystone-all, keystone/service.py; other-services §1.
 */
import { type Process, type Env } from "../../framework/index.js";
import { HttpServer, Router, handle, type Application, type Route } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import { KeystoneApp } from "./app.js";
import { Caller } from "./caller.js";
import type { KeystoneDatabase } from "./database.js";
import { withFaults } from "./faults.js";
import { v2CatalogRoutes } from "./v2/catalog-routes.js";
import { v2OwnTenantRoutes, v2TenantRoutes } from "./v2/tenant-routes.js";
import { v2TokenRoutes } from "./v2/token-routes.js";
import { v2RoleRoutes, v2UserRoutes } from "./v2/user-routes.js";
import { v3CatalogRoutes } from "./v3/catalog-routes.js";
import { v3GrantRoutes } from "./v3/grant-routes.js";
import { v3ResourceRoutes } from "./v3/resource-routes.js";
import { v3TokenRoutes } from "./v3/token-routes.js";
import { versionRoutes } from "./version-routes.js";

export { KeystoneDatabase } from "./database.js";
export { seedIdentity, seedUser, type SeedService, type SeedUser } from "./seed.js";

/** The routes of one port; docs/protocol.md is made from them. */
export function keystoneRoutes(
  app: KeystoneApp,
  base: string,
  side: "main" | "admin",
): Route<Caller>[] {
  const v2 =
    side === "main"
      ? v2OwnTenantRoutes(app)
      : [
          ...v2TenantRoutes(app),
          ...v2UserRoutes(app),
          ...v2RoleRoutes(app),
          ...v2CatalogRoutes(app),
        ];
  return [
    ...versionRoutes(base),
    ...v2TokenRoutes(app),
    ...v2,
    ...v3TokenRoutes(app, base),
    ...v3ResourceRoutes(app, base),
    ...v3CatalogRoutes(app, base),
    ...v3GrantRoutes(app, base),
  ];
}

/** The process `keystone-all` on its host. */
export function keystone(env: Env, database: KeystoneDatabase): Process {
  return new KeystoneAll(env, database);
}

class KeystoneAll implements Process {
  readonly #env: Env;
  readonly #servers: readonly HttpServer[];

  constructor(env: Env, database: KeystoneDatabase) {
    const app = new KeystoneApp(env, database);
    const { public_port, admin_port } = app.flags;
    this.#env = env;
    this.#servers = [
      this.#server(app, public_port, "main"),
      this.#server(app, admin_port, "admin"),
    ];
  }

  *start(): Op<void> {
    this.#env.announce("starting");
    for (const server of this.#servers) server.start();
    this.#env.announce("started");
  }

  *stop(): Op<void> {
    this.#env.announce("stopping");
    for (const server of this.#servers) server.stop();
    for (const server of this.#servers) yield* server.wait();
    this.#env.bus.close();
    this.#env.announce("stopped");
  }

  crash(): void {
    for (const server of this.#servers) server.crash();
    this.#env.bus.close();
  }

  #server(app: KeystoneApp, port: number, side: "main" | "admin"): HttpServer {
    const { network, actor, host } = this.#env;
    const address = `${host}:${port}`;
    const router = new Router(keystoneRoutes(app, `http://${address}`, side));
    const application: Application = (request) => handle(router, new Caller(app, request), request);
    return new HttpServer(network, { actor, address, application: withFaults(application) });
  }
}
