/**
 * The clients of all services behind one login, each made when a command first needs it. That those of
 * images and networks leave their URL behind for whoever comes next is upstream's mistake. Upstream:
 * openstackclient/common/clientmanager.py, openstackclient/compute/client.py and its like, 0.4.1.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import { ConnectionError } from "../../http/index.js";
import { AttributeError } from "../../python/index.js";
import {
  CinderClient,
  ConnectionError as NoConnection,
  type VolumeEndpoint,
} from "../../services/cinder/client/index.js";
import { NovaClient } from "../../services/nova/client/index.js";
import { ImagesApi } from "../glance/images-api.js";
import { IdentityApi } from "../keystone/identity-api.js";
import type { Arguments } from "../openstack/arguments.js";
import { KEYSTONE_AGENT } from "../openstack/identity.js";
import { Session } from "../openstack/session.js";
import type { Timing, Transport } from "../openstack/transport.js";
import type { Console } from "../shell/console.js";
import { IdentityV3 } from "./identity-v3.js";
import { ImagesV2 } from "./images-v2.js";
import { AccessV2, type Access } from "./login/access.js";
import { REQUESTS_AGENT, type Transports } from "./login/transports.js";
import { clientVersion, type ApiName } from "./login/versions.js";
import { NetworkApi } from "./network-api.js";
import { ObjectStore } from "./object-store.js";

export interface LoginResult {
  readonly env: Env;
  readonly transports: Transports;
  /** Of the program, before the command. */
  readonly options: Arguments;
  readonly console: Console;
  readonly token: string;
  /** Of who has logged in with a password. */
  readonly access: Access | undefined;
  /** `--os-url`: every service is there. */
  readonly url: string | undefined;
  readonly identityVersion: string;
  /** Undefined if it is not known where Keystone is administered. */
  readonly identityUrl: string | undefined;
}

const NOVA_AGENT = "python-novaclient";

export class OpenStackClients {
  readonly env: Env;
  readonly console: Console;
  readonly #login: LoginResult;
  /** What stands in for every URL of the catalog. */
  #url: string | undefined;

  constructor(login: LoginResult) {
    this.env = login.env;
    this.console = login.console;
    this.#login = login;
    this.#url = login.url;
  }

  /** Undefined for who came with a token. */
  get login(): Access | undefined {
    return this.#login.access;
  }

  /** @throws AttributeError for who came with a token, in the words of the library for the version */
  get access(): Access {
    const { access, identityVersion } = this.#login;
    if (access !== undefined) return access;
    const name = "service_catalog";
    throw new AttributeError(identityVersion === "3" ? `Unknown Attribute: ${name}` : name);
  }

  get identityVersion(): string {
    return this.#login.identityVersion;
  }

  get region(): string | undefined {
    return this.#login.options.text("os_region_name");
  }

  get tokenUsed(): string {
    return this.#login.token;
  }

  /** @throws EndpointNotFound, UnsupportedVersion, as all of these do */
  get compute(): NovaClient {
    return new NovaClient(this.#session("compute", NOVA_AGENT));
  }

  /** How long requests to Nova have taken. */
  get computeTimings(): readonly Timing[] {
    return this.#login.transports.of(NOVA_AGENT).timings;
  }

  get identity(): IdentityApi {
    const { access, token, options, identityUrl } = this.#login;
    return new IdentityApi(this.#transport(KEYSTONE_AGENT), {
      token,
      authUrl: options.text("os_auth_url"),
      adminUrl: identityUrl,
      access: access instanceof AccessV2 ? access.info : undefined,
      region: this.region,
      password: options.text("os_password") ?? "",
    });
  }

  get identityV3(): IdentityV3 {
    const { token, identityUrl } = this.#login;
    return new IdentityV3(this.#transport(KEYSTONE_AGENT), token, identityUrl);
  }

  get image(): ImagesApi {
    clientVersion("image", this.#login.options);
    this.#url ??= this.#catalogUrl("image");
    const http = this.#transport("python-glanceclient");
    return new ImagesApi(http, { endpoint: this.#url, token: this.tokenUsed, verbose: false });
  }

  get imageV2(): ImagesV2 {
    clientVersion("image", this.#login.options);
    this.#url ??= this.#catalogUrl("image");
    return new ImagesV2(this.#transport("python-glanceclient"), this.#url, this.tokenUsed);
  }

  get network(): NetworkApi {
    clientVersion("network", this.#login.options);
    this.#url ??= this.#catalogUrl("network");
    return new NetworkApi(this.#transport("python-neutronclient"), this.#url, this.tokenUsed);
  }

  get volume(): CinderClient {
    const session = this.#session("volume", "python-cinderclient");
    return new CinderClient(inCindersWords(session), "v1");
  }

  get objectStore(): ObjectStore {
    clientVersion("object_store", this.#login.options);
    const url = this.#url ?? this.#catalogUrl("object-store");
    return new ObjectStore(this.#transport(REQUESTS_AGENT), url, this.tokenUsed);
  }

  /** The client of an API, whatever it is. */
  of(api: ApiName): unknown {
    return api === "object_store" ? this.objectStore : this[api];
  }

  /** A service as novaclient and cinderclient ask it, whose code this is. */
  #session(api: "compute" | "volume", agent: string): Session {
    const { options, token } = this.#login;
    clientVersion(api, options);
    const text = (name: string) => options.text(`os_${name}`);
    return new Session(
      this.#transport(agent),
      {
        authUrl: text("auth_url") ?? "",
        username: text("username"),
        password: text("password"),
        tenantName: text("project_name"),
        token,
      },
      { serviceType: api, bypassUrl: this.#url ?? this.#catalogUrl(api) },
    );
  }

  #transport(agent: string): Transport {
    return this.#login.transports.of(agent);
  }

  /** @throws EndpointNotFound */
  #catalogUrl(type: string): string {
    const { access } = this.#login;
    if (access === undefined) throw new CommandError("there is no catalog to find a URL in");
    return access.publicUrl(type, this.region);
  }
}

/** What no answer is called there. */
const inCindersWords = (session: Session): VolumeEndpoint => ({
  *request(method, path, body) {
    try {
      return yield* session.request(method, path, body);
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      throw new NoConnection(`Unable to establish connection: ${error.message}`);
    }
  },
});
