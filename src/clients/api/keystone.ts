/** Keystone's v2.0 API for programs; for administrators. Upstream: keystoneclient/v2_0/client.py, 0.11.1. */
import { assertOptions, type Op } from "../../kernel/index.js";
import { getList, type Asker } from "./asking.js";
import { Collection } from "./collection.js";
import { ApiPart } from "./part.js";
import { flag, maybe, nullable, object, text, type Shaped } from "./shape.js";

const USER = object({
  id: text,
  name: text,
  enabled: flag,
  email: maybe(nullable(text)),
  tenantId: maybe(nullable(text)),
});
const TENANT = object({ id: text, name: text, enabled: flag, description: maybe(nullable(text)) });
const ROLE = object({ id: text, name: text });
const SERVICE = object({ id: text, name: text, type: text, description: maybe(nullable(text)) });
const ENDPOINT = object({
  id: text,
  service_id: text,
  region: nullable(text),
  publicurl: text,
  internalurl: maybe(nullable(text)),
  adminurl: maybe(nullable(text)),
});

/**
 * A user, as `GET /v2.0/users` answers it.
 *
 * @example
 * ```ts
 * import { Cloud, type KeystoneUser } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const users: readonly KeystoneUser[] = cloud.run(cloud.user("admin").keystone.users.list());
 * users.some(({ name }) => name === "demo"); // → true
 * ```
 */
export type KeystoneUser = Shaped<typeof USER>;
/**
 * A project, which v2.0 calls a tenant.
 *
 * @example
 * ```ts
 * import { Cloud, type KeystoneTenant } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const tenants: readonly KeystoneTenant[] = cloud.run(cloud.user("admin").keystone.tenants.list());
 * tenants.some(({ name }) => name === "demo"); // → true
 * ```
 */
export type KeystoneTenant = Shaped<typeof TENANT>;
/**
 * A role, such as `_member_`.
 *
 * @example
 * ```ts
 * import { Cloud, type KeystoneRole } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const roles: readonly KeystoneRole[] = cloud.run(cloud.user("admin").keystone.roles.list());
 * roles.some(({ name }) => name === "admin"); // → true
 * ```
 */
export type KeystoneRole = Shaped<typeof ROLE>;
/**
 * A service of the catalog.
 *
 * @example
 * ```ts
 * import { Cloud, type KeystoneService } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const services: readonly KeystoneService[] = cloud.run(cloud.user("admin").keystone.services.list());
 * services.some(({ type }) => type === "compute"); // → true
 * ```
 */
export type KeystoneService = Shaped<typeof SERVICE>;
/**
 * Where a service is, in three URLs.
 *
 * @example
 * ```ts
 * import { Cloud, type KeystoneEndpoint } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const endpoints: readonly KeystoneEndpoint[] = cloud.run(cloud.user("admin").keystone.endpoints.list());
 * endpoints.every(({ publicurl }) => publicurl.startsWith("http://")); // → true
 * ```
 */
export type KeystoneEndpoint = Shaped<typeof ENDPOINT>;

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewKeystoneUser } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const wanted: NewKeystoneUser = { name: "ann", password: "s3cret" };
 * cloud.run(cloud.user("admin").keystone.users.create(wanted)).enabled; // → true
 * ```
 */
export interface NewKeystoneUser {
  readonly name: string;
  readonly password: string;
  readonly email?: string;
  readonly enabled?: boolean;
  readonly tenantId?: string;
}

/**
 * What makes one, by the names of the API.
 *
 * @example
 * ```ts
 * import { Cloud, type NewKeystoneTenant } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const wanted: NewKeystoneTenant = { name: "web" };
 * cloud.run(cloud.user("admin").keystone.tenants.create(wanted)).enabled; // → true
 * ```
 */
export interface NewKeystoneTenant {
  readonly name: string;
  readonly description?: string;
  readonly enabled?: boolean;
}

/**
 * Keystone for programs: `admin.keystone`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { keystone } = cloud.user("admin");
 * const { id: tenantId } = cloud.run(keystone.tenants.create({ name: "web" }));
 * cloud.run(keystone.users.create({ name: "ann", password: "s3cret", tenantId }));
 * cloud.run(keystone.rolesOf({ user: "ann", tenant: "web" })).map(({ name }) => name).join(); // → "_member_"
 * ```
 */
export class KeystoneApi extends ApiPart {
  readonly users: Collection<KeystoneUser, NewKeystoneUser>;
  readonly tenants: Collection<KeystoneTenant, NewKeystoneTenant>;
  readonly roles: Collection<KeystoneRole, { readonly name: string }>;
  readonly services: Collection<
    KeystoneService,
    { readonly name: string; readonly type: string; readonly description?: string }
  >;
  readonly endpoints: Collection<
    KeystoneEndpoint,
    {
      readonly service_id: string;
      readonly region: string;
      readonly publicurl: string;
      readonly internalurl?: string;
      readonly adminurl?: string;
    }
  >;
  readonly #asker: Asker;

  /** @param asker of the admin URL */
  constructor(asker: Asker) {
    super();
    this.#asker = asker;
    this.users = new Collection(asker, { what: "user", path: "/users", shape: USER });
    this.tenants = new Collection(asker, {
      what: "tenant",
      path: "/tenants",
      shape: TENANT,
      change: "POST",
    });
    this.roles = new Collection(asker, { what: "role", path: "/OS-KSADM/roles", shape: ROLE });
    this.services = new Collection(asker, {
      what: "service",
      one: "OS-KSADM:service",
      path: "/OS-KSADM/services",
      shape: SERVICE,
    });
    this.endpoints = new Collection(asker, {
      what: "endpoint",
      path: "/endpoints",
      shape: ENDPOINT,
      name: "id",
    });
  }

  /** The roles of a user in a project, by names or ids. @throws ClientException, CommandError */
  *rolesOf(who: { readonly user: string; readonly tenant: string }): Op<readonly KeystoneRole[]> {
    assertOptions(who, "rolesOf", ["user", "tenant", "role"]);
    const path = `/tenants/${yield* this.tenants.idOf(who.tenant)}/users/${yield* this.users.idOf(who.user)}/roles`;
    return yield* getList(this.#asker, path, ROLE, "roles");
  }

  /** Give a user a role in a project. @throws ClientException, CommandError */
  *addRole(grant: {
    readonly user: string;
    readonly role: string;
    readonly tenant: string;
  }): Op<void> {
    yield* this.#asker.request("PUT", yield* this.#grant(grant));
  }

  /** Take it away. @throws ClientException, CommandError */
  *removeRole(grant: {
    readonly user: string;
    readonly role: string;
    readonly tenant: string;
  }): Op<void> {
    yield* this.#asker.request("DELETE", yield* this.#grant(grant));
  }

  *#grant(grant: { user: string; role: string; tenant: string }): Op<string> {
    assertOptions(grant, "a grant", ["user", "role", "tenant"]);
    const { user, role, tenant } = grant;
    const [tenantId, userId] = [yield* this.tenants.idOf(tenant), yield* this.users.idOf(user)];
    return `/tenants/${tenantId}/users/${userId}/roles/OS-KSADM/${yield* this.roles.idOf(role)}`;
  }
}
