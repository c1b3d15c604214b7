/**
 * Who the user of `keystone` is: somebody with a password, or an operator with a token and the URL to
 * use it at. Upstream: keystoneclient/shell.py (auth_check, main), httpclient.py (authenticate), 0.11.1.
 */
import {
  AuthorizationFailure,
  CommandError,
  EndpointNotFound,
  Unauthorized,
  type AccessInfo,
} from "../../framework/apiclient/index.js";
import { caught, type Op } from "../../kernel/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { KEYSTONE_AGENT, passwordLogin, urlFor } from "../openstack/identity.js";
import type { Opened, Opening } from "../openstack/program.js";
import { Transport } from "../openstack/transport.js";
import { IdentityApi } from "./identity-api.js";

/** @throws CommandError if something is missing, and what a refused login is called */
export function* open({ env, args, debug, console }: Opening): Op<Opened<IdentityApi>> {
  const transport = new Transport(env, {
    userAgent: KEYSTONE_AGENT,
    timeout: args.number("timeout"),
    insecure: args.flag("insecure"),
    debug: debug ? (text) => console.error(text) : undefined,
  });
  const version = args.text("os_identity_api_version") ?? "2.0";
  const unsupported = `WARNING: unsupported identity-api-version ${version}, falling back to 2.0`;
  const token = args.text("os_token");
  const endpoint = args.text("os_endpoint");
  const authUrl = args.text("os_auth_url");
  const common = {
    authUrl,
    region: args.text("os_region_name"),
    password: args.exactText("os_password") ?? "",
  };
  if (token !== undefined || endpoint !== undefined) {
    if (token === undefined) throw new CommandError(EXPECTING_TOKEN);
    if (endpoint === undefined) throw new CommandError(EXPECTING_ENDPOINT);
    const known = ["os_username", "os_password", "os_auth_url"];
    if (known.some((dest) => args.text(dest) !== undefined)) console.print(BYPASSING);
    if (version !== "2.0") console.print(unsupported);
    const options = { ...common, token, adminUrl: endpoint, access: undefined };
    return { transport, client: new IdentityApi(transport, options) };
  }
  if (authUrl === undefined) throw new CommandError(EXPECTING_URL);
  const login = credentials(args);
  if (version !== "2.0") console.print(unsupported);
  const access = yield* authenticated(passwordLogin(transport, authUrl, login));
  const adminUrl = adminUrlIn(access, common.region, (line) => console.error(line));
  const options = { ...common, token: access.token, adminUrl, access };
  return { transport, client: new IdentityApi(transport, options) };
}

const EXPECTING_TOKEN = "Expecting a token provided via either --os-token or env[OS_SERVICE_TOKEN]";
const EXPECTING_ENDPOINT =
  "Expecting an endpoint provided via either --os-endpoint or env[OS_SERVICE_ENDPOINT]";
const BYPASSING =
  "WARNING: Bypassing authentication using a token & endpoint (authentication credentials are being ignored).";
const EXPECTING_URL = "Expecting an auth URL via either --os-auth-url or env[OS_AUTH_URL]";

/** @throws CommandError */
function credentials(args: Arguments): Parameters<typeof passwordLogin>[2] {
  const username = args.text("os_username");
  const password = args.text("os_password");
  if (username === undefined && password === undefined) {
    throw new CommandError(
      "Expecting authentication method via\n  either a service token, --os-token or env[OS_SERVICE_TOKEN], \n  credentials, --os-username or env[OS_USERNAME]",
    );
  }
  if (username === undefined) {
    throw new CommandError(
      "Expecting a username provided via either --os-username or env[OS_USERNAME]",
    );
  }
  if (password === undefined) {
    throw new CommandError(
      "Expecting a password provided via either --os-password, env[OS_PASSWORD], or prompted response",
    );
  }
  const [tenantId, tenantName] = [args.text("os_tenant_id"), args.text("os_tenant_name")];
  return { username, password, tenantId, tenantName };
}

/** All that goes wrong but a refusal is a failure to authorize. */
function* authenticated(login: Op<AccessInfo>): Op<AccessInfo> {
  try {
    return yield* login;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof Unauthorized) throw error;
    throw new AuthorizationFailure(`Authorization Failed: ${error.message}`);
  }
}

/** Where the admin API is, for who is in a tenant. */
function adminUrlIn(
  access: AccessInfo,
  region: string | undefined,
  warn: (line: string) => void,
): string | undefined {
  if (access.tenantId === undefined) return undefined;
  try {
    return urlFor(access, { type: "identity", endpointType: "admin", region });
  } catch (error) {
    if (!(error instanceof EndpointNotFound)) throw error;
    warn("WARNING:keystoneclient.httpclient:Failed to retrieve management_url from token\n");
    return undefined;
  }
}
