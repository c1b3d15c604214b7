/**
 * Puts users, projects, roles and the catalog into the database when a cloud is built, as an
 * installer does with the admin token. Each id comes from a stream of its own name, so that one more
 * user changes nobody else's. Not a service: it runs before there is one.
 */
import type { Row } from "../../framework/index.js";
import type { UserDomain } from "../../framework/project.js";
import { DEFAULT_DOMAIN, type KeystoneDatabase } from "./store/database.js";
import type { Project, Role, ServiceEntry, User } from "./store/rows.js";

/** The password of every seeded user unless told otherwise. */
export const DEFAULT_PASSWORD = "secret";

export const DEFAULT_REGION = "RegionOne";

export interface SeedUser {
  readonly name: string;
  /** Default: one of the user's own name. */
  readonly project?: string;
  /** Its id, where it must be one that files speak of. */
  readonly projectId?: string;
  readonly password?: string;
  /** Names of roles on the project. Default: `_member_`. */
  readonly roles?: readonly string[];
  readonly email?: string;
}

export interface SeedService {
  /** `compute`. */
  readonly type: string;
  /** `nova`. */
  readonly name: string;
  readonly description?: string;
  /** `http://controller:8774/v2/$(tenant_id)s`. */
  readonly url: string;
  /** Default: `url`. */
  readonly adminUrl?: string;
  readonly internalUrl?: string;
  readonly region?: string;
}

/** The domain, the roles `admin`, `_member_` and `service`, and the project `service`. */
export function seedIdentity(database: KeystoneDatabase): void {
  if (database.domains.get(DEFAULT_DOMAIN) === undefined) {
    database.domains.insert({
      uuid: DEFAULT_DOMAIN,
      name: "Default",
      enabled: true,
      extra: {},
    });
  }
  for (const name of ["admin", "_member_", "service"]) seedRole(database, name);
  seedProject(database, "service");
}

/** A user with its project and roles, each made if it is not there yet. */
export function seedUser(
  database: KeystoneDatabase,
  { name, project = name, projectId, password, roles = ["_member_"], email }: SeedUser,
): { readonly user: Row<User>; readonly project: Row<Project> } {
  const home = seedProject(database, project, projectId);
  const user =
    database.users.first({ name, domain_id: DEFAULT_DOMAIN }) ??
    database.users.insert({
      uuid: newId(database, `user ${name}`),
      name,
      domain_id: DEFAULT_DOMAIN,
      password: password ?? DEFAULT_PASSWORD,
      enabled: true,
      default_project_id: null,
      extra: { email: email ?? null },
    });
  for (const role of roles) {
    database.grant({
      type: "UserProject",
      actor_id: user.uuid,
      target_id: home.uuid,
      role_id: seedRole(database, role).uuid,
    });
  }
  return { user, project: home };
}

/** A domain, with an administrator of its users, and the roles that these are given. */
export function seedUserDomain(
  database: KeystoneDatabase,
  { id, name, admin, roles }: UserDomain,
): void {
  database.domains.insert({ uuid: id, name, enabled: true, extra: {} });
  const user = database.users.insert({
    uuid: newId(database, `user ${admin}`),
    name: admin,
    domain_id: id,
    password: DEFAULT_PASSWORD,
    enabled: true,
    default_project_id: null,
    extra: { email: null },
  });
  const role_id = seedRole(database, "admin").uuid;
  database.grant({ type: "UserDomain", actor_id: user.uuid, target_id: id, role_id });
  for (const role of roles) seedRole(database, role);
}

/** A service of the catalog and its endpoint in one region. */
export function seedService(
  database: KeystoneDatabase,
  { type, name, description, url, adminUrl, internalUrl, region = DEFAULT_REGION }: SeedService,
): Row<ServiceEntry> {
  const service = database.services.insert({
    uuid: newId(database, `service ${name} ${type}`),
    type,
    enabled: true,
    extra: { name, description: description ?? "" },
  });
  if (database.regions.get(region) === undefined) {
    const extra = {};
    database.regions.insert({
      uuid: region,
      description: "",
      parent_region_id: null,
      url: null,
      extra,
    });
  }
  const key = `endpoint ${name} ${type} ${region}`;
  const legacy_endpoint_id = newId(database, key);
  const urls = { public: url, internal: internalUrl ?? url, admin: adminUrl ?? url } as const;
  for (const face of ["public", "internal", "admin"] as const) {
    database.endpoints.insert({
      uuid: newId(database, `${key} ${face}`),
      legacy_endpoint_id,
      interface: face,
      region_id: region,
      service_id: service.uuid,
      url: urls[face],
      enabled: true,
      extra: {},
    });
  }
  return service;
}

/** What Keystone is told of projects: the users of their services, and where these listen. */
export interface Registration {
  readonly serviceUsers: readonly string[];
  readonly catalog: readonly SeedService[];
}

export function register(
  database: KeystoneDatabase,
  { serviceUsers, catalog }: Registration,
): void {
  for (const name of serviceUsers) {
    seedUser(database, { name, project: "service", roles: ["admin"] });
  }
  for (const entry of catalog) seedService(database, entry);
}

/** Takes back what `register` has told, when what was to be there could not start. */
export function unregister(
  { users, assignments, services, endpoints }: KeystoneDatabase,
  { serviceUsers, catalog }: Registration,
): void {
  for (const { name, type } of catalog) {
    for (const { uuid, extra } of services.find({ type })) {
      if (extra["name"] !== name) continue;
      for (const endpoint of endpoints.find({ service_id: uuid })) endpoints.remove(endpoint.uuid);
      services.remove(uuid);
    }
  }
  for (const name of serviceUsers) {
    for (const { uuid } of users.find({ name, domain_id: DEFAULT_DOMAIN })) {
      for (const { id } of assignments.find({ actor_id: uuid })) assignments.remove(id);
      users.remove(uuid);
    }
  }
}

function seedRole(database: KeystoneDatabase, name: string): Row<Role> {
  const known = database.roles.first({ name });
  return known ?? database.roles.insert({ uuid: newId(database, `role ${name}`), name, extra: {} });
}

function seedProject(database: KeystoneDatabase, name: string, id?: string): Row<Project> {
  const known = database.projects.first({ name, domain_id: DEFAULT_DOMAIN });
  if (known !== undefined) return known;
  const uuid = id ?? newId(database, `project ${name}`);
  const domain_id = DEFAULT_DOMAIN;
  const extra = {};
  return database.projects.insert({ uuid, name, domain_id, description: "", enabled: true, extra });
}

const newId = ({ kernel }: KeystoneDatabase, purpose: string): string =>
  kernel.stream("keystone seed", purpose).hex32();
