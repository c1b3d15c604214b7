/**
 * The compute API for programs: what the command line does, with values instead of text and errors
 * by class. One login serves many calls. Upstream: `novaclient.v1_1.client.Client`.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Env } from "../../framework/index.js";
import type { Op } from "../../kernel/index.js";
import { isUuid } from "../../python/index.js";
import {
  bootBody,
  NovaClient,
  type CreatedServer,
  type Flavor,
  type Image,
  type Nic,
  type Server,
  type ServerFilters,
  type ServiceEntry,
} from "../../services/nova/client/index.js";
import { Session } from "../openstack/session.js";
import { Transport } from "../openstack/transport.js";
import { assertBootOptions, type BootOptions } from "./boot-options.js";
import type { NameResolver } from "../shell/names.js";
import type { ClientUser } from "../user.js";
import { findFlavor, findImage, findServer } from "./find.js";

/**
 * The compute API for programs: each method is an operation, to be done with `cloud.run` or `yield*`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud();
 * const { nova } = cloud.user("demo");
 * const server = cloud.run(nova.boot({ name: "web", flavor: "m1.nano", image: "cirros" }));
 * cloud.settle();
 * console.log(cloud.run(nova.show(server.id)).status); // ACTIVE
 * ```
 */
export class NovaApi {
  readonly #client: NovaClient;
  readonly #resolve: NameResolver;

  /** `resolve` finds the ids of networks, which nova-api does not know by name. */
  constructor(env: Env, user: ClientUser, resolve: NameResolver) {
    const transport = new Transport(env, { userAgent: "python-novaclient" });
    this.#client = new NovaClient(new Session(transport, user, { serviceType: "compute" }));
    this.#resolve = resolve;
  }

  /** Ask for a server and read it once: it is still building. @throws ClientException, CommandError */
  *boot(options: BootOptions): Op<Server> {
    const created = yield* this.create(options);
    return { ...(yield* this.#client.server(created.id)), ...created };
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
      flavorId: flavor.id,
      minCount: typeof count === "number" ? count : count.min,
      maxCount: typeof count === "number" ? count : count.max,
      nics: networks?.map((network) => this.#nic(network)),
    });
    return yield* this.#client.createServer(body);
  }

  list(filters: ServerFilters = {}): Op<Server[]> {
    return this.#client.servers(filters);
  }

  show(nameOrId: string): Op<Server> {
    return findServer(this.#client, nameOrId);
  }

  *delete(nameOrId: string): Op<void> {
    const server = yield* this.show(nameOrId);
    yield* this.#client.deleteServer(server.id);
  }

  *shelve(nameOrId: string): Op<void> {
    yield* this.action(nameOrId, "shelve");
  }

  *shelveOffload(nameOrId: string): Op<void> {
    yield* this.action(nameOrId, "shelveOffload");
  }

  *unshelve(nameOrId: string): Op<void> {
    yield* this.action(nameOrId, "unshelve");
  }

  /** Any action that nova-api knows, as it is named there: `os-stop`, `lock`. */
  *action(nameOrId: string, name: string): Op<void> {
    const server = yield* this.show(nameOrId);
    yield* this.#client.action(server.id, name);
  }

  /** `all`: private ones too (administrators only). */
  flavors(options: { readonly all?: boolean } = {}): Op<Flavor[]> {
    return this.#client.flavors(options.all === true ? null : true);
  }

  images(): Op<Image[]> {
    return this.#client.images();
  }

  services(filter: { readonly host?: string; readonly binary?: string } = {}): Op<ServiceEntry[]> {
    return this.#client.services.all(filter.host, filter.binary);
  }

  *#imageId(nameOrId: string): Op<string> {
    return (yield* findImage(this.#client, nameOrId)).id;
  }

  #nic(network: string | { readonly port: string }): Nic {
    if (typeof network !== "string") return network;
    if (isUuid(network)) return { uuid: network };
    const uuid = this.#resolve("network", network);
    if (uuid === undefined) throw new CommandError(`There is no network named "${network}".`);
    return { uuid };
  }
}
