/**
 * Who the user is, by options and environment, and which Keystone is asked. Upstream:
 * neutronclient/shell.py (authenticate_user, _get_keystone_session, _discover_auth_versions), 2.3.9.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { KeystoneSession, type SessionTrace } from "../openstack/keystone-session.js";
import { discoveredV2, DiscoveryFailure, v2ByPath } from "../openstack/keystone-versions.js";

/** A session that has found Keystone and has not logged in. @throws CommandError, Exception */
export function* sessionOf(env: Env, options: Arguments, trace: SessionTrace): Op<KeystoneSession> {
  refuse(options);
  const authUrl = options.text("os_auth_url") ?? "";
  const finder = new KeystoneSession(env, { authUrl, password: "" }, trace);
  return new KeystoneSession(
    env,
    {
      authUrl: yield* v2Url(finder, authUrl),
      username: options.text("os_username"),
      password: options.exactText("os_password") ?? "",
      tenantId: options.text("os_tenant_id"),
      tenantName: options.text("os_tenant_name"),
    },
    trace,
  );
}

/** @throws CommandError if something that a login needs is missing */
function refuse(options: Arguments): void {
  const has = (dest: string): boolean => options.text(dest) !== undefined;
  if (options.text("os_auth_strategy") !== "keystone") {
    if (!has("os_url")) throw new CommandError(NO_URL);
  } else if (has("os_token") || has("os_url")) {
    if (!has("os_token")) {
      throw new CommandError("You must provide a token via either --os-token or env[OS_TOKEN]");
    }
    if (!has("os_url")) throw new CommandError(NO_URL);
  } else {
    const tenant = has("os_tenant_name") || has("os_tenant_id");
    if (!tenant && has("os_project_name")) {
      // A name that upstream misspells.
      throw new CommandError("'Namespace' object has no attribute 'project_domain_name'");
    }
    if (!has("os_username") && !has("os_user_id")) throw new CommandError(NO_USER);
    if (!has("os_password")) {
      throw new CommandError(
        "You must provide a password via either --os-password or env[OS_PASSWORD]",
      );
    }
    if (!tenant && !has("os_project_id")) throw new CommandError(NO_PROJECT);
    if (!has("os_auth_url")) {
      throw new CommandError(
        "You must provide an auth url via either --os-auth-url or via env[OS_AUTH_URL]",
      );
    }
  }
}

const NO_URL = "You must provide a service URL via either --os-url or env[OS_URL]";

const NO_USER =
  "You must provide a username or user ID via  --os-username, env[OS_USERNAME] or  " +
  "--os-user_id, env[OS_USER_ID]";

const NO_PROJECT =
  "You must provide a project_id or project_name (with project_domain_name or project_domain_id) " +
  "via   --os-project-id (env[OS_PROJECT_ID])  --os-project-name (env[OS_PROJECT_NAME]),  " +
  "--os-project-domain-id (env[OS_PROJECT_DOMAIN_ID])  --os-project-domain-name " +
  "(env[OS_PROJECT_DOMAIN_NAME])";

/** Where version 2.0 of Keystone is: where it says so, else where the user said. */
function* v2Url(session: KeystoneSession, authUrl: string): Op<string> {
  const url = yield* discovered(session, authUrl);
  if (url !== undefined) return url;
  throw new CommandError("logging in by version 3 of Keystone's API is not simulated");
}

function* discovered(session: KeystoneSession, authUrl: string): Op<string | undefined> {
  try {
    return yield* discoveredV2(session, authUrl, UNDETERMINED);
  } catch (error) {
    if (!(error instanceof DiscoveryFailure)) throw error;
    return v2ByPath(authUrl, UNDETERMINED);
  }
}

const UNDETERMINED =
  "Unable to determine the Keystone version to authenticate with using the given auth_url. " +
  "Identity service may not support API version discovery. Please provide a versioned auth_url " +
  "instead.";
