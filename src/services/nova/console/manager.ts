/**
 * Gives servers consoles of a proxy's: one for each server, in a pool for each host, which is asked how to log in there when its first
 * one is made. Upstream: nova/console/manager.py (ConsoleProxyManager 2.0) at 2014.2.
 */
import {
  clientOf,
  endpoint,
  RpcClient,
  type ArgsIn,
  type ClientOf,
  type Endpoint,
  type Serves,
} from "../../../bus/index.js";
import { Manager, type Env, type RequestContext, type Row } from "../../../framework/index.js";
import { done, type Op } from "../../../kernel/index.js";
import { str } from "../../../python/index.js";
import { computeApi } from "../compute/rpcapi.js";
import { generatePassword } from "../crypto/password.js";
import type { NovaDatabase } from "../db/database.js";
import { instanceFromRow } from "../db/instances/instances.js";
import { DirectStore } from "../db/store/object-store.js";
import type { ConsolePoolRow } from "../db/operations/rows.js";
import { InstanceNotFound } from "../exception.js";
import type { Instance } from "../objects/instance.js";
import { objectSerializer } from "../objects/wire/serializer.js";
import { consoleProxyFlags } from "./flags.js";
import { consoleProxy, type ConsoleProxy } from "./proxies.js";
import { consoleApi } from "./rpcapi.js";

export class ConsoleProxyManager
  extends Manager
  implements Serves<typeof consoleApi, RequestContext>
{
  readonly #db: NovaDatabase;
  readonly #store: DirectStore;
  readonly #compute: ClientOf<typeof computeApi, RequestContext>;
  readonly #proxy: ConsoleProxy;

  constructor(env: Env, db: NovaDatabase) {
    super(env);
    this.#db = db;
    this.#store = new DirectStore(db);
    this.#compute = clientOf(computeApi, new RpcClient(env.bus, objectSerializer(this.#store)));
    this.#proxy = consoleProxy(env.flags.read(consoleProxyFlags).console_driver);
  }

  endpoints(): Endpoint<RequestContext>[] {
    return [endpoint(consoleApi, this)];
  }

  *add_console(
    ctxt: RequestContext,
    { instance_id }: ArgsIn<typeof consoleApi, "add_console">,
  ): Op<void> {
    const instance = this.#instance(instance_id);
    const pool = yield* this.#pool(ctxt, instance.host ?? "");
    const own = { pool_id: pool.id, instance_uuid: instance.uuid };
    if (this.#db.consoles.findAny(own).length > 0) return;
    this.env.log("debug", "Adding console");
    const password = generatePassword(this.env.stream("console password"), 8);
    this.#db.consoles.insert({
      ...own,
      instance_name: instance.name,
      password,
      port: this.#proxy.port,
    });
  }

  remove_console(
    _ctxt: RequestContext,
    { console_id }: ArgsIn<typeof consoleApi, "remove_console">,
  ): Op<void> {
    if (this.#db.consoles.get(console_id) === undefined) {
      this.env.log("debug", `Tried to remove non-existent console ${String(console_id)}.`);
    } else {
      this.#db.consoles.remove(console_id);
    }
    return done(undefined);
  }

  /** `_get_pool_for_instance_host`. @throws what the driver makes of the password that a host says */
  *#pool(ctxt: RequestContext, compute_host: string): Op<Row<ConsolePoolRow>> {
    const { host } = this.env;
    const { type: console_type } = this.#proxy;
    const known = this.#db.console_pools.first({ host, console_type, compute_host });
    if (known !== undefined) return known;
    const compute = this.#compute.prepare({ server: compute_host });
    const info = yield* compute.get_console_pool_info(ctxt.elevated(), { console_type });
    const password = this.#proxy.fixPoolPassword(str(info["password"] ?? null));
    const { console_public_hostname } = this.env.flags.read(consoleProxyFlags);
    return this.#db.console_pools.insert({
      address: str(info["address"] ?? null),
      username: str(info["username"] ?? null),
      password,
      host,
      public_hostname: console_public_hostname ?? host,
      console_type,
      compute_host,
    });
  }

  /** @throws InstanceNotFound */
  #instance(id: number): Instance {
    const row = this.#db.instances.find().find((one) => one.id === id);
    if (row === undefined) throw new InstanceNotFound({ instance_id: id });
    return instanceFromRow(this.#db, this.#store, row);
  }
}
