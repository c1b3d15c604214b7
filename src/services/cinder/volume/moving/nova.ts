/**
 * Nova, as the volume manager asks it while a volume moves that a server has: at the address in the catalog that came
 * with the request, under the token of whoever asked, which nobody can get anew. Upstream: cinder/compute/nova.py at
 * 2014.2; python-novaclient 2.20.0 `novaclient/client.py`, `service_catalog.py`.
 */
import {
  AmbiguousEndpoints,
  asLibrary,
  EndpointNotFound,
  fromResponse,
} from "../../../../framework/apiclient/index.js";
import {
  option,
  optionalString,
  string,
  type Env,
  type FlagsOf,
  type RequestContext,
} from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../../python/index.js";
import { NovaClient, type ComputeEndpoint } from "../../../nova/client/index.js";

export const novaFlags = {
  cinder_nova_catalog_info: option(
    "nova_catalog_info",
    string(
      "compute:nova:publicURL",
      "What to look for in the catalog: <service_type>:<service_name>:<endpoint_type>",
    ),
  ),
  cinder_nova_endpoint_template: option(
    "nova_endpoint_template",
    optionalString("Where Nova is instead, as in http://localhost:8774/v2/%(project_id)s"),
  ),
  cinder_nova_region_name: option(
    "os_region_name",
    optionalString("Region of which the endpoint must be"),
  ),
} as const;

type Flags = FlagsOf<typeof novaFlags>;

export class NovaApi {
  readonly #env: Env;
  readonly #flags: Flags;

  constructor(env: Env) {
    this.#env = env;
    this.#flags = env.flags.read(novaFlags);
  }

  /** @throws EndpointNotFound, ClientException, ConnectionError */
  *updateServerVolume(
    ctxt: RequestContext,
    server: string | null,
    attachment: string,
    volume: string,
  ): Op<void> {
    const nova = new NovaClient(this.#endpoint(ctxt));
    yield* nova.volumes.swap(server ?? "None", attachment, volume);
  }

  #endpoint({ auth_token, project_id, ...ctxt }: RequestContext): ComputeEndpoint {
    const url = urlFor(this.#flags, ctxt.service_catalog, project_id);
    const http = asLibrary(this.#env.http, "python-novaclient");
    return {
      *request(method, path, body) {
        const headers = {
          ...(auth_token !== null && { "x-auth-token": auth_token }),
          ...(project_id !== null && { "x-auth-project-id": project_id }),
        };
        const given = body === undefined ? {} : { body };
        const response = yield* http.request(method, url + path, { headers, ...given });
        if (response.status < 400) return response;
        throw fromResponse(response, method, path);
      },
    };
  }
}

/** @throws EndpointNotFound, AmbiguousEndpoints */
function urlFor(flags: Flags, catalog: readonly JsonObject[], project: string | null): string {
  const { cinder_nova_endpoint_template: template, cinder_nova_region_name: region } = flags;
  if (template !== null && template !== "") {
    return template.replace(/%\((?:project_id|tenant)\)s/gu, () => project ?? "None");
  }
  // The library does not look at the name.
  const [type = "", , kind = ""] = flags.cinder_nova_catalog_info.split(":");
  const endpoints = catalog
    .filter((service) => service["type"] === type)
    .flatMap(({ endpoints: its }) => (Array.isArray(its) ? (its as readonly Json[]) : []))
    .filter(isObject)
    .filter((endpoint) => region === null || region === "" || endpoint["region"] === region);
  const [endpoint, ...others] = endpoints;
  if (endpoint === undefined) throw new EndpointNotFound();
  if (others.length > 0) throw new AmbiguousEndpoints(`AmbiguousEndpoints: ${str(endpoints)}`);
  return str(endpoint[kind] ?? null);
}
