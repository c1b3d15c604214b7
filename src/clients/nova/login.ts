/**
 * The client of one command: who the user is by options and environment, and the login before the
 * command begins. Upstream: novaclient/shell.py (main), from the parsed options to `authenticate`.
 */
import type { Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import type { Credentials } from "../keystone/session.js";
import {
  AmbiguousEndpoints,
  AuthorizationFailure,
  CommandError,
  EndpointNotFound,
  Unauthorized,
} from "../rest/exceptions.js";
import type { Console } from "../shell/console.js";
import { NovaClient } from "./client.js";
import type { Arguments } from "./command.js";

/**
 * The client that `args` ask for. `debug`: write each request and response to standard error.
 * @throws CommandError if something that a login needs is missing
 */
export function clientOf(env: Env, args: Arguments, debug: boolean, console: Console): NovaClient {
  return new NovaClient(env, credentialsOf(args), {
    endpoint: {
      serviceType: args.text("service_type") ?? "compute",
      endpointType: args.text("endpoint_type") ?? "publicURL",
      region: args.text("os_region_name"),
      serviceName: args.text("service_name"),
    },
    bypassUrl: args.text("bypass_url"),
    timeout: args.number("timeout"),
    insecure: args.flag("insecure"),
    debug: debug ? (text) => console.error(text) : undefined,
  });
}

function credentialsOf(args: Arguments): Credentials {
  const username = args.text("os_username");
  const userId = args.text("os_user_id");
  const token = args.text("os_auth_token");
  const logsIn = token === undefined || args.text("bypass_url") === undefined;
  if (logsIn && username === undefined && userId === undefined) {
    throw new CommandError(
      "You must provide a username or user id via --os-username, --os-user-id, env[OS_USERNAME] or env[OS_USER_ID]",
    );
  }
  const tenantName = args.text("os_tenant_name");
  const tenantId = args.text("os_tenant_id");
  if (tenantName === undefined && tenantId === undefined) {
    throw new CommandError(
      "You must provide a tenant name or tenant id via --os-tenant-name, --os-tenant-id, env[OS_TENANT_NAME] or env[OS_TENANT_ID]",
    );
  }
  const authUrl = args.text("os_auth_url");
  if (authUrl === undefined) {
    throw new CommandError(
      "You must provide an auth url via either --os-auth-url or env[OS_AUTH_URL] or specify an auth_system which defines a default url with --os-auth-system or env[OS_AUTH_SYSTEM]",
    );
  }
  const password = args.text("os_password");
  if (logsIn && password === undefined) {
    throw new CommandError(
      "Expecting a password provided via either --os-password, env[OS_PASSWORD], or prompted response",
    );
  }
  return { authUrl, username, userId, password, tenantName, tenantId, token };
}

/** Upstream logs in before the command begins and words two failures anew. */
export function* login(nova: NovaClient, console: Console): Op<void> {
  try {
    yield* nova.session.authenticate();
  } catch (error) {
    if (error instanceof Unauthorized) {
      throw new CommandError("Invalid OpenStack Nova credentials.");
    }
    if (error instanceof AuthorizationFailure) throw new CommandError("Unable to authorize user");
    if (error instanceof EndpointNotFound) {
      console.print("Could not find any suitable endpoint. Correct region?");
    }
    if (error instanceof AmbiguousEndpoints) {
      console.print("Found more than one valid endpoint. Use a more restrictive filter");
    }
    throw error;
  }
}
