/**
 * OS::Neutron::Port. With its default policy it is replaced by every update of its stack. Upstream:
 * heat/engine/resources/neutron/port.py at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { str, textOf, truth, type Json, type JsonObject } from "../../../../../python/index.js";
import { allowedValues } from "../../parameters/constraints.js";
import type { Properties } from "../../properties/properties.js";
import { boolean, list, map, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler, ResourceChange } from "../resource.js";
import { itemsOf, objectsOf, withoutNulls, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";
import { subnetsOfNetwork } from "./subnets-of-network.js";

const POLICY = "replacement_policy";

const SCHEMATA = schemata({
  network_id: text(),
  network: text(),
  name: text({ update: true }),
  value_specs: map({ default: {} }),
  admin_state_up: boolean({ default: true, update: true }),
  fixed_ips: list(
    { default: [], update: true },
    map({}, { subnet_id: text(), subnet: text(), ip_address: text() }),
  ),
  mac_address: text(),
  device_id: text({ update: true }),
  security_groups: list({ default: [], update: true }),
  allowed_address_pairs: list(
    {},
    map({}, { mac_address: text(), ip_address: text({ required: true }) }),
  ),
  device_owner: text({ update: true }),
  [POLICY]: text({
    default: "REPLACE_ALWAYS",
    constraints: [allowedValues(["REPLACE_ALWAYS", "AUTO"])],
    update: true,
  }),
});

const FACTS: TypeFacts = {
  className: "Port",
  schemata: SCHEMATA,
  attributes: [
    "admin_state_up",
    "device_id",
    "device_owner",
    "fixed_ips",
    "mac_address",
    "name",
    "network_id",
    "security_groups",
    "status",
    "tenant_id",
    "allowed_address_pairs",
    "show",
    "subnets",
  ],
};

export class Port extends NeutronResource {
  protected readonly collection = "ports";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateOneOf("network", "network_id");
  }

  /** Which subnet it gets an address of is not known, so all of its network come first. */
  override *implied(): Op<readonly string[]> {
    const network = (yield* this.text("network")) ?? (yield* this.properties.get("network_id"));
    return yield* subnetsOfNetwork(this.stack, network);
  }

  protected override createHandler(): Handler {
    const make = (): Op<void> => this.#make();
    const built = (): Op<boolean> => this.isBuilt();
    return {
      *handle() {
        yield* make();
        return null;
      },
      check: built,
    };
  }

  *#make(): Op<void> {
    const props = yield* this.preparedProperties();
    yield* this.resolved(props, "network", "network", "network_id");
    const port = yield* (yield* this.neutron()).create("ports", yield* this.#sent(props));
    this.setResourceId(textOf(port, "id"));
  }

  /** `_prepare_port_properties`. */
  *#sent({ [POLICY]: _policy, ...props }: Record<string, Json>): Op<JsonObject> {
    const { fixed_ips, allowed_address_pairs: pairs, security_groups: groups, ...rest } = props;
    const addresses: JsonObject[] = [];
    for (const address of objectsOf(fixed_ips)) {
      const wanted = withoutNulls(address);
      if (truth(wanted["subnet"] ?? null)) {
        yield* this.resolved(wanted, "subnet", "subnet", "subnet_id");
      }
      addresses.push(wanted);
    }
    const ids = yield* this.clients.neutron.securityGroupIds(itemsOf(groups));
    return {
      ...rest,
      ...(addresses.length > 0 && { fixed_ips: addresses }),
      ...(pairs !== undefined && {
        allowed_address_pairs: objectsOf(pairs).map(({ mac_address, ...pair }) =>
          mac_address === null || mac_address === undefined ? pair : { mac_address, ...pair },
        ),
      }),
      ...(ids.length > 0 && { security_groups: ids }),
    };
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }

  protected override *alwaysReplaced(after: Properties): Op<boolean> {
    return (yield* after.get(POLICY)) === "REPLACE_ALWAYS";
  }

  protected override updateHandler({ after }: ResourceChange): Handler {
    const update = (): Op<void> => this.#update(after);
    const built = (): Op<boolean> => this.isBuilt();
    return {
      *handle() {
        yield* update();
        return null;
      },
      check: built,
    };
  }

  *#update(after: ResourceChange["after"]): Op<void> {
    const props = yield* this.#sent(yield* this.preparedUpdate(after));
    yield* (yield* this.neutron()).update("ports", this.ownId, props);
  }

  protected override *resolveAttribute(name: string): Op<Json> {
    if (name !== "subnets") return yield* super.resolveAttribute(name);
    try {
      const { fixed_ips } = yield* this.show();
      const neutron = yield* this.neutron();
      const subnets: JsonObject[] = [];
      for (const { subnet_id: id } of objectsOf(fixed_ips)) {
        if (truth(id ?? null)) subnets.push(yield* neutron.show("subnets", str(id ?? null)));
      }
      return subnets;
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      const words = `Failed to fetch resource attributes: ${error.message}`;
      this.stack.parts.log("warning", words);
      return null;
    }
  }
}
