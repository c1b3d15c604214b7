/** Amazon's types that Heat knows. Upstream: the functions resource_mapping in heat/engine/resources at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import { ec2Types } from "./ec2/types.js";
import { AwsAutoScalingGroup } from "./scaling/auto-scaling-group.js";
import { InstanceGroup } from "./scaling/instance-group.js";
import { LaunchConfiguration } from "./scaling/launch-configuration.js";
import { AwsScalingPolicy } from "../groups/scaling-policy.js";
import { AccessKey, AccessPolicy, IamUser } from "./iam/user.js";

export const awsTypes: TypeEntries = [
  ...ec2Types,
  ["AWS::AutoScaling::AutoScalingGroup", AwsAutoScalingGroup],
  ["AWS::AutoScaling::LaunchConfiguration", LaunchConfiguration],
  ["AWS::AutoScaling::ScalingPolicy", AwsScalingPolicy],
  ["AWS::IAM::AccessKey", AccessKey],
  ["AWS::IAM::User", IamUser],
  ["OS::Heat::AccessPolicy", AccessPolicy],
  ["OS::Heat::InstanceGroup", InstanceGroup],
];
