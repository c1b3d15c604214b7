/** OS::Neutron::Subnet. Upstream: heat/engine/resources/neutron/subnet.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { textOf, type Json } from "../../../../../python/index.js";
import { allowedValues } from "../../parameters/constraints.js";
import { boolean, integer, list, map, schemata, text } from "../../properties/schema.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";

const required = text({ required: true });

const SCHEMATA = schemata({
  network_id: text(),
  network: text(),
  cidr: required,
  value_specs: map({ default: {}, update: true }),
  name: text({ update: true }),
  ip_version: integer({ default: 4, constraints: [allowedValues([4, 6])] }),
  dns_nameservers: list({ default: [], update: true }),
  gateway_ip: text({ update: true }),
  enable_dhcp: boolean({ default: true, update: true }),
  allocation_pools: list({}, map({}, { start: required, end: required })),
  tenant_id: text(),
  host_routes: list({}, map({}, { destination: required, nexthop: required })),
});

const FACTS: TypeFacts = {
  className: "Subnet",
  schemata: SCHEMATA,
  attributes: [
    "name",
    "network_id",
    "tenant_id",
    "allocation_pools",
    "gateway_ip",
    "host_routes",
    "ip_version",
    "cidr",
    "dns_nameservers",
    "enable_dhcp",
    "show",
  ],
};

export class Subnet extends NeutronResource {
  protected readonly collection = "subnets";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateOneOf("network", "network_id");
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const props = yield* this.preparedProperties();
    yield* this.resolved(props, "network", "network", "network_id");
    // A null in the template is an empty text here, and none for Neutron.
    if (props["gateway_ip"] === "") props["gateway_ip"] = null satisfies Json;
    const subnet = yield* (yield* this.neutron()).create("subnets", props);
    this.setResourceId(textOf(subnet, "id"));
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }

  protected override updateHandler({ after }: ResourceChange): Handler {
    return atOnce(() => this.#update(after));
  }

  *#update(after: ResourceChange["after"]): Op<void> {
    const props = yield* this.preparedUpdate(after);
    yield* (yield* this.neutron()).update("subnets", this.ownId, props);
  }
}
