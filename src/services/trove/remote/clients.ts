/**
 * Nova, Cinder, Swift and Neutron, as Trove asks them for a user: under the token that came with the request, however
 * old that has become. Upstream: trove/common/remote.py (nova_client, cinder_client, swift_client, neutron_client) at 2014.2.
 */
import { asLibrary, fromResponse } from "../../../framework/apiclient/index.js";
import type { Env, FlagsOf } from "../../../framework/index.js";
import { CinderClient, CinderHttpClient } from "../../cinder/client/index.js";
import { NovaClient, type ComputeEndpoint } from "../../nova/client/index.js";
import { NeutronClient, userToken } from "../../neutron/client/index.js";
import { SwiftConnection } from "../../swift/client/connection.js";
import type { TroveContext } from "../context.js";
import { remoteFlags } from "../flags.js";
import { endpointOf } from "./catalog.js";

/** Each throws EmptyCatalog, NoServiceEndpoint or RegionAmbiguity where nobody knows the way. */
export class RemoteClients {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof remoteFlags>;

  constructor(env: Env) {
    this.#env = env;
    this.#flags = env.flags.read(remoteFlags);
  }

  nova(ctxt: TroveContext): NovaClient {
    const { nova_compute_url: url, nova_compute_service_type: service_type } = this.#flags;
    return new NovaClient(this.#compute(ctxt, this.#locate(ctxt, url, service_type)));
  }

  cinder(ctxt: TroveContext): CinderClient {
    const { cinder_url, cinder_service_type } = this.#flags;
    const http = new CinderHttpClient({
      http: this.#env.http,
      url: this.#locate(ctxt, cinder_url, cinder_service_type),
      user: ctxt.user_id,
      project: ctxt.project_id,
      token: ctxt.auth_token,
    });
    return new CinderClient(http, "v2");
  }

  swift(ctxt: TroveContext): SwiftConnection {
    const { swift_url, swift_service_type: service_type } = this.#flags;
    // Unlike the others this one ends in `AUTH_`.
    const storageUrl =
      swift_url === null || swift_url === ""
        ? this.#locate(ctxt, null, service_type)
        : `${swift_url}${ctxt.tenant}`;
    const token = ctxt.auth_token ?? "";
    const tenant = ctxt.tenant;
    return new SwiftConnection(
      this.#env.http,
      { authUrl: "", user: "", key: "", tenant, storageUrl, token },
      { preauthorized: true },
    );
  }

  neutron(ctxt: TroveContext): NeutronClient {
    const { trove_neutron_url: neutron_url, neutron_service_type: service_type } = this.#flags;
    // Neither URL has a tenant in it.
    const given = neutron_url !== null && neutron_url !== "";
    return new NeutronClient({
      http: asLibrary(this.#env.http, "python-neutronclient"),
      url: given ? neutron_url : this.#locate(ctxt, null, service_type),
      tokens: userToken(ctxt.auth_token),
      timeout: null,
    });
  }

  #locate(ctxt: TroveContext, url: string | null, service_type: string): string {
    const { trove_os_region_name: region } = this.#flags;
    return endpointOf(ctxt, { url, service_type, region });
  }

  #compute({ auth_token, tenant }: TroveContext, url: string): ComputeEndpoint {
    const http = asLibrary(this.#env.http, "python-novaclient");
    return {
      *request(method, path, body) {
        const headers = {
          ...(auth_token !== null && { "x-auth-token": auth_token }),
          "x-auth-project-id": tenant,
        };
        const given = body === undefined ? {} : { body };
        const response = yield* http.request(method, url + path, { headers, ...given });
        if (response.status < 400) return response;
        throw fromResponse(response, method, path);
      },
    };
  }
}
