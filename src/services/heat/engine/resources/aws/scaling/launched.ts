/**
 * What groups of instances have in common that are made by a launch configuration: what each instance is, its tags, how
 * old ones become new ones, and the load balancers that are told of them. Upstream:
 * heat/engine/resources/autoscaling.py (InstanceGroup: _get_instance_definition, _tags, _lb_reload, update_policy_schema),
 * heat/common/timeutils.py (parse_isoduration) at 2014.2.
 */
import type { Op } from "../../../../../../kernel/index.js";
import {
  isObject,
  KeyError,
  noAttribute,
  repr,
  str,
  truth,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../../../python/index.js";
import { Properties } from "../../../properties/properties.js";
import { map, schemata, text, type PropertySchema } from "../../../properties/schema.js";
import { TaskRunner } from "../../../scheduler/task.js";
import { resolve } from "../../../template/function.js";
import { metadataOf, type ResourceDefinition } from "../../../template/resource-definition.js";
import { HeatError } from "../../errors.js";
import type { RollingUpdate } from "../../groups/sized-group.js";
import { objectsOf, withoutNulls } from "../../service-resource.js";
import type { Sibling, StackOfResources } from "../../stack-view.js";

/** What a member is called in its template, and what that stands for. */
const SCALED = "OS::Heat::ScaledResource";
export const SCALED_REGISTRY: JsonObject = { [SCALED]: "AWS::EC2::Instance" };

/** Seconds that a policy may wait between two batches. */
const LONGEST_PAUSE = 3600;

/** `_get_instance_definition`. @param more properties beside those of the configuration @throws AttributeError */
export function* launchedDefinition(
  stack: StackOfResources,
  configuration: Json,
  more: JsonObject,
): Op<JsonObject> {
  const found = yield* stack.byRefId(configuration);
  if (found === undefined) throw noAttribute(null, "properties");
  const properties = yield* resolve(found.properties.data);
  return withoutNulls({
    Type: SCALED,
    Properties: { ...(isObject(properties) ? properties : {}), ...more },
    Metadata: found.definition.metadata === null ? null : yield* metadataOf(found.definition),
  });
}

export const launchedTemplate = (Resources: JsonObject): JsonObject => ({
  HeatTemplateFormatVersion: "2012-12-12",
  Resources,
});

/** `_tags`: by one of them, Ceilometer knows the group. */
export function groupTags(given: Json, group: string): JsonObject[] {
  const tags = objectsOf(given);
  if (tags.some(({ Key }) => str(Key ?? null).startsWith("metering."))) return [...tags];
  return [...tags, { Key: "metering.groupname", Value: group }];
}

/** An update policy that has one member of that name. */
export function policyOf(
  { name, updatePolicy }: ResourceDefinition,
  key: string,
  count: PropertySchema,
  stack: StackOfResources,
): Properties {
  const members = {
    MinInstancesInService: { ...count, default: 0 },
    MaxBatchSize: { ...count, default: 1 },
    PauseTime: text({ default: "PT0S" }),
  };
  return new Properties(schemata({ [key]: map({}, members) }), updatePolicy, stack.lookUps, name);
}

/** @throws StackValidationFailed, ValueError */
export function* validatePolicy(policy: Properties, key: string): Op<void> {
  yield* policy.validate();
  const rolling = yield* policy.get(key);
  if (!isObject(rolling) || !truth(rolling)) return;
  if (durationIn(rolling["PauseTime"]) > LONGEST_PAUSE) {
    throw new ValueError("Maximum PauseTime is 1 hour.");
  }
}

/** Undefined where there is no policy. */
export function* rollingOf(policy: Properties, key: string): Op<RollingUpdate | undefined> {
  const rolling = yield* policy.get(key);
  if (!isObject(rolling) || !truth(rolling)) return undefined;
  return {
    least: Number(rolling["MinInstancesInService"]),
    batch: Number(rolling["MaxBatchSize"]),
    pause: durationIn(rolling["PauseTime"]),
  };
}

/** `parse_isoduration`: seconds. @throws ValueError */
function durationIn(duration: Json | undefined): number {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/u.exec(str(duration ?? null));
  if (found === null) {
    throw new ValueError("Only ISO 8601 duration format of the form PT#H#M#S is supported.");
  }
  const [, hours = "0", minutes = "0", secs = "0"] = found;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(secs);
}

/** `InstanceList`: with commas between them. */
export function* addressesOf(instances: readonly Sibling[]): Op<Json> {
  const addresses: string[] = [];
  for (const instance of instances) addresses.push(str(yield* instance.attribute("PublicIp")));
  return addresses.length === 0 ? null : addresses.join(",");
}

/** `_lb_reload`: each is brought to what it was, with other members. @throws HeatError, KeyError */
export function* tellBalancers(
  stack: StackOfResources,
  names: readonly Json[],
  instances: readonly Sibling[],
  except: readonly string[],
): Op<void> {
  if (names.length === 0) return;
  const ids: string[] = [];
  for (const instance of instances) {
    const id = yield* instance.reference();
    if (!except.includes(id)) ids.push(id);
  }
  for (const wanted of names) {
    const balancer = [...stack.siblings()].find(({ name }) => name === wanted);
    if (balancer === undefined) throw new KeyError(repr(wanted));
    yield* tell(stack, balancer, ids);
  }
}

function* tell({ parts }: StackOfResources, balancer: Sibling, ids: readonly string[]): Op<void> {
  const { definition, properties, name } = balancer;
  const key = ["Instances", "members"].find((one) => properties.schemata.has(one));
  if (key === undefined) {
    throw new HeatError(`Unsupported resource '${name}' in LoadBalancerNames`);
  }
  const members = { ...properties.data, [key]: [...ids] };
  const after: ResourceDefinition = { ...definition, properties: members };
  const before = yield* balancer.frozen();
  yield* new TaskRunner(parts.kernel, name, () => balancer.update(after, before)).run();
}
