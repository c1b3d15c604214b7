/**
 * Which hosts the news of neutron-server concern, of those that each change of a server sends to all of them: a
 * port's, the host that it is plugged in; those of a security group's members, the hosts with a device whose rules
 * let that group in. Upstream every agent looks: neutron/plugins/openvswitch/agent/ovs_neutron_agent.py
 * (port_update), neutron/agent/securitygroups_rpc.py (_security_group_updated) at 2014.2. Not news of rules,
 * which are rare.
 */
import { Selector, type SubjectsOf } from "../../../bus/index.js";
import { isObject, type Json, type JsonObject } from "../../../python/index.js";
import { portUpdateApi, securityGroupUpdateApi } from "../rpcapi.js";

/** What messages of one method are about; undefined for all others, which are for every host. */
const about =
  (
    { version: ours }: { readonly version: string },
    ofMethod: string,
    subjectsIn: (args: JsonObject) => Json | undefined,
  ): SubjectsOf =>
  (message) => {
    if (message.kind !== "request") return undefined;
    const { method, namespace, version, args } = message;
    if (method !== ofMethod || namespace !== undefined || version !== ours) return undefined;
    const subjects = subjectsIn(args);
    if (!Array.isArray(subjects)) return undefined;
    return subjects.every((subject) => typeof subject === "string") ? subjects : undefined;
  };

const groups = about(
  securityGroupUpdateApi,
  "security_groups_member_updated",
  ({ security_groups }) => security_groups,
);

const port = about(portUpdateApi, "port_update", ({ port: it }) =>
  isObject(it) ? [it["id"] ?? null] : undefined,
);

/** Its subjects are security groups. */
export const memberNews = (): Selector => new Selector(groups);

/** Its subjects are ports. */
export const portNews = (): Selector => new Selector(port);
