/** A Keystone with an admin, a service user, a plain user and a catalog of two services. */
import { KeystoneDatabase, keystone } from "../../../src/services/keystone/index.js";
import { seedIdentity, seedService, seedUser } from "../../../src/services/keystone/seed.js";
import type { HttpResponse } from "../../../src/http/index.js";
import type { JsonObject } from "../../../src/python/index.js";
import { TestBed, type TestBedOptions } from "../bed.js";

export const MAIN = "http://controller:5000";
export const ADMIN = "http://controller:35357";

export function seeded(bed: TestBed): KeystoneDatabase {
  const database = new KeystoneDatabase(bed.kernel);
  seedIdentity(database);
  seedUser(database, { name: "admin", roles: ["admin"] });
  seedUser(database, { name: "demo" });
  for (const name of ["nova", "glance"]) {
    seedUser(database, { name, project: "service", roles: ["admin"] });
  }
  seedService(database, {
    type: "compute",
    name: "nova",
    url: "http://controller:8774/v2/$(tenant_id)s",
  });
  seedService(database, {
    type: "identity",
    name: "keystone",
    url: `${MAIN}/v2.0`,
    adminUrl: `${ADMIN}/v2.0`,
  });
  return database;
}

export class IdentityBed extends TestBed {
  readonly database: KeystoneDatabase;

  constructor(options: TestBedOptions = {}) {
    super(options);
    this.database = seeded(this);
    this.start(keystone(this.env("keystone-all"), this.database));
  }

  ask(method: string, url: string, body?: unknown, headers = {}): HttpResponse {
    return this.run(this.http.request(method, url, { body, headers }));
  }

  /** A request to v3 with a token; `[status, body]`. */
  v3As(token: string, method: string, path: string, body?: unknown): [number, JsonObject] {
    const { status, body: said } = this.ask(method, `${MAIN}/v3${path}`, body, {
      "x-auth-token": token,
    });
    return [status, said as JsonObject];
  }

  /** A v2 token by password. */
  login(username: string, tenantName: string | undefined = username): string {
    const { body } = this.post({
      passwordCredentials: { username, password: "secret" },
      tenantName,
    });
    return (body as { access: { token: { id: string } } }).access.token.id;
  }

  /** `POST /v2.0/tokens`. */
  post(auth: unknown): HttpResponse {
    return this.ask("POST", `${MAIN}/v2.0/tokens`, { auth });
  }

  project(name: string): string {
    return this.database.projects.first({ name })!.uuid;
  }

  role(name: string): string {
    return this.database.roles.first({ name })!.uuid;
  }

  user(name: string): string {
    return this.database.users.first({ name })!.uuid;
  }
}
