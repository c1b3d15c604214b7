/**
 * Who the user of `openstack` is: somebody with a password, or an operator with a token and a URL to use
 * it at. Upstream: openstackclient/shell.py (authenticate_user), openstackclient/common/clientmanager.py,
 * openstackclient/identity/client.py, 0.4.1; keystoneclient/v2_0/client.py, keystoneclient/httpclient.py,
 * 0.11.1.
 */
import {
  AuthorizationFailure,
  CommandError,
  EndpointNotFound,
  Unauthorized,
} from "../../../framework/apiclient/index.js";
import type { Env } from "../../../framework/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { KEYSTONE_AGENT, passwordLogin } from "../../openstack/identity.js";
import type { Console } from "../../shell/console.js";
import { Transports } from "./transports.js";
import { AccessV2, type Access } from "./access.js";
import { OpenStackClients } from "../clients.js";
import { loginV3 } from "./login-v3.js";
import { clientVersion } from "./versions.js";

/** @throws CommandError if something is missing that a login needs, and what a refusal is called */
export function* authenticate(
  env: Env,
  options: Arguments,
  console: Console,
): Op<OpenStackClients> {
  const text = (name: string) => options.text(`os_${name}`);
  const transports = new Transports(env, {
    insecure: options.flag("insecure"),
    debug: options.flag("debug") ? (line) => console.error(line) : undefined,
  });
  const [token, url] = [text("token"), text("url")];
  if (token === undefined && url === undefined) {
    requireLogin(options);
    return yield* withPassword(transports, options, console);
  }
  if (token === undefined) throw missing("a token", "--os-token or env[OS_TOKEN]");
  if (url === undefined) throw missing("a service URL", "--os-url or env[OS_URL]");
  const identityVersion = clientVersion("identity", options);
  return new OpenStackClients({
    ...{ env, transports, options, console, token, url, identityVersion },
    ...{ access: undefined, identityUrl: url.replace(/\/+$/u, "") },
  });
}

function* withPassword(
  transports: Transports,
  options: Arguments,
  console: Console,
): Op<OpenStackClients> {
  const authUrl = (options.text("os_auth_url") ?? "").replace(/\/+$/u, "");
  const identityVersion = clientVersion("identity", options);
  const http = transports.of(KEYSTONE_AGENT);
  const access =
    identityVersion === "3"
      ? yield* unlessRefused(loginV3(http, authUrl, options), "Authorization failed: ")
      : yield* unlessRefused(loginV2(transports, authUrl, options), "Authorization Failed: ");
  const { token } = access;
  const identityUrl = adminUrlIn(access, options.text("os_region_name"), console);
  const common = { env: transports.env, transports, options, console, token, identityVersion };
  return new OpenStackClients({ ...common, access, identityUrl, url: undefined });
}

function* loginV2(transports: Transports, authUrl: string, options: Arguments): Op<Access> {
  const text = (name: string) => options.text(`os_${name}`);
  const access = yield* passwordLogin(transports.of(KEYSTONE_AGENT), authUrl, {
    username: text("username") ?? "",
    password: text("password") ?? "",
    tenantId: text("project_id"),
    tenantName: text("project_name"),
  });
  return new AccessV2(access);
}

/** All that goes wrong but a refusal is a failure to authorize. */
function* unlessRefused(login: Op<Access>, words: string): Op<Access> {
  try {
    return yield* login;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof Unauthorized || error instanceof AuthorizationFailure) throw error;
    if (error instanceof EndpointNotFound) {
      throw new AuthorizationFailure("There was no suitable authentication url for this request");
    }
    throw new AuthorizationFailure(`${words}${error.message}`);
  }
}

function adminUrlIn(access: Access, region: string | undefined, console: Console) {
  try {
    return access.adminUrl(region);
  } catch (error) {
    if (!(error instanceof EndpointNotFound)) throw error;
    console.error(
      "WARNING: keystoneclient.httpclient Failed to retrieve management_url from token\n",
    );
    return undefined;
  }
}

/** @throws CommandError */
function requireLogin(options: Arguments): void {
  const given = (...names: string[]) =>
    names.some((name) => options.text(`os_${name}`) !== undefined);
  if (!given("username")) throw missing("a username", "--os-username or env[OS_USERNAME]");
  if (!given("password")) {
    throw missing("a password", "--os-password, or env[OS_PASSWORD],  or prompted response");
  }
  const inside = given("project_id", "project_name", "domain_id", "domain_name");
  if (!inside && !given("trust_id")) throw new CommandError(NO_SCOPE);
  if (!given("auth_url")) throw missing("an auth url", "--os-auth-url or via env[OS_AUTH_URL]");
  if (!given("trust_id")) return;
  if (options.text("os_identity_api_version") !== "3") {
    throw new CommandError("Trusts can only be used with Identity API v3");
  }
  if (inside) {
    throw new CommandError(
      "Authentication cannot be scoped to multiple targets. Pick one of project, domain or trust.",
    );
  }
}

const missing = (what: string, how: string): CommandError =>
  new CommandError(`You must provide ${what} via either ${how}`);

const NO_SCOPE =
  "You must provide authentication scope as a project or a domain via --os-project-id or " +
  "env[OS_PROJECT_ID], --os-project-name or env[OS_PROJECT_NAME], --os-domain-id or " +
  "env[OS_DOMAIN_ID], or--os-domain-name or env[OS_DOMAIN_NAME], or --os-trust-id or " +
  "env[OS_TRUST_ID].";
