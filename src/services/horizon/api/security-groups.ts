/**
 * Security groups, which Neutron has; Nova's own, of clouds without a network service, are not modelled. Upstream:
 * openstack_dashboard/api/neutron.py (SecurityGroupManager, SecurityGroupRule) at 2014.2.
 */
import type { Op } from "../../../kernel/index.js";
import {
  isObject,
  parseInteger,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { HorizonRequest } from "../web/request.js";
import { networkClient } from "./network.js";
import { neutronClient, portList, securityGroupList } from "./neutron.js";

/** A rule, as Horizon calls its fields. */
export interface Rule {
  readonly id: string;
  readonly direction: string;
  readonly ethertype: string;
  readonly protocol: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly cidr: string | null;
  /** Of the group that it lets in: its name. */
  readonly group: string | null;
}

export const rulesOf = (group: JsonObject): readonly JsonObject[] => {
  const rules = group["security_group_rules"];
  return Array.isArray(rules) ? (rules as readonly Json[]).filter(isObject) : [];
};

/** @param names of groups by id; one that is not among them goes by the beginning of its id */
export function ruleOf(rule: JsonObject, names: ReadonlyMap<string, string>): Rule {
  const text = (key: string): string | null => {
    const value = rule[key];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const port = (key: string): number | null => {
    const value = rule[key];
    return typeof value === "number" ? value : null;
  };
  const remote = text("remote_group_id");
  const anywhere = rule["ethertype"] === "IPv6" ? "::/0" : "0.0.0.0/0";
  return {
    id: textOf(rule, "id"),
    direction: textOf(rule, "direction"),
    ethertype: textOf(rule, "ethertype"),
    protocol: text("protocol"),
    from: port("port_range_min"),
    to: port("port_range_max"),
    cidr: text("remote_ip_prefix") ?? (remote === null ? anywhere : null),
    group: remote === null ? null : (names.get(remote) ?? remote.slice(0, 13)),
  };
}

/** `ALLOW IPv4 22/tcp from 0.0.0.0/0`. */
export function ruleText({ direction, ethertype, protocol, from, to, cidr, group }: Rule): string {
  const remote = group ?? cidr ?? "ANY";
  const way = direction === "egress" ? "to" : "from";
  return `ALLOW ${ethertype} ${portsText(protocol, from, to)} ${way} ${remote}`;
}

function portsText(protocol: string | null, from: number | null, to: number | null): string {
  if (from !== null && from !== 0) {
    const ports = from === to ? String(from) : `${String(from)}-${String(to)}`;
    return `${ports}/${(protocol ?? "").toLowerCase()}`;
  }
  if (protocol === null) return "";
  const number = parseInteger(protocol);
  return number === undefined ? protocol : `ip_proto=${String(number)}`;
}

/** Those of the project. */
export function* groupList(request: HorizonRequest): Op<readonly JsonObject[]> {
  yield* networkClient(request);
  return yield* securityGroupList(request);
}

/** Those of a server's ports. */
export function* serverGroups(request: HorizonRequest, server: string): Op<readonly JsonObject[]> {
  yield* networkClient(request);
  const ports = yield* portList(request, { device_id: server });
  const ids = new Set(ports.flatMap((port) => (port["security_groups"] ?? []) as string[]));
  return ids.size === 0
    ? []
    : yield* neutronClient(request).list("security_groups", { id: [...ids] });
}

/** Every port of a server is given the same groups. */
export function* updateServerGroups(
  request: HorizonRequest,
  server: string,
  groups: readonly string[],
): Op<void> {
  yield* networkClient(request);
  for (const port of yield* portList(request, { device_id: server })) {
    const changes = { security_groups: groups };
    yield* neutronClient(request).update("ports", textOf(port, "id"), changes);
  }
}

/** By id, the names of a group and of those that its rules speak of. Upstream: `_sg_name_dict`. */
export function* groupNames(
  request: HorizonRequest,
  group: string,
  rules: readonly JsonObject[],
): Op<ReadonlyMap<string, string>> {
  const remote = rules.flatMap(({ remote_group_id: id }) => (typeof id === "string" ? id : []));
  const search = { id: [...new Set([group, ...remote])], fields: ["id", "name"] };
  const found = yield* neutronClient(request).list("security_groups", search);
  return new Map(found.map((one) => [textOf(one, "id"), textOf(one, "name")]));
}
