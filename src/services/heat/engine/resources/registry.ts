/**
 * The types of resources that there are. Templates that stand for a type are not simulated. Upstream:
 * heat/engine/environment.py (ResourceRegistry.get_class) at 2014.2.
 */
import { StackValidationFailed } from "../../exception.js";
import type { ResourceDefinition } from "../template/resource-definition.js";
import { CeilometerAlarm } from "./ceilometer/alarm.js";
import { cinderTypes } from "./cinder/types.js";
import { heatTypes } from "./heat/types.js";
import { loadBalancingTypes } from "./neutron/load-balancing/types.js";
import { neutronTypes } from "./neutron/types.js";
import { novaTypes } from "./nova/types.js";
import { RandomString } from "./random-string.js";
import type { ResourceClass } from "./resource-class.js";

export type ResourceTypes = ReadonlyMap<string, ResourceClass>;

export const resourceTypes: ResourceTypes = new Map<string, ResourceClass>([
  ["OS::Heat::RandomString", RandomString],
  ["OS::Ceilometer::Alarm", CeilometerAlarm],
  ...cinderTypes,
  ...heatTypes,
  ...loadBalancingTypes,
  ...neutronTypes,
  ...novaTypes,
]);

/** @throws StackValidationFailed */
export function resourceClass(
  types: ResourceTypes,
  { name, type }: Pick<ResourceDefinition, "name" | "type">,
): ResourceClass {
  const refuse = (message: string) => new StackValidationFailed({ message });
  if (type === "") throw refuse(`Non-empty resource type is required for resource "${name}"`);
  const found = types.get(type);
  if (found === undefined) throw refuse(`Unknown resource Type : ${type}`);
  return found;
}
