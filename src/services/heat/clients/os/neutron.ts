/** Neutron, and what is looked for there by name. Upstream: heat/engine/clients/os/neutron.py at 2014.2. */
import {
  asLibrary,
  requestToken,
  type Requester,
  type TokenSource,
} from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isUuidLike, str, type Json, type JsonObject } from "../../../../python/index.js";
import {
  findIdByNameOrId,
  NeutronClient,
  NeutronClientException,
  noAuthUrl,
  Unauthorized,
} from "../../../neutron/client/index.js";
import { PhysicalResourceNameAmbiguity, PhysicalResourceNotFound } from "../../exception.js";
import type { ClientContext, ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

export class NeutronPlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #keystone: KeystonePlugin;
  #client: NeutronClient | undefined;

  constructor(env: ClientEnv, context: ClientContext, keystone: KeystonePlugin) {
    this.#env = env;
    this.#context = context;
    this.#keystone = keystone;
  }

  *client(): Op<NeutronClient> {
    if (this.#client !== undefined) return this.#client;
    const kind = this.#env.flags.clients_neutron_endpoint_type;
    const url = (yield* this.#keystone.urlFor("network", kind)).replace(/\/+$/u, "");
    const http = asLibrary(this.#env.http, "python-neutronclient");
    const tokens = heldToken(http, yield* this.#keystone.authToken(), this.#context.auth_url);
    return (this.#client = new NeutronClient({ http, url, tokens, timeout: null }));
  }

  isNotFound(error: unknown): boolean {
    return error instanceof NeutronClientException && error.status === 404;
  }

  isConflict(error: unknown): boolean {
    return error instanceof NeutronClientException && error.status === 409;
  }

  isOverLimit(error: unknown): boolean {
    return error instanceof NeutronClientException && error.status === 413;
  }

  /** `find_neutron_resource`. @throws NeutronClientException, NeutronClientNoUniqueMatch */
  *find(kind: "network" | "subnet" | "port" | "router", wanted: string): Op<string> {
    return yield* findIdByNameOrId(yield* this.client(), kind, wanted);
  }

  *networkOfSubnet(id: string): Op<string> {
    const subnet = yield* (yield* this.client()).show("subnets", id);
    return str(subnet["network_id"] ?? null);
  }

  /** Ids of security groups. @throws PhysicalResourceNotFound, PhysicalResourceNameAmbiguity */
  *securityGroupIds(groups: readonly Json[]): Op<string[]> {
    const ids: string[] = [];
    let all: readonly JsonObject[] | undefined;
    for (const group of groups) {
      const name = str(group);
      if (isUuidLike(name)) {
        ids.push(name);
        continue;
      }
      all ??= yield* (yield* this.client()).list("security_groups");
      ids.push(this.#groupNamed(name, all));
    }
    return ids;
  }

  #groupNamed(name: string, all: readonly JsonObject[]): string {
    const named = all.filter((group) => group["name"] === name);
    const [first, ...others] = named;
    if (first === undefined) throw new PhysicalResourceNotFound({ resource_id: name });
    if (others.length === 0) return str(first["id"] ?? null);
    // An administrator sees those of others, too.
    const own = named.filter(({ tenant_id }) => tenant_id === this.#context.tenant_id);
    const [only, ...rest] = own;
    if (only === undefined || rest.length > 0) throw new PhysicalResourceNameAmbiguity({ name });
    return str(only["id"] ?? null);
  }
}

/** A token that, once it is refused, leads to a login with neither name nor password. */
function heldToken(http: Requester, token: string, authUrl: string | null): TokenSource {
  let refused = false;
  return {
    *token() {
      if (!refused) return token;
      const auth = { tenantName: "", passwordCredentials: { username: null, password: null } };
      const { body } = yield* requestToken(http, authUrl ?? "", auth);
      throw new Unauthorized(str(body));
    },
    renew() {
      if (authUrl === null) throw noAuthUrl();
      return (refused = true);
    },
  };
}
