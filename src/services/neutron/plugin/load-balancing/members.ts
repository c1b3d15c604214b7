/**
 * The servers behind a pool, by address and port; whether there is such an address nobody asks. Upstream:
 * neutron/services/loadbalancer/plugin.py (create_member and its like), db/loadbalancer/loadbalancer_db.py at 2014.2.
 */
import type { RequestContext, Row } from "../../../../framework/index.js";
import type { Op } from "../../../../kernel/index.js";
import type { JsonObject } from "../../../../python/index.js";
import { MemberExists } from "../../load-balancing/errors.js";
import type { Member } from "../../load-balancing/rows.js";
import type { NeutronApp } from "../app.js";
import { DBError } from "../columns.js";
import { isVisible } from "../visibility.js";
import type { AgentDriver } from "./agent-driver.js";
import { assertModificationAllowed, type LoadBalancingStore } from "./store.js";

export class Members {
  readonly #app: NeutronApp;
  readonly #store: LoadBalancingStore;
  readonly #driver: AgentDriver;

  constructor(app: NeutronApp, store: LoadBalancingStore, driver: AgentDriver) {
    this.#app = app;
    this.#store = store;
    this.#driver = driver;
  }

  get(ctxt: RequestContext, id: string): JsonObject {
    return this.#store.memberView(this.#store.member(ctxt, id));
  }

  list(ctxt: RequestContext): JsonObject[] {
    return this.#app.database.members
      .find()
      .filter((row) => isVisible(ctxt, row))
      .map((row) => this.#store.memberView(row));
  }

  /** @throws PoolNotFound, MemberExists, NoActiveLbaasAgent */
  *create(ctxt: RequestContext, attrs: JsonObject): Op<JsonObject> {
    const pool_id = attrs["pool_id"] as string;
    this.#store.pool(ctxt, pool_id);
    const address = attrs["address"] as string;
    const protocol_port = attrs["protocol_port"] as number;
    const uuid = this.#app.newId("member");
    this.#refuseSame(uuid, { pool_id, address, protocol_port });
    const row = this.#app.database.members.insert({
      uuid,
      tenant_id: attrs["tenant_id"] as string,
      pool_id,
      address,
      protocol_port,
      weight: attrs["weight"] as number,
      admin_state_up: attrs["admin_state_up"] as boolean,
      status: "PENDING_CREATE",
      status_description: null,
    });
    const view = this.#store.memberView(row);
    yield* this.#driver.createMember(ctxt, view);
    return view;
  }

  /** It may go to another pool. @throws StateInvalid, MemberExists, DBError for a pool that is not, NoActiveLbaasAgent */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { members, pools } = this.#app.database;
    const row = this.#store.member(ctxt, id);
    const before = this.#store.memberView(row);
    assertModificationAllowed(row);
    const pool_id = (attrs["pool_id"] ?? row.pool_id) as string;
    if (pools.get(pool_id) === undefined) {
      const what = "Cannot add or update a child row: a foreign key constraint fails";
      throw new DBError(`(IntegrityError) (1452, '${what}')`);
    }
    const { address, protocol_port } = row;
    this.#refuseSame(id, { pool_id, address, protocol_port });
    members.update(id, { ...attrs, status: "PENDING_UPDATE" });
    const view = this.get(ctxt, id);
    yield* this.#driver.updateMember(ctxt, before, view);
    return view;
  }

  *delete(ctxt: RequestContext, id: string): Op<void> {
    this.#store.setMemberStatus(ctxt, id, "PENDING_DELETE");
    const view = this.get(ctxt, id);
    this.#app.database.members.remove(id);
    yield* this.#driver.deleteMember(ctxt, view);
  }

  /** `uniq_member0pool_id0address0port`. @throws MemberExists */
  #refuseSame(
    uuid: string,
    { pool_id, address, protocol_port }: Pick<Row<Member>, "pool_id" | "address" | "protocol_port">,
  ): void {
    const known = this.#app.database.members.first({ pool_id, address, protocol_port });
    if (known === undefined || known.uuid === uuid) return;
    throw new MemberExists({ address, port: protocol_port, pool: pool_id });
  }
}
