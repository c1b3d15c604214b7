/**
 * Where Cinder is for whoever asks: in the catalog that came with the request, or where a flag says.
 * Upstream: nova/volume/cinder.py (get_cinder_client_version, cinderclient), python-cinderclient 1.1.1
 * `cinderclient/service_catalog.py` (url_for).
 */
import type { Env, FlagsOf, RequestContext } from "../../../framework/index.js";
import { AmbiguousEndpoints, EndpointNotFound } from "../../../framework/apiclient/index.js";
import { seconds } from "../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../python/index.js";
import {
  CinderClient,
  CinderHttpClient,
  UnsupportedVersion,
  type ApiVersion,
} from "../../cinder/client/index.js";
import { cinderFlags } from "./flags.js";

type Flags = FlagsOf<typeof cinderFlags>;

const V1_IS_OLD =
  "Cinder V1 API is deprecated as of the Juno release, and Nova is still configured to use it. Enable the V2 API in Cinder and set cinder_catalog_info in nova.conf to use it.";

export class CinderEndpoint {
  readonly #env: Env;
  readonly #flags: Flags;
  /** `CINDER_URL`: whether one has been found yet. */
  #known = false;

  constructor(env: Env) {
    this.#env = env;
    this.#flags = env.flags.read(cinderFlags);
  }

  /** As the user, also where the context has been elevated. @throws EndpointNotFound */
  client(ctxt: RequestContext): CinderClient {
    const url = urlFor(this.#flags, ctxt);
    const version = versionIn(url);
    if (!this.#known && version === "v1") this.#env.log("warning", V1_IS_OLD);
    this.#known = true;
    const { cinder_http_retries: retries, cinder_http_timeout: timeout } = this.#flags;
    const endpoint = new CinderHttpClient({
      http: this.#env.http,
      url,
      user: ctxt.user_id,
      project: ctxt.project_id,
      token: ctxt.auth_token,
      retries,
      ...(timeout > 0 && { timeout: seconds(timeout) }),
    });
    return new CinderClient(endpoint, version);
  }
}

/** @throws EndpointNotFound, AmbiguousEndpoints */
function urlFor(flags: Flags, ctxt: RequestContext): string {
  const { cinder_endpoint_template: template, cinder_os_region_name: region } = flags;
  if (template !== null && template !== "") return filledIn(template, ctxt.toWire());
  // The name of the service is in the flag, and the library does not look at it.
  const [type = "", , kind = ""] = flags.cinder_catalog_info.split(":");
  const wanted = region !== null && region !== "" ? region : undefined;
  const endpoints = ctxt.service_catalog
    .filter((service) => service["type"] === type || isSecondVersion(type, service))
    .flatMap((service) => objectsIn(service["endpoints"]))
    .filter((endpoint) => wanted === undefined || endpoint["region"] === wanted);
  const [endpoint, ...others] = endpoints;
  if (endpoint === undefined) throw new EndpointNotFound();
  if (others.length > 0) {
    throw new AmbiguousEndpoints(`AmbiguousEndpoints: ${str(endpoints)}`);
  }
  return str(endpoint[kind] ?? null);
}

/** A service that is called `volume` although it speaks the second version. */
function isSecondVersion(type: string, service: JsonObject): boolean {
  if (type !== "volumev2" || service["type"] !== "volume") return false;
  const [first] = objectsIn(service["endpoints"]);
  return str(first?.["publicURL"] ?? null).split("/")[3] === "v2";
}

const filledIn = (template: string, values: JsonObject): string =>
  template.replace(/%\((\w+)\)s/gu, (_, name: string) => str(values[name] ?? null));

/** The first part of the path says it. @throws UnsupportedVersion */
function versionIn(url: string): ApiVersion {
  const [, part = ""] = /^[a-z]*:?\/\/[^/]*\/([^/]*)/u.exec(url) ?? [];
  if (part.includes("v1")) return "v1";
  if (part.includes("v2")) return "v2";
  throw new UnsupportedVersion("Invalid client version, must be one of: [u'v1', u'v2']");
}

const objectsIn = (list: Json | undefined): readonly JsonObject[] =>
  Array.isArray(list) ? (list as readonly Json[]).filter(isObject) : [];
