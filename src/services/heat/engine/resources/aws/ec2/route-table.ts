/**
 * AWS::EC2::RouteTable and AWS::EC2::SubnetRouteTableAssociation: another router than that of the VPC, and the subnets
 * that are moved to it. Upstream: heat/engine/resources/route_table.py at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { isObject, textOf } from "../../../../../../python/index.js";
import { schemata, text } from "../../../properties/schema.js";
import { isBuilt } from "../../neutron/neutron-resource.js";
import type { Handler } from "../../resource.js";
import { atOnce, watched, type TypeFacts } from "../../service-resource.js";
import { noTags } from "../tags.js";
import { addGateway, Ec2NetworkResource, removeGateway, routerForVpc } from "./network-resource.js";

const TABLE: TypeFacts = {
  className: "RouteTable",
  schemata: schemata({ VpcId: text({ required: true }), Tags: noTags() }),
};

const ASSOCIATION: TypeFacts = {
  className: "SubnetRouteTableAssociation",
  schemata: schemata({
    RouteTableId: text({ required: true }),
    SubnetId: text({ required: true }),
  }),
};

export class RouteTable extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return TABLE;
  }

  protected override createHandler(): Handler {
    return watched(
      () => this.#make(),
      () => this.#made(),
    );
  }

  *#make(): Op<void> {
    const neutron = yield* this.neutron();
    const router = yield* neutron.create("routers", { name: this.physicalName() });
    this.setResourceId(textOf(router, "id"));
  }

  /** If the router of the VPC leads outside, this one does, too. */
  *#made(): Op<boolean> {
    const neutron = yield* this.neutron();
    if (!isBuilt(yield* neutron.show("routers", this.ownId))) return false;
    const usual = yield* routerForVpc(neutron, yield* this.id("VpcId"));
    const gateway = usual?.["external_gateway_info"];
    if (gateway !== undefined && isObject(gateway) && Object.keys(gateway).length > 0) {
      yield* addGateway(neutron, this.ownId, textOf(gateway, "network_id"));
    }
    return true;
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  /** Its way outside goes last, in case the router has not gone before. */
  *#remove(): Op<void> {
    const neutron = yield* this.neutron();
    yield* this.unlessGone(neutron.delete("routers", this.ownId));
    yield* this.unlessGone(removeGateway(neutron, this.ownId));
  }
}

export class SubnetRouteTableAssociation extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return ASSOCIATION;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    yield* this.unlessGone(this.#onUsualRouter("remove_router_interface"));
    yield* this.#onRouter(yield* this.id("RouteTableId"), "add_router_interface");
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    const table = yield* this.id("RouteTableId");
    yield* this.unlessGone(this.#onRouter(table, "remove_router_interface"));
    yield* this.unlessGone(this.#onUsualRouter("add_router_interface"));
  }

  *#onRouter(router: string, action: string): Op<void> {
    const neutron = yield* this.neutron();
    yield* neutron.actOnRouter(router, action, { subnet_id: yield* this.id("SubnetId") });
  }

  /** `_router_for_subnet`: that of the VPC. */
  *#onUsualRouter(action: string): Op<void> {
    const neutron = yield* this.neutron();
    const subnet = yield* neutron.show("subnets", yield* this.id("SubnetId"));
    const router = yield* routerForVpc(neutron, textOf(subnet, "network_id"));
    if (router !== undefined) yield* this.#onRouter(textOf(router, "id"), action);
  }
}
