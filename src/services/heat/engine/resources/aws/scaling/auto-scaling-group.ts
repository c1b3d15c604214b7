/** AWS::AutoScaling::AutoScalingGroup: instances of a launch configuration, within bounds. Upstream: heat/engine/resources/autoscaling.py (AutoScalingGroup) at 2014.2. */
import type { Op } from "../../../../../../kernel/index.js";
import type { Json, JsonObject } from "../../../../../../python/index.js";
import { NotSupported } from "../../../../exception.js";
import { allowedValues } from "../../../parameters/constraints.js";
import type { Properties } from "../../../properties/properties.js";
import {
  integer,
  list,
  notImplemented,
  number,
  schemata,
  text,
} from "../../../properties/schema.js";
import type { ResourceDefinition } from "../../../template/resource-definition.js";
import { ScalingGroup, type ScalingWords } from "../../groups/scaling-group.js";
import type { RollingUpdate } from "../../groups/sized-group.js";
import type { ResourceChange } from "../../resource.js";
import { itemsOf, type TypeFacts } from "../../service-resource.js";
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
const SUBNETS = "VPCZoneIdentifier";
const POLICY = "AutoScalingRollingUpdate";

const FACTS: TypeFacts = {
  className: "AutoScalingGroup",
  schemata: schemata({
    AvailabilityZones: list({ required: true }),
    [CONFIGURATION]: text({ required: true, update: true }),
    MaxSize: integer({ required: true, update: true }),
    MinSize: integer({ required: true, update: true }),
    Cooldown: number({ update: true }),
    DesiredCapacity: integer({ update: true }),
    HealthCheckGracePeriod: notImplemented("INTEGER"),
    HealthCheckType: text({
      constraints: [allowedValues(["EC2", "ELB"])],
      implemented: false,
    }),
    LoadBalancerNames: list(),
    [SUBNETS]: list({}, text()),
    Tags: tags(),
  }),
  attributes: ["InstanceList"],
};

const WORDS: ScalingWords = {
  least: "MinSize",
  most: "MaxSize",
  desired: "DesiredCapacity",
  cooldown: "Cooldown",
};

export class AwsAutoScalingGroup extends ScalingGroup {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  protected get words(): ScalingWords {
    return WORDS;
  }

  #policy(definition: ResourceDefinition = this.definition): Properties {
    return policyOf(definition, POLICY, integer(), this.stack);
  }

  protected override validateUpdatePolicy(): Op<void> {
    return validatePolicy(this.#policy(), POLICY);
  }

  /** @throws StackValidationFailed, NotSupported */
  override *validate(): Op<void> {
    yield* super.validate();
    const subnets = itemsOf(yield* this.properties.get(SUBNETS));
    if (subnets.length <= 1) return;
    throw new NotSupported({ feature: "Anything other than one VPCZoneIdentifier" });
  }

  /** Of several subnets, the first would count. */
  protected *memberDefinition(properties: Properties): Op<JsonObject> {
    const group = this.refId();
    const Tags = [
      ...groupTags(yield* properties.get("Tags"), group),
      { Key: "metering.AutoScalingGroupName", Value: group },
    ];
    const [SubnetId] = itemsOf(yield* properties.get(SUBNETS));
    const more = { Tags, ...(SubnetId !== undefined && { SubnetId }) };
    return yield* launchedDefinition(this.stack, yield* properties.get(CONFIGURATION), more);
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

  protected *rollingUpdate(
    _now: Properties,
    { after, properties: changed }: ResourceChange,
  ): Op<RollingUpdate | undefined> {
    if (!Object.hasOwn(changed, CONFIGURATION)) return undefined;
    return yield* rollingOf(this.#policy(after), POLICY);
  }

  protected override resolveAttribute(): Op<Json> {
    return addressesOf(this.instances());
  }
}
