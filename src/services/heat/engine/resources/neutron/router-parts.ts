/**
 * What a router is connected by: OS::Neutron::RouterInterface, and OS::Neutron::RouterGateway, which is out
 * of date. Upstream: heat/engine/resources/neutron/router.py (RouterInterface, RouterGateway) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { repr, str, truth } from "../../../../../python/index.js";
import { ResourcePropertyConflict, StackValidationFailed } from "../../../exception.js";
import { schemata, text } from "../../properties/schema.js";
import type { Handler } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";
import { isOfType, networkIn } from "./subnets-of-network.js";

const INTERFACE: TypeFacts = {
  className: "RouterInterface",
  schemata: schemata({
    router_id: text({ required: true }),
    subnet_id: text(),
    subnet: text(),
    port_id: text(),
  }),
};

const GATEWAY: TypeFacts = {
  className: "RouterGateway",
  schemata: schemata({ router_id: text({ required: true }), network_id: text(), network: text() }),
};

/** Neutron has nothing of its own for either. */
abstract class RouterPart extends NeutronResource {
  protected readonly collection = "routers";

  protected *routerId(): Op<string> {
    return str(yield* this.properties.get("router_id"));
  }
}

export class RouterInterface extends RouterPart {
  protected override get facts(): TypeFacts {
    return INTERFACE;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const [subnet, id] = [yield* this.text("subnet"), yield* this.text("subnet_id")];
    // Upstream names the same one twice.
    if (subnet !== undefined && id !== undefined) {
      throw new ResourcePropertyConflict("subnet", "subnet");
    }
    const port = yield* this.text("port_id");
    const onSubnet = subnet !== undefined || id !== undefined;
    if (onSubnet && port !== undefined) throw new ResourcePropertyConflict("subnet", "port_id");
    if (onSubnet || port !== undefined) return;
    const message = "Either subnet or port_id must be specified.";
    throw new StackValidationFailed({ message });
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const router = yield* this.routerId();
    const props = { ...(yield* this.properties.all()) };
    let key = "subnet_id";
    let value = yield* this.resolved(props, "subnet", "subnet", key);
    if (!truth(value)) {
      key = "port_id";
      value = yield* this.properties.get(key);
    }
    yield* (yield* this.neutron()).act("routers", router, "add_router_interface", {
      [key]: value,
    });
    this.setResourceId(`${router}:${key}=${str(value)}`);
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const [router = "", key = "", value = ""] = this.resourceId.replace("=", ":").split(":");
    const neutron = yield* this.neutron();
    const body = { [key]: value };
    yield* this.unlessGone(neutron.act("routers", router, "remove_router_interface", body));
  }
}

export class RouterGateway extends RouterPart {
  protected override get facts(): TypeFacts {
    return GATEWAY;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateOneOf("network", "network_id");
  }

  override *implied(): Op<readonly string[]> {
    const found: string[] = [];
    const router = repr(yield* this.properties.get("router_id"));
    const network = repr(yield* networkIn(this));
    for (const sibling of this.stack.siblings()) {
      if (isOfType(sibling, "OS::Neutron::RouterInterface")) {
        const other = repr(yield* sibling.properties.get("router_id"));
        if (other === router) found.push(sibling.name);
      }
      if (isOfType(sibling, "OS::Neutron::Subnet")) {
        if (repr(yield* networkIn(sibling)) === network) found.push(sibling.name);
      }
    }
    return found;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const router = yield* this.routerId();
    const props = { ...(yield* this.properties.all()) };
    const network = yield* this.resolved(props, "network", "network", "network_id");
    const changes = { external_gateway_info: { network_id: network } };
    yield* (yield* this.neutron()).update("routers", router, changes);
    this.setResourceId(`${router}:${str(network)}`);
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#remove());
  }

  *#remove(): Op<void> {
    if (this.resourceId === null) return;
    const [router = ""] = this.resourceId.split(":");
    const neutron = yield* this.neutron();
    const nowhere = { external_gateway_info: {} };
    yield* this.unlessGone(neutron.update("routers", router, nowhere));
  }
}
