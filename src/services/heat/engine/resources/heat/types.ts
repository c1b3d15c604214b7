/** Types of Heat's own. Upstream: the functions resource_mapping in heat/engine/resources at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import {
  HeatWaitConditionHandle,
  UpdateWaitConditionHandle,
  WaitConditionHandle,
} from "./wait-condition-handle.js";
import { HeatWaitCondition, WaitCondition } from "./wait-condition.js";

export const heatTypes: TypeEntries = [
  ["AWS::CloudFormation::WaitCondition", WaitCondition],
  ["AWS::CloudFormation::WaitConditionHandle", WaitConditionHandle],
  ["OS::Heat::UpdateWaitConditionHandle", UpdateWaitConditionHandle],
  ["OS::Heat::WaitCondition", HeatWaitCondition],
  ["OS::Heat::WaitConditionHandle", HeatWaitConditionHandle],
];
