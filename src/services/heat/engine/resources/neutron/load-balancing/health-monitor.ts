/** OS::Neutron::HealthMonitor. Upstream: heat/engine/resources/neutron/loadbalancer.py (HealthMonitor) at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import { textOf, type JsonObject } from "../../../../../../python/index.js";
import { allowedValues } from "../../../parameters/constraints.js";
import { boolean, integer, schemata, text } from "../../../properties/schema.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, type TypeFacts } from "../../service-resource.js";
import { NeutronResource } from "../neutron-resource.js";

const needed = integer({ required: true, update: true });

const FACTS: TypeFacts = {
  className: "HealthMonitor",
  schemata: schemata({
    delay: needed,
    type: text({
      required: true,
      constraints: [allowedValues(["PING", "TCP", "HTTP", "HTTPS"])],
    }),
    max_retries: needed,
    timeout: needed,
    admin_state_up: boolean({ default: true, update: true }),
    http_method: text({ update: true }),
    expected_codes: text({ update: true }),
    url_path: text({ update: true }),
  }),
  attributes: [
    "admin_state_up",
    "delay",
    "expected_codes",
    "http_method",
    "max_retries",
    "timeout",
    "type",
    "url_path",
    "tenant_id",
    "show",
  ],
};

export class HealthMonitor extends NeutronResource {
  protected readonly collection = "health_monitors";

  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const props = yield* this.preparedProperties();
    const monitor = yield* (yield* this.neutron()).create("health_monitors", props);
    this.setResourceId(textOf(monitor, "id"));
  }

  protected override updateHandler({ properties }: ResourceChange): Handler {
    return atOnce(() => this.#update(properties));
  }

  *#update(changed: JsonObject): Op<void> {
    if (Object.keys(changed).length === 0) return;
    yield* (yield* this.neutron()).update("health_monitors", this.ownId, changed);
  }

  protected override deleteHandler(): Handler {
    return this.deleteAndConfirm();
  }
}
