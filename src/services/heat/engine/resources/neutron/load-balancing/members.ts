/**
 * OS::Neutron::PoolMember, and OS::Neutron::LoadBalancer, which makes one of each server. Of members that came by
 * another way it deletes none (bug 1310602). Upstream: heat/engine/resources/neutron/loadbalancer.py
 * (PoolMember, LoadBalancer) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { str, textOf, type Json, type JsonObject } from "../../../../../../python/index.js";
import { range } from "../../../parameters/constraints.js";
import { Properties } from "../../../properties/properties.js";
import { boolean, integer, list, schemata, text } from "../../../properties/schema.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, itemsOf, ServiceResource, type TypeFacts } from "../../service-resource.js";
import { NeutronResource } from "../neutron-resource.js";

const MEMBER: TypeFacts = {
  className: "PoolMember",
  schemata: schemata({
    pool_id: text({ required: true, update: true }),
    address: text({ required: true }),
    protocol_port: integer({ required: true, constraints: [range("Range", [0, 65_535])] }),
    weight: integer({ constraints: [range("Range", [0, 256])], update: true }),
    admin_state_up: boolean({ default: true }),
  }),
  attributes: [
    "admin_state_up",
    "tenant_id",
    "weight",
    "address",
    "pool_id",
    "protocol_port",
    "show",
  ],
};

export class PoolMember extends NeutronResource {
  protected readonly collection = "members";

  protected override get facts(): TypeFacts {
    return MEMBER;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const { weight = null, ...params } = yield* this.properties.all();
    const sent = { ...params, ...(weight !== null && { weight }) };
    const member = yield* (yield* this.neutron()).create("members", sent);
    this.setResourceId(textOf(member, "id"));
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: JsonObject): Op<void> {
    if (Object.keys(changed).length === 0) return;
    yield* (yield* this.neutron()).update("members", this.ownId, changed);
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }
}

const BALANCER: TypeFacts = {
  className: "LoadBalancer",
  schemata: schemata({
    pool_id: text({ required: true, update: true }),
    protocol_port: integer({ required: true }),
    members: list({ update: true }),
  }),
};

export class LoadBalancer extends ServiceResource {
  protected override get facts(): TypeFacts {
    return BALANCER;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    for (const server of yield* this.list("members")) yield* this.#add(str(server));
  }

  *#add(server: string): Op<void> {
    const pool_id = yield* this.properties.get("pool_id");
    const protocol_port = yield* this.properties.get("protocol_port");
    const address = yield* this.clients.nova.firstAddress(server);
    const neutron = yield* this.clients.neutron.client();
    const member = yield* neutron.create("members", { pool_id, address, protocol_port });
    this.setData(server, textOf(member, "id"));
  }

  *#drop(server: string): Op<void> {
    const { neutron } = this.clients;
    try {
      yield* (yield* neutron.client()).delete("members", this.data(server) ?? "None");
    } catch (error) {
      if (!neutron.isNotFound(error)) throw error;
    }
    this.deleteData(server);
  }

  protected override updateHandler({ after, properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(after, properties));
  }

  *#update(after: ResourceChange["after"], changed: JsonObject): Op<void> {
    const { schemata: all, stack, name } = this;
    const now = yield* new Properties(all, after.properties, stack.lookUps, name).get("members");
    const old = yield* this.properties.get("members");
    if (!Object.hasOwn(changed, "members") || (now === null && old === null)) return;
    const wanted = itemsOf(now).map(str);
    const known = this.#known();
    for (const server of known.filter((one) => !wanted.includes(one))) yield* this.#drop(server);
    for (const server of wanted.filter((one) => !known.includes(one))) yield* this.#add(server);
  }

  /** The servers that it has made members of. */
  #known(): string[] {
    const { uuid, stack } = this;
    if (uuid === undefined) return [];
    return stack.parts.db.resource_data.find({ resource_id: uuid }).map(({ key }) => key);
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    const members: readonly Json[] = yield* this.list("members");
    for (const server of members) yield* this.#drop(str(server));
  }
}
