/**
 * What API and task manager have in common: the database, the services that they ask for a user, the guests,
 * quotas. Upstream: the modules of trove/common and trove/instance, which both import.
 */
import { RpcClient, clientOf, type ClientOf } from "../../bus/index.js";
import type { Env, FlagsOf, RequestContext } from "../../framework/index.js";
import { troveSerializer, type TroveContext } from "./context.js";
import type { TroveDatabase } from "./db/database.js";
import { datastoreFlags, datastoreOptions, type DatastoreOptions } from "./datastore/flags.js";
import { NEUTRON_DRIVER, troveInstanceFlags } from "./flags.js";
import type { NetworkDriver } from "./network/driver.js";
import { neutronNetwork } from "./network/neutron.js";
import { novaNetwork } from "./network/nova.js";
import { Quotas } from "./quota.js";
import { RemoteClients } from "./remote/clients.js";
import { Guests, type Guest } from "./remote/guest.js";
import { taskManagerApi } from "./taskmanager/rpcapi.js";

export class TroveParts {
  readonly env: Env;
  readonly db: TroveDatabase;
  readonly remote: RemoteClients;
  readonly guests: Guests;
  readonly quotas: Quotas;
  readonly instanceFlags: FlagsOf<typeof troveInstanceFlags>;
  readonly #datastores: FlagsOf<typeof datastoreFlags>;
  readonly tasks: ClientOf<typeof taskManagerApi, RequestContext>;

  constructor(env: Env, db: TroveDatabase) {
    this.env = env;
    this.db = db;
    this.remote = new RemoteClients(env);
    this.guests = new Guests(env);
    this.quotas = new Quotas(env, db);
    this.instanceFlags = env.flags.read(troveInstanceFlags);
    this.#datastores = env.flags.read(datastoreFlags);
    this.tasks = clientOf(taskManagerApi, new RpcClient(env.bus, troveSerializer));
  }

  guest(ctxt: TroveContext, id: string): Guest {
    return this.guests.of(ctxt, id);
  }

  /** Who has security groups for a user. @throws EmptyCatalog, NoServiceEndpoint, RegionAmbiguity */
  network(ctxt: TroveContext): NetworkDriver {
    return this.instanceFlags.network_driver === NEUTRON_DRIVER
      ? neutronNetwork(this.remote.neutron(ctxt))
      : novaNetwork(this.remote.nova(ctxt));
  }

  /** What is configured for a datastore manager. @throws NoSuchOptError */
  datastore(manager: string): DatastoreOptions {
    return datastoreOptions(this.#datastores, manager);
  }

  newId(): string {
    return this.env.stream("id").uuid();
  }

  /** `generate_random_password`: of passlib's letters, which cannot be taken for each other. */
  randomPassword(): string {
    const stream = this.env.stream("password");
    const size = this.instanceFlags.default_password_length;
    return Array.from({ length: size }, () => stream.pick(LETTERS)).join("");
  }
}

const LETTERS = Array.from("2346789ABCDEFGHJKMNPQRTUVWXYZabcdefghjkmnpqrstuvwxyz");
