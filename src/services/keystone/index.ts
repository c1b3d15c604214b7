/**
 * Keystone: one process, `keystone-all`, with the main API on one port and the admin API on another.
 * It has no RPC. Upstream: bin/keystone-all, etc/keystone-paste.ini; other-services §1.
 */
import { faults, webService, type Env, type Process } from "../../framework/index.js";
import type { HttpRequest } from "../../http/index.js";
import { KeystoneApp } from "./app.js";
import { SigningFiles } from "./tokens/signing.js";
import { Caller } from "./tokens/caller.js";
import type { KeystoneDatabase } from "./store/database.js";
import { faultBody, noRoute } from "./web/faults.js";
import { authContext, jsonBody, normalizedUrl, sizeLimit } from "./web/middleware.js";
import { keystonePolicy } from "./policy.js";
import { keystoneRoutes } from "./routes.js";

export { KeystoneDatabase } from "./store/database.js";
export { seedIdentity, seedUser, type SeedService, type SeedUser } from "./seed.js";

/** The process `keystone-all` on its host. */
export function keystone(
  env: Env,
  database: KeystoneDatabase,
  files: SigningFiles = new SigningFiles(env.kernel),
): Process {
  const app = new KeystoneApp(env, database, files);
  const at = (port: number, side: keyof typeof keystoneRoutes) => {
    const base = (): string => `http://${env.hostAt(port)}`;
    return {
      port,
      app,
      layers: [sizeLimit(app), faults(faultBody(base)), normalizedUrl, authContext(app), jsonBody],
      context: (request: HttpRequest) => new Caller(app, request, base()),
      policy: keystonePolicy,
      routes: keystoneRoutes[side],
      lost: noRoute,
    };
  };
  return webService(env, at(app.flags.public_port, "main"), at(app.flags.admin_port, "admin"));
}
