/**
 * AWS::EC2::InternetGateway, which is a name and nothing else, and AWS::EC2::VPCGatewayAttachment, by which the routers
 * of a VPC lead outside. Upstream: heat/engine/resources/internet_gateway.py at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import { repr, str } from "../../../../../../python/index.js";
import { notImplemented, schemata, text } from "../../../properties/schema.js";
import type { Handler } from "../../resource.js";
import { atOnce, type TypeFacts } from "../../service-resource.js";
import type { Sibling } from "../../stack-view.js";
import { noTags } from "../tags.js";
import {
  addGateway,
  Ec2NetworkResource,
  externalNetworkId,
  removeGateway,
} from "./network-resource.js";

const GATEWAY: TypeFacts = {
  className: "InternetGateway",
  schemata: schemata({ Tags: noTags() }),
};

const ATTACHMENT: TypeFacts = {
  className: "VPCGatewayAttachment",
  schemata: schemata({
    VpcId: text({ required: true }),
    InternetGatewayId: text(),
    VpnGatewayId: notImplemented(),
  }),
};

export class InternetGateway extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return GATEWAY;
  }

  protected override createHandler(): Handler {
    const name = (): void => {
      this.setResourceId(this.physicalName());
    };
    return atOnce(function* () {
      name();
    });
  }
}

export class VpcGatewayAttachment extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return ATTACHMENT;
  }

  /** `_vpc_route_tables`: those of the template, though a VPC has a router of its own. */
  *#routeTables(): Op<readonly Sibling[]> {
    const own = repr(yield* this.properties.get("VpcId"));
    const found: Sibling[] = [];
    for (const sibling of this.stack.siblings()) {
      if (sibling.definition.type !== "AWS::EC2::RouteTable") continue;
      if (repr(yield* sibling.properties.get("VpcId")) === own) found.push(sibling);
    }
    return found;
  }

  override *implied(): Op<readonly string[]> {
    return (yield* this.#routeTables()).map(({ name }) => name);
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const neutron = yield* this.neutron();
    const network = yield* externalNetworkId(neutron);
    for (const { resourceId } of yield* this.#routeTables()) {
      yield* addGateway(neutron, str(resourceId), network);
    }
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    const neutron = yield* this.neutron();
    for (const { resourceId } of yield* this.#routeTables()) {
      yield* this.unlessGone(removeGateway(neutron, str(resourceId)));
    }
  }
}
