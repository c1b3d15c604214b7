/**
 * Who the user of `cinder` is, and where Cinder is: Keystone is asked what it speaks, then for a token.
 * Requests go through Keystone's library, which does not understand Cinder's errors: a user sees their
 * status alone. Upstream: cinderclient/shell.py (main, _get_keystone_session), cinderclient/client.py
 * (SessionClient, get_volume_api_from_url), 1.1.1.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Op } from "../../kernel/index.js";
import { Exception, repr } from "../../python/index.js";
import { CinderClient, UnsupportedVersion } from "../../services/cinder/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { KeystoneSession, type SessionTrace } from "../openstack/keystone-session.js";
import { discoveredV2 } from "../openstack/keystone-versions.js";
import type { Opened, Opening } from "../openstack/program.js";
import { DEFAULT_VERSION } from "./global-options.js";

/** @throws CommandError if something is missing, and what a refused login is called */
export function* open({
  env,
  args,
  debug,
  console,
  serviceType,
}: Opening): Op<Opened<CinderClient>> {
  const credentials = credentialsOf(args);
  // As the root logger of Python writes: `DEBUG:keystoneclient.session:REQ: ...`.
  const trace: SessionTrace = (line) => {
    if (debug) console.error(`DEBUG:${line.replace(" ", ":")}\n`);
  };
  const authUrl = yield* v2Url(new KeystoneSession(env, credentials, trace), args);
  const version = args.text("os_volume_api_version") ?? DEFAULT_VERSION;
  if (!VERSIONS.includes(version)) {
    throw new UnsupportedVersion(
      `Invalid client version '${version}'. must be one of: ${VERSIONS.join(", ")}`,
    );
  }
  const session = new KeystoneSession(env, { ...credentials, authUrl }, trace);
  const url = yield* session.endpoint({
    serviceType: args.text("service_type") ?? serviceType ?? "volume",
    serviceName: args.text("service_name"),
    interface: args.text("endpoint_type") ?? "publicURL",
    region: args.text("os_region_name"),
  });
  const its = versionIn(url);
  if (its !== version) throw new Exception(otherVersion(version, its));
  const endpoint = {
    request: (...[method, path, body]: Parameters<VolumeRequest>) =>
      session.request(method, `${url.replace(/\/+$/u, "")}${path}`, "python-cinderclient", body),
  };
  return { client: new CinderClient(endpoint, version === "2" ? "v2" : "v1") };
}

type VolumeRequest = ConstructorParameters<typeof CinderClient>[0]["request"];

const VERSIONS = ["1", "2"];

/** The version that a URL of Cinder is of. @throws Exception of a mistake of upstream's if of none */
function versionIn(url: string): string {
  const parts = url.replace(/^\w+:\/\/[^/]*/u, "").split("/");
  const found = VERSIONS.find((version) => parts.includes(`v${version}`));
  if (found !== undefined) return found;
  throw new Exception("global name 'valid_versions' is not defined");
}

const otherVersion = (wanted: string, its: string): string =>
  `OpenStack Block Storage API version is set to ${wanted} but you are accessing a ${its} endpoint. ` +
  "Change its value through --os-volume-api-version or env[OS_VOLUME_API_VERSION].";

/** @throws CommandError */
function credentialsOf(args: Arguments): ConstructorParameters<typeof KeystoneSession>[1] {
  const system = args.text("os_auth_system") ?? "keystone";
  if (system !== "keystone") throw new Exception(`AuthSystemNotFound: ${repr(system)}`);
  const [username, password] = [args.text("os_username"), args.text("os_password")];
  if (username === undefined) {
    throw new CommandError(
      "You must provide a user name through --os-username or env[OS_USERNAME].",
    );
  }
  if (password === undefined) {
    throw new CommandError(
      "You must provide a password through --os-password or env[OS_PASSWORD].",
    );
  }
  const [tenantName, tenantId] = [args.text("os_tenant_name"), args.text("os_tenant_id")];
  if (tenantName === undefined && tenantId === undefined) {
    throw new CommandError(
      "You must provide a tenant ID through --os-tenant-id or env[OS_TENANT_ID].",
    );
  }
  const authUrl = args.text("os_auth_url");
  if (authUrl === undefined) {
    throw new CommandError(
      "You must provide an authentication URL through --os-auth-url or env[OS_AUTH_URL].",
    );
  }
  return { authUrl, username, password, tenantName, tenantId };
}

/** @throws CommandError where upstream would log in by v3 */
function* v2Url(session: KeystoneSession, args: Arguments): Op<string> {
  const authUrl = args.text("os_auth_url") ?? "";
  const url = yield* discoveredV2(session, authUrl, UNDETERMINED);
  if (url !== undefined) return url;
  throw new CommandError("logging in by version 3 of Keystone's API is not simulated");
}

const UNDETERMINED =
  "Unable to determine the Keystone version to authenticate with using the given auth_url.";
