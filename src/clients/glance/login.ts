/**
 * Who the user of `glance` is, and where Glance is: Keystone is asked what it speaks, then for a
 * token. Keystone v3, which the program uses for users of domains, is not simulated. Upstream:
 * glanceclient/shell.py (_get_endpoint_and_token, _get_keystone_session), 0.14.1.
 */
import { CommandError, type Requester } from "../../framework/apiclient/index.js";
import { caught, type Op } from "../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { asked, KEYSTONE_AGENT, passwordLogin, urlFor } from "../openstack/identity.js";
import type { Opened, Opening } from "../openstack/program.js";
import { Transport } from "../openstack/transport.js";
import { ImagesApi } from "./images-api.js";
import { ImagesV2Api } from "./v2/images-api.js";

/** @throws CommandError if something is missing, and what a refused login is called */
export function* openV1(opening: Opening): Op<Opened<ImagesApi>> {
  const { transport, found } = yield* open(opening);
  const client = new ImagesApi(transport, { ...found, verbose: opening.args.flag("verbose") });
  return { client, transport };
}

/** The same for version 2. */
export function* openV2(opening: Opening): Op<Opened<ImagesV2Api>> {
  const { transport, found } = yield* open(opening);
  return { client: new ImagesV2Api(transport, found), transport };
}

interface LoggedIn {
  readonly transport: Transport;
  readonly found: { readonly endpoint: string; readonly token: string };
}

function* open({ env, args, debug, console }: Opening): Op<LoggedIn> {
  const common = {
    timeout: null,
    insecure: args.flag("insecure"),
    debug: debug ? (text: string): void => console.error(text) : undefined,
  };
  const keystone = new Transport(env, { ...common, userAgent: KEYSTONE_AGENT });
  const transport = new Transport(env, { ...common, userAgent: "python-glanceclient" });
  return { transport, found: yield* where(keystone, args) };
}

function* where(keystone: Requester, args: Arguments): Op<{ endpoint: string; token: string }> {
  const [url, given] = [args.text("os_image_url"), args.text("os_auth_token")];
  if (url !== undefined && given !== undefined) return { endpoint: url, token: given };
  const { authUrl, ...login } = credentials(args);
  const v2 = yield* versionUrl(keystone, authUrl, args);
  const access = yield* passwordLogin(keystone, v2, login);
  const type = args.text("os_service_type") ?? "image";
  const region = args.text("os_region_name");
  // The type of the endpoint is not passed on by the name that the library knows.
  const endpoint = url ?? urlFor(access, { type, endpointType: "public", region });
  return { endpoint, token: given ?? access.token };
}

/** @throws CommandError */
function credentials(
  args: Arguments,
): Parameters<typeof passwordLogin>[2] & { readonly authUrl: string } {
  const [username, password] = [args.text("os_username"), args.text("os_password")];
  if (username === undefined) {
    throw new CommandError(
      "You must provide a username via either --os-username or env[OS_USERNAME]",
    );
  }
  if (password === undefined) {
    throw new CommandError(
      "You must provide a password via either --os-password or env[OS_PASSWORD]",
    );
  }
  const [tenantName, tenantId] = [args.text("os_tenant_name"), args.text("os_tenant_id")];
  const [projectName, projectId] = [args.text("os_project_name"), args.text("os_project_id")];
  if (tenantName === undefined && tenantId === undefined) {
    // The domain of the project is looked for where it is not.
    if (projectName !== undefined) {
      throw new CommandError("'Namespace' object has no attribute 'project_domain_name'");
    }
    if (projectId === undefined) throw new CommandError(NO_PROJECT);
  }
  const authUrl = args.text("os_auth_url");
  if (authUrl === undefined) {
    throw new CommandError(
      "You must provide an auth url via either --os-auth-url or via env[OS_AUTH_URL]",
    );
  }
  return {
    username,
    password,
    authUrl,
    tenantId: projectId ?? tenantId,
    tenantName: projectName ?? tenantName,
  };
}

const NO_PROJECT =
  "You must provide a project_id or project_name (with project_domain_name or project_domain_id) via " +
  "  --os-project-id (env[OS_PROJECT_ID])  --os-project-name (env[OS_PROJECT_NAME])," +
  "  --os-project-domain-id (env[OS_PROJECT_DOMAIN_ID])" +
  "  --os-project-domain-name (env[OS_PROJECT_DOMAIN_NAME])";

/** Where v2.0 is, as Keystone says, or as the URL looks if it says nothing. @throws CommandError */
function* versionUrl(keystone: Requester, authUrl: string, args: Arguments): Op<string> {
  const { v2, v3 } = yield* versions(keystone, authUrl);
  const ofDomain = DOMAIN_OPTIONS.some((dest) => args.text(dest) !== undefined);
  if (v2 !== undefined && !ofDomain) return v2;
  if (v3 !== undefined) {
    throw new CommandError(`glance would log in at ${v3}, which is not simulated: use /v2.0`);
  }
  throw new CommandError("An auth plugin is required to fetch a token");
}

const DOMAIN_OPTIONS = [
  ...["os_user_domain_id", "os_user_domain_name", "os_project_domain_id"],
  "os_project_domain_name",
];

interface Versions {
  readonly v2: string | undefined;
  readonly v3: string | undefined;
}

function* versions(keystone: Requester, authUrl: string): Op<Versions> {
  let said: readonly JsonObject[] | string;
  try {
    const headers = { Accept: "application/json" };
    said = documented((yield* asked(keystone, "GET", authUrl, { headers })).body);
  } catch (thrown) {
    const error = yield* caught(thrown);
    said = error.message;
  }
  if (typeof said !== "string") return { v2: selfOf(said, "v2"), v3: selfOf(said, "v3") };
  const path = authUrl.replace(/^\w+:\/\/[^/]*/u, "").toLowerCase();
  if (path.startsWith("/v3")) return { v2: undefined, v3: authUrl };
  if (path.startsWith("/v2")) return { v2: authUrl, v3: undefined };
  throw new CommandError(
    `Unable to determine the Keystone version to authenticate with using the given auth_url. Identity service may not support API version discovery. Please provide a versioned auth_url instead. error=${said}`,
  );
}

/** The versions in a document, or what is wrong with it. */
function documented(body: Json): readonly JsonObject[] | string {
  const { versions: all, version } = isObject(body) ? body : ({} as JsonObject);
  const list = isObject(all) ? all["values"] : (all ?? (version && [version]));
  if (Array.isArray(list)) return (list as readonly Json[]).filter(isObject);
  return "Invalid Response - Bad version data returned";
}

/** The link of a version to itself. */
function selfOf(documents: readonly JsonObject[], id: string): string | undefined {
  const found = documents.find((version) => textOf(version, "id").startsWith(id));
  const links = Array.isArray(found?.["links"]) ? (found["links"] as readonly Json[]) : [];
  const self = links.filter(isObject).find((link) => link["rel"] === "self");
  return self === undefined ? undefined : textOf(self, "href");
}
