/** OS::Nova::FloatingIP and OS::Nova::FloatingIPAssociation. Upstream: heat/engine/resources/nova_floatingip.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { str, textOf, type Json, type JsonObject } from "../../../../../python/index.js";
import { schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, either, ServiceResource, type TypeFacts } from "../service-resource.js";

const FLOATING_IP: TypeFacts = {
  className: "NovaFloatingIp",
  schemata: schemata({ pool: text() }),
  attributes: ["pool", "ip"],
};

const ASSOCIATION: TypeFacts = {
  className: "NovaFloatingIpAssociation",
  schemata: schemata({
    server_id: text({ required: true, update: true }),
    floating_ip: text({ required: true, update: true }),
  }),
};

abstract class NovaResource extends ServiceResource {
  protected *unlessGone(op: Op<void>): Op<void> {
    try {
      yield* op;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!this.clients.nova.isNotFound(error)) throw error;
    }
  }
}

export class NovaFloatingIp extends NovaResource {
  #address: JsonObject | undefined;

  protected override get facts(): TypeFacts {
    return FLOATING_IP;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const pool = yield* this.properties.get("pool");
    try {
      const nova = yield* this.clients.nova.client();
      const name = typeof pool === "string" ? pool : undefined;
      this.#address = yield* nova.floatingIps.allocate(name);
    } catch (error) {
      if (this.clients.nova.isNotFound(error) && pool === null) {
        const what = "Probably there is no default floating IP pool is configured.";
        this.stack.parts.log("error", `Could not allocate floating IP. ${what}`);
      }
      throw error;
    }
    this.setResourceId(textOf(this.#address, "id"));
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.unlessGone(this.#remove()));
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    yield* (yield* this.clients.nova.client()).floatingIps.delete(this.resourceId);
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    if (this.#address === undefined) {
      const nova = yield* this.clients.nova.client();
      this.#address = yield* nova.floatingIps.one(this.ownId);
    }
    return str(this.#address[name] ?? null);
  }
}

export class NovaFloatingIpAssociation extends NovaResource {
  protected override get facts(): TypeFacts {
    return ASSOCIATION;
  }

  override refId(): string {
    return this.physicalName() ?? super.refId();
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#associate({}));
  }

  *#associate(changed: ResourceChange["properties"]): Op<void> {
    const nova = yield* this.clients.nova.client();
    const server = either(changed["server_id"], yield* this.properties.get("server_id"));
    const address = either(changed["floating_ip"], yield* this.properties.get("floating_ip"));
    const { id } = yield* nova.server(str(server));
    const { id: own, ip } = yield* nova.floatingIps.one(str(address));
    yield* nova.action(id, "addFloatingIp", { address: ip ?? null });
    this.setResourceId(`${str(own ?? null)}-${str(ip ?? null)}`);
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.unlessGone(this.#remove()));
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const nova = yield* this.clients.nova.client();
    const { id } = yield* nova.server(str(yield* this.properties.get("server_id")));
    const wanted = str(yield* this.properties.get("floating_ip"));
    const { ip } = yield* nova.floatingIps.one(wanted);
    yield* nova.action(id, "removeFloatingIp", { address: ip ?? null });
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: ResourceChange["properties"]): Op<void> {
    if (Object.keys(changed).length === 0) return;
    // Another server takes an address over by itself; another address has to be taken off first.
    if (Object.hasOwn(changed, "floating_ip")) yield* this.unlessGone(this.#remove());
    yield* this.#associate(changed);
  }
}
