/** Trove, by the token of whoever asks. Upstream: heat/engine/clients/os/trove.py at 2014.2, python-troveclient 1.0.7. */
import {
  asLibrary,
  ClientException,
  fromResponse,
  NotFound,
} from "../../../../framework/apiclient/index.js";
import type { HttpResponse } from "../../../../http/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../python/index.js";
import { TroveClient } from "../../../trove/client/index.js";
import { FlavorMissing } from "../../exception.js";
import type { ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";

export class TrovePlugin {
  readonly #env: ClientEnv;
  readonly #keystone: KeystonePlugin;
  readonly #client: TroveClient;

  constructor(env: ClientEnv, keystone: KeystonePlugin) {
    this.#env = env;
    this.#keystone = keystone;
    const request = (method: string, path: string, body?: Json): Op<HttpResponse> =>
      this.#ask(method, path, body);
    this.#client = new TroveClient({ request });
  }

  *#ask(method: string, path: string, body: Json | undefined): Op<HttpResponse> {
    const kind = this.#env.flags.clients_trove_endpoint_type;
    const url = (yield* this.#keystone.urlFor("database", kind)).replace(/\/+$/u, "");
    const http = asLibrary(this.#env.http, "python-troveclient");
    const response = yield* http.request(method, url + path, {
      headers: { "x-auth-token": yield* this.#keystone.authToken() },
      ...(body !== undefined && { body }),
    });
    if (response.status < 400) return response;
    throw fromResponse(response, method, path);
  }

  isNotFound(error: unknown): boolean {
    return error instanceof NotFound;
  }

  isOverLimit(error: unknown): boolean {
    return error instanceof ClientException && error.code === 413;
  }

  /** By name, or by what Trove says it is. @throws FlavorMissing */
  *flavorId(flavor: string): Op<Json> {
    const flavors = yield* this.#client.list("/flavors", "flavors");
    const found = flavors.find(({ name, id }) => name === flavor || id === flavor);
    if (found === undefined) throw new FlavorMissing({ flavor_id: flavor });
    return found["id"] ?? null;
  }

  /** Names of the versions of a datastore that are in use. @throws NotFound */
  *versions(datastore: string): Op<readonly Json[]> {
    const versions = yield* this.#client.list(`/datastores/${datastore}/versions`, "versions");
    return versions.map(({ name = null }) => name);
  }

  /** @throws ClientException */
  create(instance: JsonObject): Op<JsonObject> {
    return this.#client.create("/instances", { instance }, "instance");
  }

  /** @throws ClientException */
  instance(id: string): Op<JsonObject> {
    return this.#client.get(`/instances/${id}`, "instance");
  }

  delete(id: string): Op<void> {
    return this.#client.delete(`/instances/${id}`);
  }
}
