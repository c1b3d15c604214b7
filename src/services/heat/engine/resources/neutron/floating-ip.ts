/**
 * OS::Neutron::FloatingIP and OS::Neutron::FloatingIPAssociation. An address waits for a gateway of its
 * network, but not for the interface by which its port is reached: upstream looks for that among the
 * resources that wait for the address (bug 1384114). Upstream:
 * heat/engine/resources/neutron/floatingip.py at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { repr, str, textOf, truth, type Json } from "../../../../../python/index.js";
import { map, schemata, text } from "../../properties/schema.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, either, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";
import { isOfType, networkIn } from "./subnets-of-network.js";

const FLOATING_IP: TypeFacts = {
  className: "FloatingIP",
  schemata: schemata({
    floating_network_id: text(),
    floating_network: text(),
    value_specs: map({ default: {} }),
    port_id: text({ update: true }),
    fixed_ip_address: text({ update: true }),
  }),
  attributes: [
    "router_id",
    "tenant_id",
    "floating_network_id",
    "fixed_ip_address",
    "floating_ip_address",
    "port_id",
    "show",
  ],
};

const ASSOCIATION: TypeFacts = {
  className: "FloatingIPAssociation",
  schemata: schemata({
    floatingip_id: text({ required: true, update: true }),
    port_id: text({ required: true, update: true }),
    fixed_ip_address: text({ update: true }),
  }),
};

export class FloatingIP extends NeutronResource {
  protected readonly collection = "floatingips";

  protected override get facts(): TypeFacts {
    return FLOATING_IP;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateOneOf("floating_network", "floating_network_id");
  }

  override *implied(): Op<readonly string[]> {
    const network =
      (yield* this.text("floating_network")) ?? (yield* this.properties.get("floating_network_id"));
    const found: string[] = [];
    for (const sibling of this.stack.siblings()) {
      if (!isOfType(sibling, "OS::Neutron::RouterGateway")) continue;
      if (repr(yield* networkIn(sibling)) === repr(network)) found.push(sibling.name);
    }
    return found;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const props = yield* this.preparedProperties();
    yield* this.resolved(props, "network", "floating_network", "floating_network_id");
    const address = yield* (yield* this.neutron()).create("floatingips", props);
    this.setResourceId(textOf(address, "id"));
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.deleteOnly());
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: ResourceChange["properties"]): Op<void> {
    if (Object.keys(changed).length === 0) return;
    const now = (key: string): Op<Json> => nowOf(changed, key, () => this.properties.get(key));
    const body = {
      port_id: yield* now("port_id"),
      fixed_ip_address: yield* now("fixed_ip_address"),
    };
    yield* (yield* this.neutron()).update("floatingips", this.ownId, body);
  }
}

function* nowOf(changed: ResourceChange["properties"], key: string, old: () => Op<Json>): Op<Json> {
  return Object.hasOwn(changed, key) ? (changed[key] ?? null) : yield* old();
}

export class FloatingIPAssociation extends NeutronResource {
  protected readonly collection = "floatingips";

  protected override get facts(): TypeFacts {
    return ASSOCIATION;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const { floatingip_id, ...props } = yield* this.preparedProperties();
    const address = str(floatingip_id ?? null);
    yield* (yield* this.neutron()).update("floatingips", address, props);
    this.setResourceId(`${address}:${str(props["port_id"] ?? null)}`);
  }

  *#release(address: string): Op<void> {
    const neutron = yield* this.neutron();
    yield* this.unlessGone(neutron.update("floatingips", address, { port_id: null }));
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    yield* this.#release(this.resourceId.split(":")[0] ?? "");
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: ResourceChange["properties"]): Op<void> {
    if (Object.keys(changed).length === 0) return;
    const [address = "", port = ""] = this.ownId.split(":");
    if (Object.hasOwn(changed, "floatingip_id")) yield* this.#release(address);
    const id = str(either(changed["floatingip_id"], address));
    const port_id = either(changed["port_id"], port);
    const fixed = changed["fixed_ip_address"] ?? null;
    const fixed_ip_address = truth(fixed) ? fixed : yield* this.properties.get("fixed_ip_address");
    yield* (yield* this.neutron()).update("floatingips", id, { port_id, fixed_ip_address });
    this.setResourceId(`${id}:${str(port_id)}`);
  }
}
