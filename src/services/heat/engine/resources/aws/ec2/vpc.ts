/** AWS::EC2::VPC: a network and a router that have the same name. Upstream: heat/engine/resources/vpc.py at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import { textOf } from "../../../../../../python/index.js";
import { allowedValues } from "../../../parameters/constraints.js";
import { schemata, text } from "../../../properties/schema.js";
import { isBuilt } from "../../neutron/neutron-resource.js";
import type { Handler } from "../../resource.js";
import { atOnce, watched, type TypeFacts } from "../../service-resource.js";
import { noTags } from "../tags.js";
import { Ec2NetworkResource, routerForVpc } from "./network-resource.js";

const FACTS: TypeFacts = {
  className: "VPC",
  schemata: schemata({
    CidrBlock: text(),
    InstanceTenancy: text({
      default: "default",
      constraints: [allowedValues(["default", "dedicated"])],
      implemented: false,
    }),
    Tags: noTags(),
  }),
};

export class Vpc extends Ec2NetworkResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return watched(
      () => this.#make(),
      () => this.#made(),
    );
  }

  *#make(): Op<void> {
    const neutron = yield* this.neutron();
    const name = this.physicalName();
    this.setResourceId(textOf(yield* neutron.create("networks", { name }), "id"));
    yield* neutron.create("routers", { name });
  }

  *#made(): Op<boolean> {
    const neutron = yield* this.neutron();
    if (!isBuilt(yield* neutron.show("networks", this.ownId))) return false;
    return isBuilt((yield* routerForVpc(neutron, this.ownId)) ?? {});
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const neutron = yield* this.neutron();
    yield* this.unlessGone(removeRouter(neutron, this.resourceId));
    yield* this.unlessGone(neutron.delete("networks", this.resourceId));
  }
}

function* removeRouter(neutron: Parameters<typeof routerForVpc>[0], network: string): Op<void> {
  const router = yield* routerForVpc(neutron, network);
  if (router !== undefined) yield* neutron.delete("routers", textOf(router, "id"));
}
