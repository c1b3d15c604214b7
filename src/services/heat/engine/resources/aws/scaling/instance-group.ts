/** OS::Heat::InstanceGroup: so many instances of a launch configuration. Upstream: heat/engine/resources/autoscaling.py (InstanceGroup) at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../../../python/index.js";
import { Properties } from "../../../properties/properties.js";
import { integer, list, number, schemata, text } from "../../../properties/schema.js";
import type { ResourceDefinition } from "../../../template/resource-definition.js";
import { SizedGroup } from "../../groups/sized-group.js";
import type { Handler, ResourceChange } from "../../resource.js";
import { atOnce, type TypeFacts } from "../../service-resource.js";
import type { NestedSource } from "../../stack-resource.js";
import { tags } from "../tags.js";
import {
  addressesOf,
  groupTags,
  launchedDefinition,
  launchedTemplate,
  policyOf,
  rollingOf,
  SCALED_REGISTRY,
  tellBalancers,
  validatePolicy,
} from "./launched.js";

const CONFIGURATION = "LaunchConfigurationName";
const POLICY = "RollingUpdate";

const FACTS: TypeFacts = {
  className: "InstanceGroup",
  schemata: schemata({
    AvailabilityZones: list({ required: true }),
    [CONFIGURATION]: text({ required: true, update: true }),
    Size: integer({ required: true, update: true }),
    LoadBalancerNames: list(),
    Tags: tags(),
  }),
  attributes: ["InstanceList"],
};

export class InstanceGroup extends SizedGroup {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  #policy(definition: ResourceDefinition = this.definition): Properties {
    return policyOf(definition, POLICY, number(), this.stack);
  }

  protected override validateUpdatePolicy(): Op<void> {
    return validatePolicy(this.#policy(), POLICY);
  }

  protected *memberDefinition(properties: Properties): Op<JsonObject> {
    const Tags = groupTags(yield* properties.get("Tags"), this.refId());
    return yield* launchedDefinition(this.stack, yield* properties.get(CONFIGURATION), { Tags });
  }

  protected templateOf(resources: JsonObject): JsonObject {
    return launchedTemplate(resources);
  }

  protected override get memberRegistry(): JsonObject {
    return SCALED_REGISTRY;
  }

  protected override *reloadBalancers(except: readonly string[] = []): Op<void> {
    const names = yield* this.list("LoadBalancerNames");
    yield* tellBalancers(this.stack, names, this.instances(), except);
  }

  protected override childSource(): () => Op<NestedSource> {
    return () => this.#firstSource();
  }

  *#firstSource(): Op<NestedSource> {
    return yield* this.source(this.properties, Number(yield* this.properties.get("Size")));
  }

  protected override createHandler(): Handler {
    const inner = this.createWithTemplate(() => this.#firstSource());
    const made = (): Op<void> => this.reloadBalancers();
    return {
      handle: () => inner.handle(),
      *check(data) {
        if (inner.check !== undefined && !(yield* inner.check(data))) return false;
        yield* made();
        return true;
      },
    };
  }

  protected override updateHandler(change: ResourceChange): Handler {
    return atOnce(() => this.#update(change));
  }

  *#update({ after, properties: changed }: ResourceChange): Op<void> {
    if (Object.keys(changed).length === 0) return;
    const now = new Properties(this.schemata, after.properties, this.stack.lookUps, this.name);
    const rolling = yield* rollingOf(this.#policy(after), POLICY);
    if (rolling !== undefined && Object.hasOwn(changed, CONFIGURATION)) {
      yield* this.replace(now, rolling);
    }
    const size = Number(yield* now.get("Size"));
    if (!Object.hasOwn(changed, "Size") || this.instances().length === size) return;
    yield* this.resize(now, size);
  }

  protected override resolveAttribute(): Op<Json> {
    return addressesOf(this.instances());
  }
}
