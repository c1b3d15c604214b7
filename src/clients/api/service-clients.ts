/**
 * One login, and a client for each service, made when it is first asked for: for whoever asks the APIs of a cloud
 * from a program, be it a user or a service of one's own. Upstream: a script over the python-*client libraries.
 */
import type { Env } from "../../framework/index.js";
import { NovaApi } from "../nova/api.js";
import { Session } from "../openstack/session.js";
import { Transport } from "../openstack/transport.js";
import type { NameResolver } from "../shell/names.js";
import type { ClientUser } from "../user.js";
import { CeilometerApi } from "./ceilometer.js";
import { CinderApi } from "./cinder.js";
import { GlanceApi } from "./glance.js";
import { HeatApi } from "./heat.js";
import { KeystoneApi } from "./keystone.js";
import { NeutronApi } from "./neutron.js";
import { ApiPart } from "./part.js";
import { SwiftApi } from "./swift.js";
import { TroveApi } from "./trove.js";

/**
 * The clients of one user, asking from the process that they are made in: a manager of one's own makes them of its
 * `env`, and so its requests are its own in recordings.
 *
 * @example
 * ```ts
 * import { Cloud, Manager, ServiceClients, type Env, type Op } from "novasim";
 *
 * const cloud = new Cloud({ seed: 1 });
 * const account = cloud.credentials("admin");
 * class Watcher extends Manager {
 *   readonly #clients: ServiceClients;
 *   constructor(env: Env) {
 *     super(env);
 *     this.#clients = new ServiceClients(env, account);
 *   }
 *   endpoints() {
 *     return [];
 *   }
 *   override *post_start_hook(): Op<void> {
 *     yield* this.#clients.nova.list({ all_tenants: true });
 *   }
 * }
 * cloud.add({ binary: "nova-watcher", manager: Watcher }).name; // → "nova-watcher@controller"
 * ```
 */
export class ServiceClients extends ApiPart {
  readonly #env: Env;
  readonly #user: ClientUser;
  readonly #resolve: NameResolver;
  /** By the type of the service; a login serves many requests. */
  readonly #sessions = new Map<string, Session>();
  #nova: NovaApi | undefined;
  #keystone: KeystoneApi | undefined;
  #glance: GlanceApi | undefined;
  #neutron: NeutronApi | undefined;
  #cinder: CinderApi | undefined;
  #swift: SwiftApi | undefined;
  #heat: HeatApi | undefined;
  #ceilometer: CeilometerApi | undefined;
  #trove: TroveApi | undefined;

  /** @param resolve ids by name, for what a service itself does not look for; without it, ids are wanted */
  constructor(env: Env, user: ClientUser, resolve: NameResolver = () => undefined) {
    super();
    this.#env = env;
    this.#user = user;
    this.#resolve = resolve;
  }

  /** Nova: servers, flavors, keypairs, hypervisors, services and quotas. */
  get nova(): NovaApi {
    this.#nova ??= new NovaApi(this.#env, this.#user, this.#resolve);
    return this.#nova;
  }

  /** Keystone: users, projects, roles, the catalog. For administrators. */
  get keystone(): KeystoneApi {
    this.#keystone ??= new KeystoneApi(this.session("identity", "adminURL"));
    return this.#keystone;
  }

  /** Glance: images, with their data and whom they are shared with. */
  get glance(): GlanceApi {
    this.#glance ??= new GlanceApi(this.session("image"));
    return this.#glance;
  }

  /** Neutron: networks, subnets, ports, routers, floating addresses, security groups. */
  get neutron(): NeutronApi {
    this.#neutron ??= new NeutronApi(this.session("network"));
    return this.#neutron;
  }

  /** Cinder: volumes, snapshots, types. */
  get cinder(): CinderApi {
    this.#cinder ??= new CinderApi(this.session("volume"));
    return this.#cinder;
  }

  /** Swift: containers and objects of the account of the user's project. */
  get swift(): SwiftApi {
    this.#swift ??= new SwiftApi(this.session("object-store"));
    return this.#swift;
  }

  /** Heat: stacks, their resources and events. */
  get heat(): HeatApi {
    this.#heat ??= new HeatApi(this.session("orchestration"), this.#user);
    return this.#heat;
  }

  /** Ceilometer: meters, samples, alarms. */
  get ceilometer(): CeilometerApi {
    this.#ceilometer ??= new CeilometerApi(this.session("metering"));
    return this.#ceilometer;
  }

  /** Trove: database instances, their databases and users, backups. */
  get trove(): TroveApi {
    this.#trove ??= new TroveApi(this.session("database"));
    return this.#trove;
  }

  /** @internal The login at a service of the catalog, by its type. */
  session(serviceType: string, endpointType?: string): Session {
    const key = `${serviceType} ${endpointType ?? ""}`;
    let session = this.#sessions.get(key);
    if (session === undefined) {
      const transport = new Transport(this.#env, { userAgent: "novasim" });
      session = new Session(transport, this.#user, { serviceType, endpointType });
      this.#sessions.set(key, session);
    }
    return session;
  }
}
