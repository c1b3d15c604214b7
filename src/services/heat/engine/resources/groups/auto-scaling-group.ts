/**
 * OS::Heat::AutoScalingGroup: resources of whatever type, within bounds. Upstream:
 * heat/engine/resources/autoscaling.py (AutoScalingResourceGroup) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { isObject, truth, type Json, type JsonObject } from "../../../../../python/index.js";
import { InvalidTemplateAttribute } from "../../../exception.js";
import { range } from "../../parameters/constraints.js";
import type { Properties } from "../../properties/properties.js";
import { integer, map, number, schemata } from "../../properties/schema.js";
import type { ResourceChange } from "../resource.js";
import { withoutNulls, type TypeFacts } from "../service-resource.js";
import { ScalingGroup, type ScalingWords } from "./scaling-group.js";
import type { RollingUpdate } from "./sized-group.js";

const LEAST = [range("Range", [0, null])];
const size = integer({ required: true, update: true, constraints: LEAST });

const FACTS: TypeFacts = {
  className: "AutoScalingResourceGroup",
  schemata: schemata({
    resource: map({ required: true, update: true }),
    max_size: size,
    min_size: size,
    cooldown: integer({ update: true }),
    desired_capacity: integer({ update: true }),
    rolling_updates: map(
      { update: true },
      {
        min_in_service: number({ default: 0, constraints: LEAST }),
        max_batch_size: number({ default: 1, constraints: LEAST }),
        pause_time: number({ default: 0, constraints: LEAST }),
      },
    ),
  }),
  attributes: ["outputs", "outputs_list"],
};

const WORDS: ScalingWords = {
  least: "min_size",
  most: "max_size",
  desired: "desired_capacity",
  cooldown: "cooldown",
};

export class AutoScalingGroup extends ScalingGroup {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected get words(): ScalingWords {
    return WORDS;
  }

  /** Whatever its members have, after one of its own. */
  override get attributeNames(): undefined {
    return undefined;
  }

  protected *memberDefinition(properties: Properties): Op<JsonObject> {
    const resource = yield* properties.get("resource");
    const {
      type = null,
      properties: given = null,
      metadata = null,
    } = isObject(resource) ? resource : {};
    return withoutNulls({ type, properties: given, metadata });
  }

  protected templateOf(resources: JsonObject): JsonObject {
    return { heat_template_version: "2013-05-23", resources };
  }

  protected *rollingUpdate(
    now: Properties,
    { properties: changed }: ResourceChange,
  ): Op<RollingUpdate | undefined> {
    const policy = yield* now.get("rolling_updates");
    if (!isObject(policy) || !truth(policy) || !Object.hasOwn(changed, "resource")) {
      return undefined;
    }
    return {
      least: Number(policy["min_in_service"]),
      batch: Number(policy["max_batch_size"]),
      pause: Number(policy["pause_time"]),
    };
  }

  /** `FnGetAtt`. @throws InvalidTemplateAttribute */
  override *attribute(key: Json, path: readonly Json[] = []): Op<Json> {
    const [wanted, ...rest] = path;
    if (wanted === undefined || (key !== "outputs" && key !== "outputs_list")) {
      throw new InvalidTemplateAttribute({ resource: this.name, key });
    }
    const values: [string, Json][] = [];
    for (const instance of this.instances()) {
      values.push([instance.name, yield* instance.attribute(wanted, rest)]);
    }
    return key === "outputs" ? Object.fromEntries(values) : values.map(([, value]) => value);
  }
}
