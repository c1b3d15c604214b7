/**
 * Who the user of `swift` is. Nobody logs in before the first request, and only Keystone's v2.0 is
 * simulated: version 1 and version 3 of the login are refused. Upstream: swiftclient/shell.py
 * (parse_args), service.py (get_conn), client.py (get_auth), 2.3.1.
 */
import type { Requester } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { SwiftConnection, type SwiftCredentials } from "../../services/swift/client/connection.js";
import type { Arguments } from "../openstack/arguments.js";
import { KEYSTONE_AGENT } from "../openstack/identity.js";
import type { Opened, Opening } from "../openstack/program.js";
import { Transport } from "../openstack/transport.js";
import { Exit } from "../shell/parser/index.js";
import { StorageApi } from "./storage-api.js";

/** `--object-threads` by default. */
const THREADS = 10;

const AGENT = "python-swiftclient-2.3.1";

/** @throws Exit if something is missing that a login needs */
export function* open({ env, args }: Opening): Op<Opened<StorageApi>> {
  for (const option of ["debug", "info"]) {
    if (args.flag(option)) throw refused(`swift --${option} is not simulated`);
  }
  const credentials = credentialsOf(args);
  const common = { timeout: null, insecure: args.flag("insecure") };
  const keystone = new Transport(env, { ...common, userAgent: KEYSTONE_AGENT });
  const transport = new Transport(env, { ...common, userAgent: AGENT });
  const http: Requester = {
    request: (method, url, options = {}) =>
      transport.request(method, url, {
        ...options,
        headers: { ...options.headers, Accept: "*/*" },
      }),
  };
  const retries = args.number("retries");
  const connection = (): SwiftConnection =>
    new SwiftConnection(http, credentials, { keystone, retries, clock: () => env.kernel.now });
  const client = new StorageApi({
    containers: connection(),
    objects: connection(),
    pool: Array.from({ length: THREADS }, connection),
    kernel: env.kernel,
    verbose: args.flag("quiet") ? 0 : args.flag("verbose") ? 2 : 1,
  });
  return { client, transport };
}

/** @throws Exit */
function credentialsOf(args: Arguments): SwiftCredentials {
  const own = ["auth", "user", "key"].map((dest) => args.text(dest));
  const version = (args.text("auth_version") ?? "1.0").replace(/^3\.0$/, "3");
  if (version === "3") throw refused("version 3 of the login of swift is not simulated");
  const first = ["1", "1.0"].includes(version) && own.every((value) => value !== undefined);
  if (first) throw refused("version 1 of the login of swift is not simulated");
  const [auth, user, key] = own;
  const authUrl = auth ?? args.text("os_auth_url");
  const username = user ?? args.text("os_username");
  const password = key ?? args.text("os_password");
  const [storageUrl, token] = [args.text("os_storage_url"), args.text("os_auth_token")];
  const given = storageUrl !== undefined && token !== undefined;
  if (!given && (!authUrl || username === undefined || password === undefined)) {
    throw refused(INCOMPLETE);
  }
  const [, tenantOfUser, name = username ?? ""] = /^([^:]*):([^:]*)$/.exec(username ?? "") ?? [];
  return {
    authUrl: authUrl ?? "",
    user: name,
    key: password ?? "",
    tenant: tenantOfUser ?? args.text("os_project_name") ?? args.text("os_tenant_name"),
    tenantId: args.text("os_project_id") ?? args.text("os_tenant_id"),
    serviceType: args.text("os_service_type"),
    endpointType: args.text("os_endpoint_type"),
    region: args.text("os_region_name"),
    ...{ storageUrl, token },
  };
}

const refused = (message: string): Exit => new Exit(1, "", `${message}\n`, message);

const INCOMPLETE = [
  "Auth version 1.0 requires ST_AUTH, ST_USER, and ST_KEY environment variables",
  "to be set or overridden with -A, -U, or -K.",
  "",
  "Auth version 2.0 requires OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, and",
  "OS_TENANT_NAME OS_TENANT_ID to be set or overridden with --os-auth-url,",
  "--os-username, --os-password, --os-tenant-name or os-tenant-id. Note:",
  `adding "-V 2" is necessary for this.`,
].join("\n");
