/**
 * What v3 asks of what it is given. Users and groups have no schema in Juno. Upstream: the schema.py of
 * each part of keystone, and keystone/common/validation/parameter_types.py at 2014.2.
 */
import type { Property, Schema } from "./validator.js";

const boolean: Property = { type: "boolean" };
const text: Property = { type: "string" };
const textOrNull: Property = { type: ["string", "null"] };
const sized = (maxLength: number): Property => ({ type: "string", minLength: 1, maxLength });

const idPattern = /^[a-zA-Z0-9-]+\n?$/;
const idString: Property = { ...sized(64), pattern: idPattern };

/** Hosts are dotted names, localhost or four numbers: `http://controller:8774` is none of these. */
const url: Property = {
  type: "string",
  maxLength: 225,
  pattern: new RegExp(
    "^https?://" +
      "(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]{2,6}\\.?|" +
      "localhost|\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})" +
      "(?::\\d+)?(?:/?|[/?]\\S+)\\n?$",
  ),
};

const project: Schema["properties"] = {
  description: textOrNull,
  domain_id: idString,
  enabled: boolean,
  name: sized(64),
};

const domain: Schema["properties"] = { description: textOrNull, enabled: boolean, name: sized(64) };

const role: Schema["properties"] = { name: sized(255) };

const region: Schema["properties"] = {
  description: text,
  id: text,
  parent_region_id: textOrNull,
  url,
};

const service: Schema["properties"] = { enabled: boolean, name: sized(255), type: sized(255) };

const endpoint: Schema["properties"] = {
  enabled: boolean,
  interface: { type: "string", enum: ["admin", "internal", "public"] },
  region_id: text,
  region: text,
  service_id: text,
  url,
};

const trust: Schema["properties"] = {
  trustor_user_id: idString,
  trustee_user_id: idString,
  impersonation: boolean,
  project_id: { ...sized(64), type: ["string", "null"], pattern: idPattern },
  remaining_uses: { type: ["integer", "null"] },
  expires_at: { type: ["null", "string"] },
  roles: { ...sized(64), type: ["string", "array"], pattern: idPattern },
};

const credential: Schema["properties"] = {
  blob: text,
  project_id: text,
  type: text,
  user_id: text,
};

const policy: Schema["properties"] = { blob: text, type: { type: "string", maxLength: 255 } };

const made = (properties: Schema["properties"], ...required: readonly string[]): Schema => ({
  properties,
  required,
});

const changed = (properties: Schema["properties"]): Schema => ({ properties, minProperties: 1 });

export const SCHEMAS = {
  create_project: made(project, "name"),
  update_project: changed(project),
  create_domain: made(domain, "name"),
  update_domain: changed(domain),
  create_role: made(role, "name"),
  update_role: changed(role),
  create_region: { properties: region },
  update_region: changed(region),
  create_service: made(service, "type"),
  update_service: changed(service),
  create_endpoint: made(endpoint, "interface", "service_id", "url"),
  update_endpoint: changed(endpoint),
  create_trust: made(trust, "trustor_user_id", "trustee_user_id", "impersonation"),
  create_credential: made(credential, "blob", "type", "user_id"),
  update_credential: changed(credential),
  create_policy: made(policy, "blob", "type"),
  update_policy: changed(policy),
} satisfies Readonly<Record<string, Schema>>;
