/** Options of `[keystone_authtoken]`. Upstream: keystonemiddleware 1.2.0 `auth_token.py`. */
import {
  boolean,
  integer,
  list,
  option,
  optionalString,
  secret,
  string,
  wholeSeconds,
} from "../flags/index.js";

/** One project's options of the middleware. They are made once, in the project's `flags.ts`. */
export type AuthTokenFlags = ReturnType<typeof authTokenFlags>;

/**
 * The options of the token middleware, for the service user of that name.
 *
 * @param user the service's own user in Keystone: `nova`, `glance` ...
 * @param delay whether the service itself refuses strangers
 *
 * @example
 * ```ts
 * import { authTokenFlags } from "novasim";
 *
 * console.log(authTokenFlags("board", false).admin_user.default); // board
 * ```
 */
export const authTokenFlags = (user: string, delay: boolean) =>
  ({
    identity_uri: option(
      "keystone_authtoken.identity_uri",
      optionalString(
        "Keystone's admin API, without a version; unset: of auth_host, or http://controller:35357",
      ),
    ),
    auth_host: option(
      "keystone_authtoken.auth_host",
      optionalString("Host of Keystone's admin API, where identity_uri is not set"),
    ),
    auth_port: option("keystone_authtoken.auth_port", integer(35357, "Port of that")),
    auth_protocol: option(
      "keystone_authtoken.auth_protocol",
      string("http", "http or https; the network here has http alone"),
    ),
    auth_admin_prefix: option(
      "keystone_authtoken.auth_admin_prefix",
      string("", "What stands before its paths"),
    ),
    auth_uri: option(
      "keystone_authtoken.auth_uri",
      string("http://controller:5000", "Keystone's main API, as told to who is refused"),
    ),
    auth_version: option(
      "keystone_authtoken.auth_version",
      optionalString("API version of the admin API; asked of Keystone unless set"),
    ),
    admin_user: option(
      "keystone_authtoken.admin_user",
      string(user, "User that this service asks Keystone as"),
    ),
    admin_password: option(
      "keystone_authtoken.admin_password",
      secret(string("secret", "Password of that user")),
    ),
    admin_tenant_name: option(
      "keystone_authtoken.admin_tenant_name",
      string("service", "Tenant of that user"),
    ),
    delay_auth_decision: option(
      "keystone_authtoken.delay_auth_decision",
      boolean(delay, "Let the service decide about requests without a token"),
    ),
    http_request_max_retries: option(
      "keystone_authtoken.http_request_max_retries",
      integer(3, "How often to try again to reach Keystone", { min: 0 }),
    ),
    token_cache_time: option(
      "keystone_authtoken.token_cache_time",
      wholeSeconds(300, "Seconds for which a token is kept; -1 keeps none", { min: -1 }),
    ),
    revocation_cache_time: option(
      "keystone_authtoken.revocation_cache_time",
      wholeSeconds(10, "Seconds for which the list of revoked tokens is kept", { min: 0 }),
    ),
    check_revocations_for_cached: option(
      "keystone_authtoken.check_revocations_for_cached",
      boolean(false, "Look into that list for tokens that are kept as well; needs PKI"),
    ),
    hash_algorithms: option(
      "keystone_authtoken.hash_algorithms",
      list(["md5"], "Hashes of signed tokens, the preferred one first"),
    ),
    include_service_catalog: option(
      "keystone_authtoken.include_service_catalog",
      boolean(true, "Hand the service catalog on to the service"),
    ),
  }) as const;
