/**
 * Who asks the APIs of a cloud from a program: one account, its login, and a client for each service, made
 * when it is first asked for. Not who types command lines: that is `User`. Upstream: a script with an openrc.
 */
import {
  ServiceClients,
  operatorRpc,
  type CatalogUrl,
  type CeilometerApi,
  type CinderApi,
  type ClientUser,
  type GlanceApi,
  type HeatApi,
  type KeystoneApi,
  type NameResolver,
  type NeutronApi,
  type NovaApi,
  type SwiftApi,
  type TroveApi,
} from "../../clients/index.js";
import type { Bus } from "../../bus/index.js";
import {
  Env,
  actorName,
  adminContext,
  type Flags,
  type RequestContext,
} from "../../framework/index.js";
import type { HttpResponse, Network } from "../../http/index.js";
import { assertText, type Kernel, type Op } from "../../kernel/index.js";
import type { Json } from "../../python/index.js";
import type { LooseRpc } from "../../vintage/rpc/index.js";
import { assertArguments, ClientCall, withCalls, type Unstarted } from "./client-call.js";

/** Who it is, as Keystone knows it. */
export interface Account {
  readonly name: string;
  readonly project: string;
  readonly password: string;
}

export interface UserContext {
  readonly kernel: Kernel;
  readonly bus: Bus;
  readonly network: Network;
  readonly flags: Flags;
  readonly authUrl: string;
  /** Where browsers go, if there is a site: `http://controller`. */
  readonly site?: string | undefined;
  /** Ids by name, for what people write and clients do not accept. */
  readonly resolve: NameResolver;
  /** Texts of files in the folder in which commands are typed. */
  readonly files: ReadonlyMap<string, string>;
  /** Every service that Keystone is told of, as a user of `project` sees it. */
  readonly catalog: (project: string) => readonly CatalogUrl[];
  /** Calls of users that have not begun. */
  readonly unstarted: Unstarted;
  /** The same user of another cloud. */
  readonly same: (cloud: object) => unknown;
  /** Do `act`, and note how it is done again in another cloud. */
  readonly note: <T>(again: (cloud: object) => unknown, act: () => T) => T;
}

/** Where requests come from: the name of the program, and its host. */
export interface Origin {
  readonly binary: string;
  readonly host: string;
}

/**
 * Who asks the APIs from a program: `demo.as("keeper")`.
 *
 * @example
 * ```ts
 * import { Cloud } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const keeper = cloud.user("demo").as("keeper");
 * keeper.actorName; // → "keeper@controller"
 * cloud.run(keeper.nova.list()).length; // → 0
 * ```
 */
export class ApiUser {
  /** Who its requests come from, in recordings: `nova-client@demo`. */
  readonly actorName: string;
  protected readonly account: Account;
  protected readonly context: UserContext;
  protected readonly env: Env;
  readonly #sessions: ServiceClients;
  readonly #clients: ServiceClients;
  readonly #rpc: LooseRpc<RequestContext>;

  constructor(account: Account, context: UserContext, { binary, host }: Origin) {
    const { kernel, bus, network, flags, resolve, same, unstarted } = context;
    this.actorName = actorName(binary, host);
    this.account = account;
    this.context = context;
    this.env = new Env({
      kernel,
      binary,
      host,
      flags,
      network,
      bus: bus.connect({ actor: this.actorName, exchange: "client" }),
    });
    this.#sessions = new ServiceClients(this.env, this.credentials, resolve);
    const words = account.name;
    this.#clients = withCalls(this.#sessions, { words, of: same, unstarted });
    const ofRpc = (cloud: object): unknown => this.#same(cloud)?.rpc;
    this.#rpc = withCalls(operatorRpc(this.env), { words: `${words}.rpc`, of: ofRpc, unstarted });
  }

  /**
   * What this user logs in with, as an openrc file has it: `username`, `password`, `tenantName` and
   * `authUrl`. For programs and services of one's own that ask Keystone themselves.
   *
   * @example
   * ```ts
   * import { Cloud } from "novasim";
   *
   * const { authUrl, tenantName } = new Cloud({ seed: 1 }).user("demo").credentials;
   * authUrl; // → "http://controller:5000/v2.0"
   * tenantName; // → "demo"
   * ```
   */
  get credentials(): ClientUser {
    const { name, password, project } = this.account;
    return { username: name, password, tenantName: project, authUrl: this.context.authUrl };
  }

  /** Nova: servers, flavors, keypairs, hypervisors, services and quotas. */
  get nova(): NovaApi {
    return this.#clients.nova;
  }

  /** Keystone: users, projects, roles, the catalog. For administrators. */
  get keystone(): KeystoneApi {
    return this.#clients.keystone;
  }

  /** Glance: images, with their data and whom they are shared with. */
  get glance(): GlanceApi {
    return this.#clients.glance;
  }

  /** Neutron: networks, subnets, ports, routers, floating addresses, security groups. */
  get neutron(): NeutronApi {
    return this.#clients.neutron;
  }

  /** Cinder: volumes, snapshots, types. */
  get cinder(): CinderApi {
    return this.#clients.cinder;
  }

  /** Swift: containers and objects of the account of this user's project. */
  get swift(): SwiftApi {
    return this.#clients.swift;
  }

  /** Heat: stacks, their resources and events. */
  get heat(): HeatApi {
    return this.#clients.heat;
  }

  /** Ceilometer: meters, samples, alarms. */
  get ceilometer(): CeilometerApi {
    return this.#clients.ceilometer;
  }

  /** Trove: database instances, their databases and users, backups. */
  get trove(): TroveApi {
    return this.#clients.trove;
  }

  /** RPC as in 2011, on the exchange of Nova: what an operator can do, and no client should. */
  get rpc(): LooseRpc<RequestContext> {
    return this.#rpc;
  }

  /** A context that may do everything, for `rpc`; each is a request of its own. */
  adminContext(): RequestContext {
    return this.noted(
      (user) => user.adminContext(),
      () => adminContext(this.env),
    );
  }

  /**
   * Ask a service of the catalog, by its type: `demo.request("image", "GET", "/v2/images")`. For
   * what there is no client for. @throws ClientException, EndpointNotFound
   */
  request(serviceType: string, method: string, path: string, body?: Json): Op<HttpResponse> {
    assertText(serviceType, "request", 'the type of a service, such as "compute"');
    assertText(method, "request", 'a method as the second argument, such as "GET"');
    assertText(path, "request", 'a path as the third argument, such as "/servers"');
    assertArguments("request", [serviceType, method, path, body]);
    return new ClientCall(
      `${this.account.name}.request("${serviceType}", "${method}", "${path}")`,
      this.#sessions.session(serviceType).request(method, path, body),
      (cloud) => this.#same(cloud)?.request(serviceType, method, path, body),
      this.context.unstarted,
    );
  }

  /** Do `act`, and note that the same user of another cloud does `again`. */
  protected noted<T>(again: (user: this) => unknown, act: () => T): T {
    return this.context.note((cloud) => again(this.context.same(cloud) as this), act);
  }

  #same(cloud: object): ApiUser | undefined {
    const user = this.context.same(cloud);
    return user instanceof ApiUser ? user : undefined;
  }
}
