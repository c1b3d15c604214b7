/** Options of keystone.conf that this service reads. Upstream: keystone/common/config.py. */
import {
  HASH_ALGORITHMS,
  boolean,
  integer,
  option,
  optionalString,
  secret,
  string,
  wholeSeconds,
} from "../../framework/index.js";

/** What makes tokens, by what they look like. */
export const PROVIDERS = {
  uuid: "keystone.token.providers.uuid.Provider",
  pki: "keystone.token.providers.pki.Provider",
  pkiz: "keystone.token.providers.pkiz.Provider",
} as const;

export const keystoneFlags = {
  public_port: integer(5000, "Port of the main API", { min: 1, max: 65535 }),
  admin_port: integer(35357, "Port of the admin API", { min: 1, max: 65535 }),
  admin_token: secret(
    string("ADMIN", "Shared secret with which Keystone is set up; it can do anything"),
  ),
  token_expiration: option(
    "token.expiration",
    wholeSeconds(3600, "Seconds for which a token is good", {
      min: 1,
    }),
  ),
  token_provider: option(
    "token.provider",
    string(PROVIDERS.uuid, "What makes tokens", Object.values(PROVIDERS)),
  ),
  token_format: option(
    "signing.token_format",
    optionalString("UUID or PKI, as it was said before there was token.provider"),
  ),
  hash_algorithm: option(
    "token.hash_algorithm",
    string("md5", "Hash that stands for a signed token in the database", HASH_ALGORITHMS),
  ),
  max_param_size: integer(64, "Longest user or tenant id or name", { min: 1 }),
  max_token_size: integer(8192, "Longest token", { min: 1 }),
  max_request_body_size: integer(114_688, "Largest body of a request, in bytes", { min: 1 }),
  max_password_length: option(
    "identity.max_password_length",
    integer(4096, "Longest password", { min: 1 }),
  ),
  strict_password_check: boolean(false, "Refuse a longer password instead of cutting it"),
  domain_id_immutable: boolean(true, "Nothing moves from one domain to another"),
  list_limit: integer(0, "Most members of a list; 0: any number", { min: 0 }),
  assignment_list_limit: option(
    "assignment.list_limit",
    integer(0, "Most domains, projects or roles of a list; 0: as list_limit", { min: 0 }),
  ),
  catalog_list_limit: option(
    "catalog.list_limit",
    integer(0, "Most services, endpoints or regions of a list; 0: as list_limit", { min: 0 }),
  ),
  identity_list_limit: option(
    "identity.list_limit",
    integer(0, "Most users or groups of a list; 0: as list_limit", { min: 0 }),
  ),
  policy_list_limit: option(
    "policy.list_limit",
    integer(0, "Most policies of a list; 0: as list_limit", { min: 0 }),
  ),
  revoke_by_id: option("token.revoke_by_id", boolean(true, "Keep lists of revoked tokens")),
  revoke_expiration_buffer: option(
    "revoke.expiration_buffer",
    integer(1800, "Seconds for which an event is kept beyond the life of a token", { min: 0 }),
  ),
  trust_enabled: option("trust.enabled", boolean(true, "One user may let another act for it")),
  os_inherit_enabled: option(
    "os_inherit.enabled",
    boolean(false, "Projects inherit roles that were given on their domain for that"),
  ),
} as const;
