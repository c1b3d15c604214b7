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
import { NovaAggregates, NovaHypervisors, NovaKeypairs, NovaQuotas } from "./api-parts.js";
import { findFlavor, findImage } from "./find.js";
import { ServerVerbs } from "./server-verbs.js";

/**
 * Nova for programs: `demo.nova`. What is done with one server is a method here, by its name or id.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const { nova } = cloud.user("demo");
 * cloud.run(nova.boot({ name: "t1", flavor: "m1.nano", image: "cirros" }));
 * cloud.settle();
 * cloud.run(nova.reboot("t1", { hard: true }));
 * cloud.settle();
 * cloud.run(nova.list()).map(({ status }) => status).join(); // → "ACTIVE"
 * ```
 */
export class NovaApi extends ServerVerbs {
  readonly keypairs: NovaKeypairs;
  /** For administrators. */
  readonly hypervisors: NovaHypervisors;
  readonly quotas: NovaQuotas;
  /** For administrators. */
  readonly aggregates: NovaAggregates;
  readonly #resolve: NameResolver;

  /** `resolve` finds the ids of networks, which nova-api does not know by name. */
  constructor(env: Env, user: ClientUser, resolve: NameResolver) {
    const transport = new Transport(env, { userAgent: "python-novaclient" });
    super(new NovaClient(new Session(transport, user, { serviceType: "compute" })));
    this.#resolve = resolve;
    this.keypairs = new NovaKeypairs(this.client);
    this.hypervisors = new NovaHypervisors(this.client);
    this.quotas = new NovaQuotas(this.client);
    this.aggregates = new NovaAggregates(this.client);
  }

  /** Ask for a server and read it once: it is still building. @throws ClientException, CommandError */
  *boot(options: BootOptions): Op<Server> {
    const created = yield* this.create(options);
    return { ...(yield* this.client.server(created.id)), ...created };
  }

  /** Ask for a server and take the answer, without a look at the server itself. */
  *create(options: BootOptions): Op<CreatedServer> {
    assertBootOptions(options);
    const { name, count = 1, image, networks, ...rest } = options;
    const imageId = image === undefined ? undefined : yield* this.#imageId(image);
    const flavor = yield* findFlavor(this.client, options.flavor);
    const body = bootBody({
      ...rest,
      name,
      imageId,
      flavorId: flavor.id,
      minCount: typeof count === "number" ? count : count.min,
      maxCount: typeof count === "number" ? count : count.max,
      nics: networks?.map((network) => this.#nic(network)),
    });
    return yield* this.client.createServer(body);
  }

  /** Servers in full, newest first. @param filters `{ status: "ERROR" }`, `{ all_tenants: true }` ... */
  list(filters: ServerFilters = {}): Op<Server[]> {
    return this.client.servers(filters);
  }

  /** `all`: private ones too (administrators only). */
  flavors(options: { readonly all?: boolean } = {}): Op<Flavor[]> {
    return this.client.flavors(options.all === true ? null : true);
  }

  images(): Op<Image[]> {
    return this.client.images();
  }

  services(filter: { readonly host?: string; readonly binary?: string } = {}): Op<ServiceEntry[]> {
    return this.client.services.all(filter.host, filter.binary);
  }

  /** Let no more servers come to a host; administrators only. */
  *disableService(host: string, binary = "nova-compute"): Op<void> {
    yield* this.client.services.disable(host, binary);
  }

  /** Let them come again; administrators only. */
  *enableService(host: string, binary = "nova-compute"): Op<void> {
    yield* this.client.services.enable(host, binary);
  }

  *#imageId(nameOrId: string): Op<string> {
    return (yield* findImage(this.client, nameOrId)).id;
  }

  #nic(network: string | { readonly port: string }): Nic {
    if (typeof network !== "string") return network;
    if (isUuid(network)) return { uuid: network };
    const uuid = this.#resolve("network", network);
    if (uuid === undefined) throw new CommandError(`There is no network named "${network}".`);
    return { uuid };
  }
}
