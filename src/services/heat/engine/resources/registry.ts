/**
 * The types of resources that there are. Upstream: heat/engine/environment.py (ResourceRegistry.get_class) at
 * 2014.2.
 */
import { StackValidationFailed } from "../../exception.js";
import type { ResourceRegistry } from "../environment.js";
import type { ResourceDefinition } from "../template/resource-definition.js";
import { awsTypes } from "./aws/types.js";
import { CeilometerAlarm } from "./ceilometer/alarm.js";
import { CombinationAlarm } from "./ceilometer/combination-alarm.js";
import { cinderTypes } from "./cinder/types.js";
import { heatTypes } from "./heat/types.js";
import { loadBalancingTypes } from "./neutron/load-balancing/types.js";
import { neutronTypes } from "./neutron/types.js";
import { novaTypes } from "./nova/types.js";
import { RandomString } from "./random-string.js";
import { TroveInstance } from "./trove/instance.js";
import { SwiftContainer } from "./swift/container.js";
import { softwareTypes } from "./software-config/types.js";
import type { ResourceClass, ResourceTypes } from "./resource-class.js";
import { TemplateResource } from "./template-resource.js";

export const resourceTypes: ResourceTypes = new Map<string, ResourceClass>([
  ["OS::Heat::RandomString", RandomString],
  ["OS::Swift::Container", SwiftContainer],
  ["OS::Trove::Instance", TroveInstance],
  ["OS::Ceilometer::Alarm", CeilometerAlarm],
  ["OS::Ceilometer::CombinationAlarm", CombinationAlarm],
  ...awsTypes,
  ...cinderTypes,
  ...heatTypes,
  ...loadBalancingTypes,
  ...neutronTypes,
  ...novaTypes,
  ...softwareTypes,
]);

/**
 * The class for a resource of a type.
 * @param within templates that its stack is in already
 * @throws StackValidationFailed
 */
export function resourceClass(
  registry: ResourceRegistry,
  { name, type }: Pick<ResourceDefinition, "name" | "type">,
  within?: ReadonlySet<string>,
): ResourceClass {
  const found = registry.implementation(type, name, within);
  const Class = found.kind === "template" ? TemplateResource : registry.types.get(found.type);
  if (Class !== undefined) return Class;
  throw new StackValidationFailed({ message: `Unknown resource Type : ${type}` });
}
