/** Options of `[keystone_authtoken]`. Upstream: keystonemiddleware 1.2.0 `auth_token.py`. */
import {
  boolean,
  integer,
  option,
  optionalString,
  secret,
  string,
  wholeSeconds,
} from "../flags/index.js";

/** One project's options of the middleware. They are made once, in the project's `flags.ts`. */
export type AuthTokenFlags = ReturnType<typeof authTokenFlags>;

/**
 * @param user the service's own user in Keystone: `nova`, `glance` ...
 * @param delay whether the service itself refuses strangers
 */
export const authTokenFlags = (user: string, delay: boolean) =>
  ({
    identity_uri: option(
      "keystone_authtoken.identity_uri",
      string("http://controller:35357", "Keystone's admin API, without a version"),
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
    include_service_catalog: option(
      "keystone_authtoken.include_service_catalog",
      boolean(true, "Hand the service catalog on to the service"),
    ),
  }) as const;
