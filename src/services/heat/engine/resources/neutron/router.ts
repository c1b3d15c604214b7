/** OS::Neutron::Router. Upstream: heat/engine/resources/neutron/router.py (Router) at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { isObject, str, textOf, truth, type Json } from "../../../../../python/index.js";
import { boolean, map, schemata, text } from "../../properties/schema.js";
import type { ResourceDefinition } from "../../template/resource-definition.js";
import type { Handler, ResourceChange } from "../resource.js";
import { atOnce, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";
import { subnetsOfNetwork } from "./subnets-of-network.js";

const GATEWAY = "external_gateway_info";
const AGENT = "l3_agent_id";

const SCHEMATA = schemata({
  name: text({ update: true }),
  [GATEWAY]: map(
    { update: true },
    { network: text({ required: true, update: true }), enable_snat: boolean({ update: true }) },
  ),
  value_specs: map({ default: {}, update: true }),
  admin_state_up: boolean({ default: true, update: true }),
  [AGENT]: text({ update: true }),
});

const FACTS: TypeFacts = {
  className: "Router",
  schemata: SCHEMATA,
  attributes: ["status", GATEWAY, "name", "admin_state_up", "tenant_id", "show"],
};

export class Router extends NeutronResource {
  protected readonly collection = "routers";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateValueSpecs();
  }

  override *implied(): Op<readonly string[]> {
    const gateway = yield* this.object(GATEWAY);
    if (gateway === undefined) return [];
    return yield* subnetsOfNetwork(this.stack, gateway["network"] ?? null);
  }

  /** The gateway's network by its id. */
  *#sent(props: Record<string, Json>): Op<{ agent: Json; sent: Record<string, Json> }> {
    const { [AGENT]: agent = null, [GATEWAY]: info, ...rest } = props;
    if (!isObject(info)) return { agent, sent: rest };
    const gateway: Record<string, Json> = { ...info };
    yield* this.resolved(gateway, "network", "network", "network_id");
    if (gateway["enable_snat"] === null) Reflect.deleteProperty(gateway, "enable_snat");
    return { agent, sent: { ...rest, [GATEWAY]: gateway } };
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
    const { agent, sent } = yield* this.#sent(yield* this.preparedProperties());
    const router = yield* (yield* this.neutron()).create("routers", sent);
    this.setResourceId(textOf(router, "id"));
    if (truth(agent)) yield* this.#replaceAgent(agent);
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }

  protected override updateHandler(change: ResourceChange): Handler {
    return atOnce(() => this.#update(change.after, change.properties));
  }

  *#update(after: ResourceDefinition, changed: ResourceChange["properties"]): Op<void> {
    const { agent, sent } = yield* this.#sent(yield* this.preparedUpdate(after));
    const { [AGENT]: changedAgent, ...others } = changed;
    if (changedAgent !== undefined) yield* this.#replaceAgent(agent);
    if (Object.keys(others).length === 0) return;
    yield* (yield* this.neutron()).update("routers", this.ownId, sent);
  }

  *#replaceAgent(agent: Json): Op<void> {
    const neutron = yield* this.neutron();
    for (const old of yield* neutron.listOf("routers", this.ownId, "l3-agents", "agents")) {
      yield* neutron.removeFrom("agents", textOf(old, "id"), "l3-routers", this.ownId);
    }
    if (!truth(agent)) return;
    yield* neutron.addTo("agents", str(agent), "l3-routers", { router_id: this.ownId });
  }
}
