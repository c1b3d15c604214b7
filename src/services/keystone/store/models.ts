/** The columns of Keystone's tables. Upstream: the models of each keystone/.../backends/sql.py at 2014.2. */
import type {
  Credential,
  Domain,
  Endpoint,
  Group,
  PolicyFile,
  Project,
  Region,
  Role,
  ServiceEntry,
  User,
} from "./rows.js";
import type { Column, Model } from "./model.js";

const text = (length?: number): Column => ({
  kind: "text",
  ...(length !== undefined && { length }),
});

const required = (length?: number): Column => ({
  kind: "text",
  required: true,
  ...(length !== undefined && { length }),
});

const boolean: Column = { kind: "boolean" };

export const DOMAIN: Model<Domain> = {
  type: "domain",
  columns: { name: required(64), enabled: boolean },
};

export const USER: Model<User> = {
  type: "user",
  columns: {
    name: required(255),
    domain_id: required(64),
    password: text(),
    enabled: boolean,
    default_project_id: text(64),
  },
};

export const GROUP: Model<Group> = {
  type: "group",
  columns: { name: required(64), domain_id: required(64), description: text() },
};

export const PROJECT: Model<Project> = {
  type: "project",
  columns: {
    name: required(64),
    domain_id: required(64),
    description: text(),
    enabled: boolean,
  },
};

export const ROLE: Model<Role> = { type: "role", columns: { name: required(255) } };

export const REGION: Model<Region> = {
  type: "region",
  idLength: 255,
  columns: { description: required(255), parent_region_id: text(255), url: text(255) },
};

export const SERVICE: Model<ServiceEntry> = {
  type: "service",
  columns: { type: text(255), enabled: boolean },
};

export const ENDPOINT: Model<Endpoint> = {
  type: "endpoint",
  columns: {
    interface: required(8),
    region_id: text(255),
    service_id: required(64),
    url: required(),
    legacy_endpoint_id: text(64),
    enabled: boolean,
  },
};

export const CREDENTIAL: Model<Credential> = {
  type: "credential",
  columns: { user_id: required(64), project_id: text(64), blob: required(), type: required(255) },
};

export const POLICY: Model<PolicyFile> = {
  type: "policy",
  columns: { blob: required(), type: required(255) },
};
