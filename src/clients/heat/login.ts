/**
 * Who the user of `heat` is, and where Heat is: Keystone is asked what it speaks, then for a token. With what
 * changes stacks goes the user's own password, for Heat to keep. Upstream: heatclient/shell.py (main),
 * heatclient/common/http.py (SessionClient), 0.2.12.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { HeatClient, type Reader } from "../../services/heat/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { KeystoneSession, type SessionTrace } from "../openstack/keystone-session.js";
import { discoveredV2 } from "../openstack/keystone-versions.js";
import type { Opened, Opening } from "../openstack/program.js";
import { FolderReader } from "./folder-reader.js";

/** What commands work with. */
export interface HeatUser {
  readonly heat: HeatClient;
  /** Of files that a user names. */
  readonly reader: Reader;
}

const AGENT = "python-heatclient";

/** @throws CommandError if something is missing, and what a refused login is called */
export function* open({ env, args, debug, console }: Opening): Op<Opened<HeatUser>> {
  const credentials = credentialsOf(args);
  // `logging.basicConfig` names the module that a line is from.
  const trace: SessionTrace = (line) => {
    if (!debug) return;
    const [logger = "", ...words] = line.split(" ");
    console.error(`DEBUG (${logger.split(".").at(-1) ?? ""}) ${words.join(" ")}\n`);
  };
  const { authUrl, username, password } = credentials;
  const v2 = yield* discoveredV2(
    new KeystoneSession(env, credentials, trace),
    authUrl,
    UNDETERMINED,
  );
  if (v2 === undefined) {
    throw new CommandError("logging in by version 3 of Keystone's API is not simulated");
  }
  const session = new KeystoneSession(env, { ...credentials, authUrl: v2 }, trace);
  const choice = {
    serviceType: args.text("os_service_type") ?? "orchestration",
    region: args.text("os_region_name"),
  };
  const given = args.text("heat_url");
  const url = given ?? (yield* session.endpoint({ ...choice, interface: "publicURL" }));
  const own = { "X-Auth-User": username, "X-Auth-Key": password };
  const always = {
    "X-Auth-Url": authUrl,
    ...(choice.region !== undefined && { "X-Region-Name": choice.region }),
    ...(args.flag("include_password") && own),
  };
  // The session finds the endpoint anew for each request, of the type that was asked for.
  const kind = args.text("os_endpoint_type") ?? "publicURL";
  const heat = new HeatClient({
    url,
    credentials: own,
    *request(method, path, { headers, ...question }) {
      const base = yield* session.endpoint({ ...choice, interface: kind });
      return yield* session.ask(method, `${base.replace(/\/+$/u, "")}${path}`, {
        ...question,
        agent: AGENT,
        headers: { ...headers, ...always },
      });
    },
  });
  return { client: { heat, reader: new FolderReader(env, console.folder) } };
}

/** @throws CommandError */
function credentialsOf(args: Arguments) {
  const [username, password] = [args.text("os_username"), args.text("os_password")];
  if (username === undefined) throw new CommandError(missing("a username", "username"));
  if (password === undefined) throw new CommandError(missing("a password", "password"));
  if (args.flag("os_no_client_auth")) {
    throw new CommandError("--os-no-client-auth is not simulated");
  }
  const tenantId = args.text("os_project_id") ?? args.text("os_tenant_id");
  const tenantName = args.text("os_project_name") ?? args.text("os_tenant_name");
  if (tenantId === undefined && tenantName === undefined) throw new CommandError(NO_TENANT);
  const authUrl = args.text("os_auth_url");
  if (authUrl === undefined) {
    throw new CommandError(
      "You must provide an auth url via either --os-auth-url or via env[OS_AUTH_URL]",
    );
  }
  return { authUrl, username, password, tenantName, tenantId };
}

const missing = (what: string, option: string): string =>
  `You must provide ${what} via either --os-${option} or env[OS_${option.toUpperCase()}] ` +
  "or a token via --os-auth-token or env[OS_AUTH_TOKEN]";

const NO_TENANT =
  "You must provide a tenant id via either --os-tenant-id or env[OS_TENANT_ID] or a tenant name via " +
  "either --os-tenant-name or env[OS_TENANT_NAME] or a project id via either --os-project-id or " +
  "env[OS_PROJECT_ID] or a project name via either --os-project-name or env[OS_PROJECT_NAME]";

const UNDETERMINED =
  "Unable to determine the Keystone version to authenticate with using the given auth_url. " +
  "Identity service may not support API version discovery. Please provide a versioned auth_url instead.";
