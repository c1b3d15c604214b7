/** AWS::EC2::Subnet, on the router of its VPC. Upstream: heat/engine/resources/subnet.py at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import { textOf, type Json } from "../../../../../../python/index.js";
import { schemata, text } from "../../../properties/schema.js";
import type { Handler } from "../../resource.js";
import { atOnce, type TypeFacts } from "../../service-resource.js";
import { noTags } from "../tags.js";
import { Ec2NetworkResource, routerForVpc } from "./network-resource.js";

const FACTS: TypeFacts = {
  className: "Subnet",
  schemata: schemata({
    AvailabilityZone: text(),
    CidrBlock: text({ required: true }),
    VpcId: text({ required: true }),
    Tags: noTags(),
  }),
  attributes: ["AvailabilityZone"],
};

export class Ec2Subnet extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const neutron = yield* this.neutron();
    const network_id = yield* this.id("VpcId");
    const subnet = yield* neutron.create("subnets", {
      network_id,
      cidr: yield* this.properties.get("CidrBlock"),
      name: this.physicalName(),
      ip_version: 4,
    });
    this.setResourceId(textOf(subnet, "id"));
    yield* this.#onRouter("add_router_interface", network_id);
  }

  *#onRouter(action: "add_router_interface" | "remove_router_interface", vpc: string): Op<void> {
    const neutron = yield* this.neutron();
    const router = yield* routerForVpc(neutron, vpc);
    if (router === undefined) return;
    yield* neutron.actOnRouter(textOf(router, "id"), action, { subnet_id: this.resourceId });
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const vpc = yield* this.id("VpcId");
    yield* this.unlessGone(this.#onRouter("remove_router_interface", vpc));
    yield* this.unlessGone((yield* this.neutron()).delete("subnets", this.resourceId));
  }

  protected override resolveAttribute(name: string): Op<Json> {
    return this.properties.get(name);
  }
}
