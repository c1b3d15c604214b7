/**
 * OS::Heat::SoftwareConfig and OS::Heat::StructuredConfig: a configuration that heat-api keeps, and that never changes.
 * Upstream: heat/engine/resources/software_config/software_config.py, structured_config.py at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../../python/index.js";
import { allowedValues } from "../../parameters/constraints.js";
import { boolean, list, map, schemata, text } from "../../properties/schema.js";
import { exceptionOf } from "../../scheduler/task.js";
import type { Handler } from "../resource.js";
import { atOnce, ServiceResource, type TypeFacts } from "../service-resource.js";

const TYPES = allowedValues(["String", "Number", "CommaDelimitedList", "Json"]);
const shared = {
  name: text({ required: true }),
  description: text(),
  type: text({ default: "String", constraints: [TYPES] }),
};

/** Of inputs and outputs. */
export const IO = {
  inputs: list({}, map({}, { ...shared, default: text() })),
  outputs: list({}, map({}, { ...shared, error_output: boolean({ default: false }) })),
};

/** What all kinds keep at heat-api. */
export abstract class ConfigResource extends ServiceResource {
  /** Of `POST /software_configs`, but for its name. */
  protected abstract values(): Op<JsonObject>;

  protected override createHandler(): Handler {
    return atOnce(() => this.#make());
  }

  *#make(): Op<void> {
    const values = { ...(yield* this.values()), name: this.physicalName() };
    const { id = null } = yield* this.clients.heat.createSoftwareConfig(values);
    this.setResourceId(typeof id === "string" ? id : null);
  }

  protected override deleteHandler(): Handler {
    return atOnce(() => this.#delete());
  }

  *#delete(): Op<void> {
    const { heat } = this.clients;
    if (this.resourceId === null) return;
    try {
      yield* heat.deleteSoftwareConfig(this.resourceId);
    } catch (thrown) {
      const error = yield* exceptionOf(thrown);
      if (!heat.isNotFound(error)) throw error;
    }
  }

  /** What is kept, while it is. Any other error than that it is gone is nobody's to hear of. */
  protected *kept(): Op<Json> {
    if (this.resourceId === null) return null;
    try {
      return (yield* this.clients.heat.softwareConfig(this.resourceId))["config"] ?? null;
    } catch (thrown) {
      yield* exceptionOf(thrown);
      return null;
    }
  }
}

const factsOf = (className: string, config: ReturnType<typeof text>): TypeFacts => ({
  className,
  schemata: schemata({
    group: text({ default: "Heat::Ungrouped" }),
    config,
    options: map(),
    ...IO,
  }),
  attributes: ["config"],
});

const SOFTWARE = factsOf("SoftwareConfig", text());
const STRUCTURED = factsOf("StructuredConfig", map());

export class SoftwareConfig extends ConfigResource {
  protected override get facts(): TypeFacts {
    return SOFTWARE;
  }

  protected override values(): Op<JsonObject> {
    return this.properties.all();
  }

  protected override resolveAttribute(): Op<Json> {
    return this.kept();
  }
}

/** Its configuration is a map, and stays one. */
export class StructuredConfig extends SoftwareConfig {
  protected override get facts(): TypeFacts {
    return STRUCTURED;
  }
}
