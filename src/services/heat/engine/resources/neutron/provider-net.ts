/** OS::Neutron::ProviderNet: a network whose wire is said. Upstream: heat/engine/resources/neutron/provider_net.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { textOf, truth, type Json } from "../../../../../python/index.js";
import { StackValidationFailed } from "../../../exception.js";
import { allowedValues } from "../../parameters/constraints.js";
import { boolean, schemata, text } from "../../properties/schema.js";
import type { Handler, ResourceChange } from "../resource.js";
import { watched, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";

const PROVIDER = ["network_type", "physical_network", "segmentation_id"] as const;

const FACTS: TypeFacts = {
  className: "ProviderNet",
  schemata: schemata({
    name: text({ update: true }),
    network_type: text({
      required: true,
      constraints: [allowedValues(["vlan", "flat"])],
      update: true,
    }),
    physical_network: text({ required: true, update: true }),
    segmentation_id: text({ update: true }),
    admin_state_up: boolean({ default: true, update: true }),
    shared: boolean({ default: true, update: true }),
  }),
  attributes: ["status", "subnets", "show"],
};

export class ProviderNet extends NeutronResource {
  protected readonly collection = "networks";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const { segmentation_id: id = null, network_type: type } = yield* this.properties.all();
    if (!truth(id) || type === "vlan") return;
    const message = "segmentation_id not allowed for flat network type.";
    throw new StackValidationFailed({ message });
  }

  protected override createHandler(): Handler {
    return watched(
      () => this.#make(),
      () => this.isBuilt(),
    );
  }

  *#make(): Op<void> {
    const props = withProvider(yield* this.preparedProperties());
    const net = yield* (yield* this.neutron()).create("networks", props);
    this.setResourceId(textOf(net, "id"));
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }

  protected override updateHandler({ after }: ResourceChange): Handler {
    return watched(
      () => this.#update(after),
      () => this.isBuilt(),
    );
  }

  *#update(after: ResourceChange["after"]): Op<void> {
    const props = withProvider(yield* this.preparedUpdate(after));
    yield* (yield* this.neutron()).update("networks", this.ownId, props);
  }
}

/** `prepare_provider_properties`: as Neutron's extension calls them. */
const withProvider = (props: Record<string, Json>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(props).map(([key, value]) => [
      (PROVIDER as readonly string[]).includes(key) ? `provider:${key}` : key,
      value,
    ]),
  );
