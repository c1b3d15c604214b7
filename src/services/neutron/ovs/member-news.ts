/**
 * Which hosts the news of a security group's members concern: those with a device whose rules let that group in.
 * Every boot of a cloud tells every host, and upstream every agent looks at its devices:
 * neutron/agent/securitygroups_rpc.py (_security_group_updated) at 2014.2. Not news of rules, which are rare.
 */
import { Selector, type SubjectsOf } from "../../../bus/index.js";
import { securityGroupUpdateApi } from "../rpcapi.js";

/** The groups that have other members; undefined for all other messages, which are for every host. */
const groupsOf: SubjectsOf = (message) => {
  if (message.kind !== "request") return undefined;
  const { method, namespace, version, args } = message;
  if (method !== "security_groups_member_updated") return undefined;
  if (namespace !== undefined || version !== securityGroupUpdateApi.version) return undefined;
  const { security_groups: groups } = args;
  if (!Array.isArray(groups)) return undefined;
  return groups.every((group) => typeof group === "string") ? groups : undefined;
};

export const memberNews = (): Selector => new Selector(groupsOf);
