/**
 * Networks as `openstack` asks for them: with the client of neutronclient that knows no session, and
 * so tells what Neutron has said. Upstream: neutronclient/v2_0/client.py (_handle_fault_response),
 * 2.3.9; openstackclient/network/common.py (find), 0.4.1.
 */
import { CommandError, type Requester } from "../../framework/apiclient/index.js";
import type { HttpResponse, QueryValue } from "../../http/index.js";
import type { Op } from "../../kernel/index.js";
import {
  Exception,
  isObject,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../python/index.js";

export class NetworkApi {
  readonly #http: Requester;
  readonly #endpoint: string;
  readonly #token: string;

  constructor(http: Requester, endpoint: string, token: string) {
    this.#http = http;
    this.#endpoint = endpoint.replace(/\/+$/u, "");
    this.#token = token;
  }

  *networks(query: Readonly<Record<string, QueryValue>> = {}): Op<JsonObject[]> {
    const { body } = yield* this.#ask("GET", "/v2.0/networks.json", { query });
    const all = isObject(body) ? body["networks"] : undefined;
    return Array.isArray(all) ? (all as readonly Json[]).filter(isObject) : [];
  }

  *network(id: string): Op<JsonObject> {
    return networkIn(yield* this.#ask("GET", `/v2.0/networks/${id}.json`, {}));
  }

  *create(network: JsonObject): Op<JsonObject> {
    return networkIn(yield* this.#ask("POST", "/v2.0/networks.json", { body: { network } }));
  }

  *update(id: string, network: JsonObject): Op<void> {
    yield* this.#ask("PUT", `/v2.0/networks/${id}.json`, { body: { network } });
  }

  /** Those that a DHCP agent serves, which nobody looks at. */
  *onDhcpAgent(agent: string): Op<void> {
    yield* this.#ask("GET", `/v2.0/agents/${agent}/dhcp-networks.json`, {});
  }

  *delete(id: string): Op<void> {
    yield* this.#ask("DELETE", `/v2.0/networks/${id}.json`, {});
  }

  /** By name, and then by id. @throws CommandError */
  *find(nameOrId: string): Op<string> {
    const named = yield* this.networks({ fields: "id", name: nameOrId });
    if (named.length > 1) {
      throw new CommandError(`More than one network exists with the name '${nameOrId}'.`);
    }
    const [found] =
      named.length === 1 ? named : yield* this.networks({ fields: "id", id: nameOrId });
    if (found !== undefined) return textOf(found, "id");
    throw new CommandError(`No network with a name or ID of '${nameOrId}' exists.`);
  }

  *#ask(
    method: string,
    path: string,
    options: { readonly body?: Json; readonly query?: Readonly<Record<string, QueryValue>> },
  ): Op<HttpResponse> {
    const headers = { "X-Auth-Token": this.#token };
    const url = `${this.#endpoint}${path}`;
    const response = yield* this.#http.request(method, url, { ...options, headers });
    if (response.status < 400) return response;
    throw new Exception(messageIn(response));
  }
}

const networkIn = ({ body }: HttpResponse): JsonObject => {
  const network = isObject(body) ? body["network"] : undefined;
  return isObject(network) ? network : {};
};

/** What Neutron has said, or the whole body. */
function messageIn({ body }: HttpResponse): string {
  const error = isObject(body) ? body["NeutronError"] : undefined;
  if (isObject(error)) return textOf(error, "message");
  return error === undefined ? str(body) : str(error);
}
