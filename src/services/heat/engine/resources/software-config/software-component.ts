/**
 * OS::Heat::SoftwareComponent: a configuration for each action of a stack, in one. Upstream:
 * heat/engine/resources/software_config/software_component.py at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../../../python/index.js";
import { StackValidationFailed } from "../../../exception.js";
import { range } from "../../parameters/constraints.js";
import { list, map, schemata, text } from "../../properties/schema.js";
import { itemsOf, objectsOf, type TypeFacts } from "../service-resource.js";
import { ConfigResource, IO } from "./software-config.js";

const SOME = [range("Length", [1, null])];

const FACTS: TypeFacts = {
  className: "SoftwareComponent",
  schemata: schemata({
    configs: list(
      { required: true, constraints: SOME },
      map(
        {},
        {
          actions: list(
            { required: true, default: ["CREATE", "UPDATE"], constraints: SOME },
            text(),
          ),
          config: text(),
          tool: text({ required: true }),
        },
      ),
    ),
    ...IO,
    options: map(),
  }),
  attributes: ["configs"],
};

export class SoftwareComponent extends ConfigResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** No action has two. @throws StackValidationFailed */
  override *validate(): Op<void> {
    yield* super.validate();
    const known = new Set<string>();
    for (const { actions } of objectsOf(yield* this.properties.get("configs"))) {
      const own = itemsOf(actions).map(str);
      if (own.some((action) => known.has(action))) {
        const what = "Defining more than one configuration for the same action in";
        const message = `${what} SoftwareComponent "${this.name}" is not allowed.`;
        throw new StackValidationFailed({ message });
      }
      for (const action of own) known.add(action);
    }
  }

  protected override *values(): Op<JsonObject> {
    const values = yield* this.properties.all();
    return { ...values, config: { configs: values["configs"] ?? null }, group: "component" };
  }

  protected override *resolveAttribute(): Op<Json> {
    const config = yield* this.kept();
    return isObject(config) ? (config["configs"] ?? null) : null;
  }
}
