/**
 * The clients of all services behind one login, each made when a command first needs it. Upstream:
 * openstackclient/common/clientmanager.py, openstackclient/compute/client.py and its like, 0.4.1.
 */
import type { AccessInfo } from "../../framework/apiclient/index.js";
import { NovaClient } from "../../services/nova/client/index.js";
import { ImagesApi } from "../glance/images-api.js";
import { IdentityApi } from "../keystone/identity-api.js";
import { urlFor } from "../openstack/identity.js";
import { Session } from "../openstack/session.js";
import type { Transport } from "../openstack/transport.js";
import { NetworkApi } from "./network-api.js";

export interface LoginResult {
  readonly access: AccessInfo;
  readonly authUrl: string;
  readonly password: string;
  readonly tenantName: string | undefined;
  readonly region: string | undefined;
}

export class OpenStackClients {
  readonly access: AccessInfo;
  readonly #transport: Transport;
  readonly #login: LoginResult;

  constructor(transport: Transport, login: LoginResult) {
    this.access = login.access;
    this.#transport = transport;
    this.#login = login;
  }

  /** @throws EndpointNotFound, as all of these do */
  get compute(): NovaClient {
    const { authUrl, tenantName } = this.#login;
    const credentials = { authUrl, tenantName, token: this.access.token };
    const bypassUrl = this.#url("compute", "public");
    return new NovaClient(
      new Session(this.#transport, credentials, { serviceType: "compute", bypassUrl }),
    );
  }

  get identity(): IdentityApi {
    const { access, authUrl, password, region } = this.#login;
    const adminUrl = this.#url("identity", "admin");
    const { token } = access;
    return new IdentityApi(this.#transport, { token, authUrl, adminUrl, access, region, password });
  }

  get image(): ImagesApi {
    const endpoint = this.#url("image", "public");
    const { token } = this.access;
    return new ImagesApi(this.#transport, { endpoint, token, verbose: false });
  }

  get network(): NetworkApi {
    return new NetworkApi(this.#transport, this.#url("network", "public"), this.access.token);
  }

  #url(type: string, endpointType: string): string {
    return urlFor(this.access, { type, endpointType, region: this.#login.region });
  }
}
