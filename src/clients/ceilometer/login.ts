/**
 * Who the user of `ceilometer` is, and where Ceilometer is: Keystone is asked what it speaks, then for a token. Of
 * an error of Ceilometer's a user sees the status alone. Upstream: ceilometerclient/shell.py (main),
 * ceilometerclient/client.py (AuthPlugin, _get_keystone_session), 1.0.12.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { CeilometerClient } from "../../services/ceilometer/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { KeystoneSession, type SessionTrace } from "../openstack/keystone-session.js";
import { discoveredV2 } from "../openstack/keystone-versions.js";
import type { Opened, Opening } from "../openstack/program.js";

const AGENT = "ceilometerclient.openstack.common.apiclient";

/** @throws CommandError if something is missing, and what a refused login is called */
export function* open({ env, args, debug, console }: Opening): Op<Opened<CeilometerClient>> {
  const credentials = credentialsOf(args);
  const trace: SessionTrace = (line) => {
    if (debug) console.error(`DEBUG (${line.replace(" ", ") ")}\n`);
  };
  const { authUrl } = credentials;
  const undetermined = new KeystoneSession(env, credentials, trace);
  const v2 = yield* discoveredV2(undetermined, authUrl, UNDETERMINED);
  if (v2 === undefined) {
    throw new CommandError("logging in by version 3 of Keystone's API is not simulated");
  }
  const session = new KeystoneSession(env, { ...credentials, authUrl: v2 }, trace);
  const url =
    args.text("ceilometer_url") ??
    (yield* session.endpoint({
      serviceType: args.text("os_service_type") ?? "metering",
      interface: args.text("os_endpoint_type") ?? "publicURL",
      region: args.text("os_region_name"),
    }));
  const base = url.replace(/\/+$/u, "");
  return {
    client: new CeilometerClient({
      request: (method, path, body) => session.request(method, `${base}${path}`, AGENT, body),
    }),
  };
}

const UNDETERMINED =
  "Unable to determine the Keystone version to authenticate with using the given auth_url.";

/** @throws CommandError */
function credentialsOf(args: Arguments): ConstructorParameters<typeof KeystoneSession>[1] {
  const missing = (what: string, option: string, variable: string): CommandError =>
    new CommandError(`You must provide ${what} via either --os-${option} or via env[${variable}]`);
  const [username, password] = [args.text("os_username"), args.text("os_password")];
  if (username === undefined) throw missing("a username", "username", "OS_USERNAME");
  if (password === undefined) throw missing("a password", "password", "OS_PASSWORD");
  const [tenantName, tenantId] = [args.text("os_tenant_name"), args.text("os_tenant_id")];
  if (tenantName === undefined && tenantId === undefined) {
    throw new CommandError(
      "You must provide a project_id via either --os-project-id or via env[OS_PROJECT_ID] and " +
        "a domain_name via either --os-user-domain-name or via env[OS_USER_DOMAIN_NAME] or " +
        "a domain_id via either --os-user-domain-id or via env[OS_USER_DOMAIN_ID]",
    );
  }
  const authUrl = args.text("os_auth_url");
  if (authUrl === undefined) throw missing("an auth url", "auth-url", "OS_AUTH_URL");
  return { authUrl, username, password, tenantName, tenantId };
}
