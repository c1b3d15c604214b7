/**
 * What an agent needs to filter its ports: which groups each is in, the rules of those, and the
 * addresses in the groups that rules refer to. Upstream: db/securitygroups_rpc_base.py
 * (security_group_info_for_ports).
 */
import { unchanging, type JsonObject } from "../../../kernel/index.js";
import type { Plugin } from "../plugin/index.js";
import type { SecurityGroupInfo } from "../rpcapi.js";
import type { SecurityGroupRule } from "../rows.js";

export function securityGroupInfo(plugin: Plugin, devices: readonly string[]): SecurityGroupInfo {
  const { database } = plugin.app;
  const info = new Map<string, JsonObject>();
  const groups = new Set<string>();
  for (const device of devices) {
    const port = database.ports.get(device);
    if (port === undefined) continue;
    const view = plugin.ports.view(port);
    const ids = view["security_groups"] as readonly string[];
    if (ids.length === 0) continue;
    for (const id of ids) groups.add(id);
    const sources = ids.flatMap((id) => remoteGroups(plugin, id));
    info.set(device, {
      device,
      network_id: port.network_id,
      mac_address: port.mac_address,
      device_owner: port.device_owner,
      allowed_address_pairs: port.allowed_address_pairs,
      fixed_ips: plugin.ports.addressesOf(device).map((ip) => ip["ip_address"] as string),
      security_groups: ids,
      security_group_source_groups: [...new Set(sources)],
    });
  }
  const remote = new Set([...groups].flatMap((id) => remoteGroups(plugin, id)));
  return {
    devices: Object.fromEntries(info),
    security_groups: Object.fromEntries([...groups].map((id) => [id, rulesOf(plugin, id)])),
    // There are IPv4 addresses only.
    sg_member_ips: Object.fromEntries(
      [...remote].map((id) => [id, { IPv4: unchanging(database.groupMembers.of(id)), IPv6: [] }]),
    ),
  };
}

function remoteGroups(plugin: Plugin, groupId: string): string[] {
  return plugin.app.database.securityGroupRules
    .find({ security_group_id: groupId })
    .map(({ remote_group_id }) => remote_group_id)
    .filter((id) => id !== null);
}

/** Only what a rule says; what it leaves open is left out. */
function rulesOf(plugin: Plugin, groupId: string): JsonObject[] {
  const { securityGroupRules } = plugin.app.database;
  return securityGroupRules.find({ security_group_id: groupId }).map((rule) => ruleOf(rule));
}

function ruleOf(rule: SecurityGroupRule): JsonObject {
  const { direction, ethertype, protocol, port_range_min, port_range_max } = rule;
  const ingress = direction === "ingress";
  const optional = {
    protocol,
    port_range_min,
    port_range_max,
    [ingress ? "source_ip_prefix" : "dest_ip_prefix"]: rule.remote_ip_prefix,
    remote_group_id: rule.remote_group_id,
  };
  const said = Object.entries(optional).filter(([, value]) => value !== null);
  return { direction, ethertype, ...Object.fromEntries(said) };
}
