/**
 * What an agent needs to filter its ports: which groups each is in, the rules of those, and the
 * addresses in the groups that rules refer to. Every agent asks again after every new member of a
 * group, so each part is made once and handed out until it changes. Upstream:
 * db/securitygroups_rpc_base.py (security_group_info_for_ports).
 */
import { dumps, unchanging, ValueError, type JsonObject } from "../../../python/index.js";
import type { NeutronDatabase } from "../db/database.js";
import type { SecurityGroupInfo } from "../rpcapi.js";
import type { SecurityGroupRule } from "../db/rows.js";

/** The rules of one group, as agents want them. */
interface GroupInfo {
  readonly rules: readonly JsonObject[];
  /** Groups whose members they let in, and the kinds of addresses that those may have. */
  readonly remote: ReadonlyMap<string, ReadonlySet<string>>;
}

export class SecurityGroupInfos {
  readonly #database: NeutronDatabase;
  /** By the port as the API shows it: another view of a port, another answer. */
  #devices = new WeakMap<JsonObject, JsonObject>();
  readonly #groups = new Map<string, GroupInfo>();
  #rulesAt = -1;

  constructor(database: NeutronDatabase) {
    this.#database = database;
  }

  /** All of these devices that are in any group. */
  of(devices: readonly string[]): SecurityGroupInfo {
    this.#forgetOldRules();
    const { ports, portViews } = this.#database;
    // Hundreds of names that no other object has: without a prototype, an object is a table of them.
    const info = Object.create(null) as Record<string, JsonObject>;
    const groups = new Set<string>();
    for (const device of devices) {
      const port = ports.get(device);
      if (port === undefined) continue;
      const view = portViews.whole(port);
      const ids = groupsOf(view);
      if (ids.length === 0) continue;
      for (const id of ids) groups.add(id);
      info[device] = this.#device(view);
    }
    const remote = new Map<string, Set<string>>();
    for (const group of groups) {
      for (const [id, ethertypes] of this.#group(group).remote) {
        remote.set(id, new Set([...(remote.get(id) ?? []), ...ethertypes]));
      }
    }
    const answer: SecurityGroupInfo = {
      devices: info,
      security_groups: Object.fromEntries(
        [...groups]
          .map((id) => [id, this.#group(id).rules] as const)
          .filter(([, all]) => all.length > 0),
      ),
      sg_member_ips: Object.fromEntries(
        [...remote].map(([id, ethertypes]) => [id, this.#members(id, ethertypes)]),
      ),
    };
    return unchanging(answer);
  }

  /** @throws ValueError for an allowed address pair that is a network, as upstream does */
  #members(
    id: string,
    ethertypes: ReadonlySet<string>,
  ): Readonly<Record<string, readonly string[]>> {
    const { groupMembers } = this.#database;
    const pairs = groupMembers.pairsOf(id);
    if (pairs.some((address) => address.includes("/"))) throw new ValueError(NO_NETWORKS);
    const own = groupMembers.of(id);
    const all = pairs.length === 0 ? own : [...new Set([...own, ...pairs])];
    const late = all.filter((address) => address.includes(":"));
    const early = late.length === 0 ? all : all.filter((address) => !address.includes(":"));
    const members: Readonly<Record<string, readonly string[]>> = { IPv4: early, IPv6: late };
    return Object.fromEntries(
      Object.entries(members).filter(([ethertype]) => ethertypes.has(ethertype)),
    );
  }

  #device(view: JsonObject): JsonObject {
    let info = this.#devices.get(view);
    if (info === undefined) {
      const ids = groupsOf(view);
      info = {
        device: view["id"] as string,
        network_id: view["network_id"] as string,
        mac_address: view["mac_address"] as string,
        device_owner: view["device_owner"] as string,
        allowed_address_pairs: view["allowed_address_pairs"] as readonly JsonObject[],
        fixed_ips: (view["fixed_ips"] as readonly JsonObject[]).map(
          ({ ip_address }) => ip_address as string,
        ),
        security_groups: ids,
        security_group_source_groups: [
          ...new Set(ids.flatMap((id) => [...this.#group(id).remote.keys()])),
        ],
      };
      this.#devices.set(view, info);
    }
    return info;
  }

  #group(id: string): GroupInfo {
    let group = this.#groups.get(id);
    if (group === undefined) {
      const rows = this.#database.securityGroupRules.find({ security_group_id: id });
      const remote = new Map<string, Set<string>>();
      for (const { remote_group_id: of, ethertype } of rows) {
        if (of !== null) remote.set(of, (remote.get(of) ?? new Set()).add(ethertype));
      }
      this.#groups.set(id, (group = { rules: distinct(rows.map(ruleOf)), remote }));
    }
    return group;
  }

  #forgetOldRules(): void {
    const { revision } = this.#database.securityGroupRules;
    if (revision === this.#rulesAt) return;
    this.#rulesAt = revision;
    this.#groups.clear();
    this.#devices = new WeakMap();
  }
}

const NO_NETWORKS =
  "IPAddress() does not support netmasks or subnet prefixes! See documentation for details.";

/** A rule that says what another one says is none. */
function distinct(rules: readonly JsonObject[]): JsonObject[] {
  const byText = new Map(rules.map((rule) => [dumps(rule), rule]));
  return [...byText.values()];
}

const groupsOf = (view: JsonObject): readonly string[] =>
  view["security_groups"] as readonly string[];

/** Only what a rule says; what it leaves open is left out. */
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
  const said = Object.entries(optional).filter(
    ([, value]) => value !== null && value !== "" && value !== 0,
  );
  return { direction, ethertype, ...Object.fromEntries(said) };
}
