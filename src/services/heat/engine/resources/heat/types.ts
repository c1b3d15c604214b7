/** Types of Heat's own. Upstream: the functions resource_mapping in heat/engine/resources at 2014.2. */
import { AutoScalingGroup } from "../groups/auto-scaling-group.js";
import { ResourceGroup } from "../groups/resource-group.js";
import { ScalingPolicy } from "../groups/scaling-policy.js";
import type { TypeEntries } from "../resource-class.js";
import { HaRestarter } from "./ha-restarter.js";
import {
  HeatWaitConditionHandle,
  UpdateWaitConditionHandle,
  WaitConditionHandle,
} from "./wait-condition-handle.js";
import { HeatWaitCondition, WaitCondition } from "./wait-condition.js";

export const heatTypes: TypeEntries = [
  ["OS::Heat::AutoScalingGroup", AutoScalingGroup],
  ["OS::Heat::HARestarter", HaRestarter],
  ["OS::Heat::ResourceGroup", ResourceGroup],
  ["OS::Heat::ScalingPolicy", ScalingPolicy],
  ["AWS::CloudFormation::WaitCondition", WaitCondition],
  ["AWS::CloudFormation::WaitConditionHandle", WaitConditionHandle],
  ["OS::Heat::UpdateWaitConditionHandle", UpdateWaitConditionHandle],
  ["OS::Heat::WaitCondition", HeatWaitCondition],
  ["OS::Heat::WaitConditionHandle", HeatWaitConditionHandle],
];
