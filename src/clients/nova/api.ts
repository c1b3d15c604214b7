/**
 * The compute API for programs: what the command line does, with values instead of text and errors
 * by class. One login serves many calls. Upstream: `novaclient.v1_1.client.Client`.
 */
import { assertBootOptions, type BootOptions } from "./boot-options.js";
import type { Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { isUuid, textOf } from "../../python/index.js";
import { CommandError } from "../rest/exceptions.js";
import type { NameResolver } from "../shell/names.js";
import { credentialsOf, type ClientUser } from "../user.js";
import { bootBody, type Nic } from "./boot-body.js";
import { NovaClient } from "./client.js";
import { findFlavor, findImage, findServer } from "./find.js";
import type { CreatedServer, Flavor, Image, Server, ServerFilters, ServiceEntry } from "./types.js";

/**
 * @example
 * const server = cloud.run(demo.nova.boot({ name: "t3", flavor: "m1.nano", image: "cirros" }));
 */
export class NovaApi {
  readonly #client: NovaClient;
  readonly #resolve: NameResolver;

  /** `resolve` finds the ids of networks, which nova-api does not know by name. */
  constructor(env: Env, user: ClientUser, resolve: NameResolver) {
    this.#client = new NovaClient(env, credentialsOf(user));
    this.#resolve = resolve;
  }

  /** Ask for a server and read it once: it is still building. @throws ClientException, CommandError */
  *boot(options: BootOptions): Op<Server> {
    const created = yield* this.create(options);
    const server = yield* this.#client.server(created.id);
    return { ...server, ...created } as unknown as Server;
  }

  /** Ask for a server and take the answer, without a look at the server itself. */
  *create(options: BootOptions): Op<CreatedServer> {
    assertBootOptions(options);
    const { name, count = 1, image, networks, ...rest } = options;
    const imageId = image === undefined ? undefined : yield* this.#imageId(image);
    const flavor = yield* findFlavor(this.#client, options.flavor);
    const body = bootBody({
      ...rest,
      name,
      imageId,
      flavorId: textOf(flavor, "id"),
      minCount: typeof count === "number" ? count : count.min,
      maxCount: typeof count === "number" ? count : count.max,
      nics: networks?.map((network) => this.#nic(network)),
    });
    return (yield* this.#client.createServer(body)) as unknown as CreatedServer;
  }

  *list(filters: ServerFilters = {}): Op<Server[]> {
    return (yield* this.#client.servers(filters)) as unknown as Server[];
  }

  *show(nameOrId: string): Op<Server> {
    return (yield* findServer(this.#client, nameOrId)) as unknown as Server;
  }

  *delete(nameOrId: string): Op<void> {
    const server = yield* this.show(nameOrId);
    yield* this.#client.deleteServer(server.id);
  }

  *shelve(nameOrId: string): Op<void> {
    yield* this.#act(nameOrId, "shelve");
  }

  *shelveOffload(nameOrId: string): Op<void> {
    yield* this.#act(nameOrId, "shelveOffload");
  }

  *unshelve(nameOrId: string): Op<void> {
    yield* this.#act(nameOrId, "unshelve");
  }

  /** `all`: private ones too (administrators only). */
  *flavors(options: { readonly all?: boolean } = {}): Op<Flavor[]> {
    const isPublic = options.all === true ? null : true;
    return (yield* this.#client.flavors(isPublic)) as unknown as Flavor[];
  }

  *images(): Op<Image[]> {
    return (yield* this.#client.images()) as unknown as Image[];
  }

  *services(filter: { readonly host?: string; readonly binary?: string } = {}): Op<ServiceEntry[]> {
    const services = yield* this.#client.services(filter.host, filter.binary);
    return services as unknown as ServiceEntry[];
  }

  *#act(nameOrId: string, action: string): Op<void> {
    const server = yield* this.show(nameOrId);
    yield* this.#client.action(server.id, action);
  }

  *#imageId(nameOrId: string): Op<string> {
    const image = yield* findImage(this.#client, nameOrId);
    return textOf(image, "id");
  }

  #nic(network: string | { readonly port: string }): Nic {
    if (typeof network !== "string") return network;
    if (isUuid(network)) return { uuid: network };
    const uuid = this.#resolve("network", network);
    if (uuid === undefined) throw new CommandError(`There is no network named "${network}".`);
    return { uuid };
  }
}
