/**
 * OS::Heat::StructuredDeployment: values of inputs are put into the configuration before the server sees it, since
 * some tools know nothing of inputs. Upstream:
 * heat/engine/resources/software_config/structured_config.py (StructuredDeployment) at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import { isObject, str, type Json, type JsonObject } from "../../../../../python/index.js";
import { schemata, text } from "../../properties/schema.js";
import type { TypeFacts } from "../service-resource.js";
import { ATTRIBUTES } from "./deployment-outcome.js";
import { DEPLOYMENT, SoftwareDeployment } from "./software-deployment.js";

export const INPUT_KEY = text({ default: "get_input" });

const FACTS: TypeFacts = {
  className: "StructuredDeployment",
  schemata: schemata({ ...DEPLOYMENT, input_key: INPUT_KEY }),
  attributes: ATTRIBUTES,
};

export class StructuredDeployment extends SoftwareDeployment {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected override *derivedConfig(config: Json, inputs: readonly JsonObject[]): Op<Json> {
    const values = new Map(
      inputs.map(({ name = null, value = null }) => [str(name), value] as const),
    );
    return filled(config, str(yield* this.property("input_key")), values);
  }
}

/** `parse`: a map whose one key is `key` becomes the value of the input that it names. */
function filled(snippet: Json, key: string, values: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(snippet)) {
    return (snippet as readonly Json[]).map((item) => filled(item, key, values));
  }
  if (!isObject(snippet)) return snippet;
  const entries = Object.entries<Json>(snippet);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === key && typeof only[1] === "string") {
    return values.get(only[1]) ?? null;
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, filled(item, key, values)]));
}
