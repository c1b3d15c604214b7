/** OS::Neutron::Net. Upstream: heat/engine/resources/neutron/net.py at 2014.2. */
import type { Op } from "../../../../../kernel/index.js";
import { str, textOf, truth, type Json } from "../../../../../python/index.js";
import { boolean, list, map, schemata, text } from "../../properties/schema.js";
import type { Handler, ResourceChange } from "../resource.js";
import { itemsOf, type TypeFacts } from "../service-resource.js";
import { NeutronResource } from "./neutron-resource.js";

const AGENTS = "dhcp_agent_ids";

const SCHEMATA = schemata({
  name: text({ update: true }),
  value_specs: map({ default: {}, update: true }),
  admin_state_up: boolean({ default: true, update: true }),
  tenant_id: text(),
  shared: boolean({ default: false, update: true }),
  [AGENTS]: list({ update: true }),
});

const FACTS: TypeFacts = {
  className: "Net",
  schemata: SCHEMATA,
  attributes: ["status", "name", "subnets", "admin_state_up", "tenant_id", "show"],
};

export class Net extends NeutronResource {
  protected readonly collection = "networks";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  override *validate(): Op<void> {
    yield* super.validate();
    yield* this.validateValueSpecs();
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
    const { [AGENTS]: agents, ...props } = yield* this.preparedProperties();
    const net = yield* (yield* this.neutron()).create("networks", props);
    this.setResourceId(textOf(net, "id"));
    if (truth(agents ?? null)) yield* this.#replaceAgents(itemsOf(agents));
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }

  protected override updateHandler(change: ResourceChange): Handler {
    const update = (): Op<void> => this.#update(change);
    const built = (): Op<boolean> => this.isBuilt();
    return {
      *handle() {
        yield* update();
        return null;
      },
      check: built,
    };
  }

  *#update({ after, properties }: ResourceChange): Op<void> {
    const { [AGENTS]: agents, ...props } = yield* this.preparedUpdate(after);
    const { [AGENTS]: changed, ...others } = properties;
    if (changed !== undefined && agents !== undefined) {
      yield* this.#replaceAgents(itemsOf(agents));
    }
    if (Object.keys(others).length === 0) return;
    yield* (yield* this.neutron()).update("networks", this.ownId, props);
  }

  *#replaceAgents(wanted: readonly Json[]): Op<void> {
    const neutron = yield* this.neutron();
    const plugin = this.clients.neutron;
    const hosting = yield* neutron.listOf("networks", this.ownId, "dhcp-agents", "agents");
    const old = hosting.map((agent) => textOf(agent, "id"));
    const now = wanted.map(str);
    for (const agent of now.filter((id) => !old.includes(id))) {
      try {
        yield* neutron.addTo("agents", agent, "dhcp-networks", { network_id: this.ownId });
      } catch (error) {
        if (!plugin.isConflict(error)) throw error;
      }
    }
    for (const agent of old.filter((id) => !now.includes(id))) {
      try {
        yield* neutron.removeFrom("agents", agent, "dhcp-networks", this.ownId);
      } catch (error) {
        if (!plugin.isConflict(error) && !plugin.isNotFound(error)) throw error;
      }
    }
  }
}
