/** Amazon's types that Heat knows. Upstream: the functions resource_mapping in heat/engine/resources at 2014.2. */
import type { TypeEntries } from "../resource-class.js";
import { ec2Types } from "./ec2/types.js";
import { AccessKey, AccessPolicy, IamUser } from "./iam/user.js";

export const awsTypes: TypeEntries = [
  ...ec2Types,
  ["AWS::IAM::AccessKey", AccessKey],
  ["AWS::IAM::User", IamUser],
  ["OS::Heat::AccessPolicy", AccessPolicy],
];
