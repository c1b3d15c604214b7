/**
 * Nova, and the tasks by which Heat deletes, resizes and rebuilds servers. Some failures of a look at a
 * server are only logged: the next one may be answered. Upstream: heat/engine/clients/os/nova.py at 2014.2.
 */
import {
  BadRequest,
  ClientException,
  NotFound,
  NoUniqueMatch,
  OverLimit,
} from "../../../../framework/apiclient/index.js";
import { endStep, type Op, type Stepped } from "../../../../kernel/index.js";
import {
  dumps,
  isObject,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { NovaClient, NovaHttpClient } from "../../../nova/client/index.js";
import { FlavorMissing, HeatError, UserKeyPairMissing } from "../../exception.js";
import type { ClientContext, ClientEnv } from "../context.js";
import type { KeystonePlugin } from "../keystone.js";
import { HeldServer } from "../server.js";
import { userDataOf, type UserDataOptions } from "../user-data.js";

/** Of servers that are on their way. */
export const DEFERRED_STATUSES: readonly string[] = [
  "BUILD",
  "HARD_REBOOT",
  "PASSWORD",
  "REBOOT",
  "RESCUE",
  "RESIZE",
  "REVERT_RESIZE",
  "SHUTOFF",
  "SUSPENDED",
  "VERIFY_RESIZE",
];

export class NovaPlugin {
  readonly #env: ClientEnv;
  readonly #context: ClientContext;
  readonly #keystone: KeystonePlugin;
  #client: NovaClient | undefined;

  constructor(env: ClientEnv, context: ClientContext, keystone: KeystonePlugin) {
    this.#env = env;
    this.#context = context;
    this.#keystone = keystone;
  }

  *client(): Op<NovaClient> {
    if (this.#client !== undefined) return this.#client;
    const kind = this.#env.flags.clients_nova_endpoint_type;
    const url = yield* this.#keystone.urlFor("compute", kind);
    const { tenant, auth_url } = this.#context;
    const token = yield* this.#keystone.authToken();
    const http = this.#env.http;
    const endpoint = new NovaHttpClient({ http, url, project: tenant, token, authUrl: auth_url });
    return (this.#client = new NovaClient(endpoint));
  }

  /** `availability_zones.list(detailed=False)`: their names. @throws ClientException */
  *availabilityZones(): Op<string[]> {
    const nova = yield* this.client();
    const zones = yield* nova.availabilityZones(false);
    return zones.map((zone) => str(zone["zoneName"] ?? null));
  }

  isNotFound(error: unknown): boolean {
    return error instanceof NotFound;
  }

  isOverLimit(error: unknown): boolean {
    return error instanceof OverLimit;
  }

  isBadRequest(error: unknown): boolean {
    return error instanceof BadRequest;
  }

  /** What is asked for does not fit the state that a thing is in. */
  isUnprocessable(error: unknown): boolean {
    return error instanceof ClientException && error.code === 422;
  }

  /** `servers.get`. @throws ClientException */
  *server(id: string): Op<HeldServer> {
    const nova = yield* this.client();
    return new HeldServer(nova, yield* nova.server(id), true);
  }

  /** `refresh_server`. @throws ClientException but where it may pass */
  *refresh(server: HeldServer): Op<void> {
    try {
      yield* server.get();
    } catch (error) {
      const { name, id } = server;
      if (error instanceof OverLimit) {
        const what = "received an OverLimit response during server.get()";
        this.#env.log("warning", `Server ${name} (${id}) ${what}: ${error.message}`);
        return;
      }
      if (!(error instanceof ClientException) || ![500, 503].includes(error.code)) throw error;
      const what = "received the following exception during server.get()";
      this.#env.log("warning", `Server "${name}" (${id}) ${what}: ${error.message}`);
    }
  }

  /** By id or name. @throws FlavorMissing */
  *flavorId(flavor: string): Op<string> {
    const flavors = yield* (yield* this.client()).flavors();
    const found = flavors.find(({ name, id }) => name === flavor || id === flavor);
    if (found === undefined) throw new FlavorMissing({ flavor_id: flavor });
    return found.id;
  }

  /** @throws UserKeyPairMissing */
  *keypair(key_name: string): Op<JsonObject> {
    try {
      return yield* (yield* this.client()).keypairs.one(key_name);
    } catch (error) {
      if (error instanceof NotFound) throw new UserKeyPairMissing({ key_name });
      throw error;
    }
  }

  userData(options: Omit<UserDataOptions, "flags" | "chance">): string {
    return userDataOf({ ...options, flags: this.#env.flags, chance: this.#env.ids });
  }

  /** `delete_server`: until Nova does not know it any more. @throws HeatError */
  *deleteServer(server: HeldServer): Stepped {
    const nova = yield* this.client();
    try {
      yield* nova.deleteServer(server.id);
    } catch (error) {
      if (error instanceof NotFound) return;
      throw error;
    }
    for (;;) {
      yield* endStep();
      try {
        yield* this.refresh(server);
      } catch (error) {
        if (error instanceof NotFound) return;
        throw error;
      }
      const status = yield* server.status();
      if (status === "DELETED") return;
      if (status !== "ERROR") continue;
      const [code, message] = [server.fault("code") ?? null, server.fault("message") ?? "Unknown"];
      const what = `Server ${server.name} delete failed: (${str(code)}) ${str(message)}`;
      throw new HeatError(what);
    }
  }

  /** `resize`, confirmed once it is done. @throws HeatError */
  *resize(server: HeldServer, flavor: string, flavorRef: string): Stepped {
    const nova = yield* this.client();
    yield* nova.action(server.id, "resize", { flavorRef });
    yield* this.#past(server, "RESIZE");
    const status = yield* server.status();
    if (status !== "VERIFY_RESIZE") {
      throw new HeatError(`Resizing to '${flavor}' failed, status '${status}'`);
    }
    yield* nova.action(server.id, "confirmResize");
  }

  /** `rebuild`. @throws HeatError */
  *rebuild(server: HeldServer, imageRef: string, preserveEphemeral: boolean): Stepped {
    const nova = yield* this.client();
    yield* nova.action(server.id, "rebuild", {
      imageRef,
      ...(preserveEphemeral && { preserve_ephemeral: true }),
    });
    yield* this.#past(server, "REBUILD");
    const status = yield* server.status();
    if (status === "ERROR") throw new HeatError(`Rebuilding server failed, status '${status}'`);
  }

  /** Looks until the server has another status. */
  *#past(server: HeldServer, status: string): Stepped {
    yield* this.refresh(server);
    while ((yield* server.status()) === status) {
      yield* endStep();
      yield* this.refresh(server);
    }
  }

  /** `meta_update`: what is gone is deleted, the rest set. */
  *updateMetadata(server: HeldServer, metadata: JsonObject): Op<void> {
    const wanted = serialized(metadata);
    const { metadata: current } = server.info;
    const nova = yield* this.client();
    const gone = Object.keys(isObject(current) ? current : {}).filter((key) => !(key in wanted));
    yield* nova.deleteServerMeta(server.id, gone);
    yield* nova.setServerMeta(server.id, wanted);
  }

  /** The first address of a server, on whichever network. */
  *firstAddress(id: string): Op<Json> {
    let server: HeldServer;
    try {
      server = yield* this.server(id);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      this.#env.log("warning", `Instance (${id}) not found: ${error.message}`);
      return null;
    }
    for (const [address] of Object.values(server.networks)) {
      if (address !== undefined) return address;
    }
    return null;
  }

  *absoluteLimits(): Op<JsonObject> {
    const { absolute } = yield* (yield* this.client()).limits();
    return isObject(absolute) ? absolute : {};
  }

  /** The network of a label. @throws NotFound, NoUniqueMatch */
  *networkNamed(label: string): Op<string> {
    const networks = yield* (yield* this.client()).networks.all();
    const [found, ...others] = networks.filter((network) => network["label"] === label);
    if (others.length > 0) throw new NoUniqueMatch();
    if (found !== undefined) return textOf(found, "id");
    const message = `No Network matching {'label': u'${label}'}.`;
    throw new NotFound({ code: 404, message });
  }
}

/** `meta_serialize`: what is no text becomes JSON. */
export const serialized = (metadata: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(metadata).map(([key, value]) => [
      key,
      typeof value === "string" ? value : dumps(value),
    ]),
  );
