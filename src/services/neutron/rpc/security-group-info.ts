/**
 * What an agent needs to filter its ports: the ports whole with what their networks let in, the rules of
 * their groups, and the addresses in the groups that rules refer to. Every agent asks again after every new
 * member of a group, so each part is made once and handed out until it changes. Upstream:
 * neutron/db/securitygroups_rpc_base.py (security_group_info_for_ports), neutron/plugins/ml2/db.py
 * (get_port_and_sgs) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { dumps, unchanging, ValueError, type JsonObject } from "../../../python/index.js";
import type { NeutronDatabase } from "../db/database.js";
import type { SecurityGroupInfo } from "../rpcapi.js";
import type { SecurityGroupRule } from "../db/rows.js";
import { ProviderRules } from "./provider-rules.js";

/** The rules of one group, as agents want them. */
interface GroupInfo {
  readonly rules: readonly JsonObject[];
  /** Groups whose members they let in, and the kinds of addresses that those may have. */
  readonly remote: ReadonlyMap<string, ReadonlySet<string>>;
}

interface MembersByEthertype {
  readonly IPv4: readonly string[];
  readonly IPv6: readonly string[];
}

export class SecurityGroupInfos {
  readonly #database: NeutronDatabase;
  readonly #env: Pick<Env, "log">;
  readonly #providers: ProviderRules;
  /** By the port as the API shows it: another view of a port, another answer. */
  #devices = new WeakMap<JsonObject, JsonObject>();
  readonly #groups = new Map<string, GroupInfo>();
  /** By the list that a group's members are kept in. */
  readonly #byEthertype = new WeakMap<readonly string[], MembersByEthertype>();
  #rulesAt = -1;

  constructor(database: NeutronDatabase, env: Pick<Env, "log">) {
    this.#database = database;
    this.#env = env;
    this.#providers = new ProviderRules(database);
  }

  /** Those of these devices that are ports, and nobody's of the network's own. */
  of(devices: readonly string[]): SecurityGroupInfo {
    this.#forgetOldRules();
    const { ports, portViews } = this.#database;
    // Hundreds of names that no other object has: without a prototype, an object is a table of them.
    const info = Object.create(null) as Record<string, JsonObject>;
    const groups = new Set<string>();
    const networks = new Set<string>();
    for (const device of devices) {
      const port = ports.get(device);
      if (port === undefined || port.device_owner.startsWith("network:")) continue;
      const view = portViews.whole(port);
      for (const id of groupsOf(view)) groups.add(id);
      networks.add(port.network_id);
      info[device] = this.#device(view);
    }
    for (const network of networks) this.#warnOf(network);
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
    const addresses = groupMembers.withPairsOf(id);
    let members = this.#byEthertype.get(addresses);
    if (members === undefined) {
      if (addresses.some((address) => address.includes("/"))) throw new ValueError(NO_NETWORKS);
      const all = [...new Set(addresses)];
      members = {
        IPv4: all.filter((address) => !address.includes(":")),
        IPv6: all.filter((address) => address.includes(":")),
      };
      this.#byEthertype.set(addresses, members);
    }
    const { IPv4, IPv6 } = members;
    return Object.fromEntries(
      [...ethertypes].map((ethertype) => [ethertype, ethertype === "IPv6" ? IPv6 : IPv4]),
    );
  }

  #device(view: JsonObject): JsonObject {
    const { rules } = this.#providers.of(view["network_id"] as string);
    let info = this.#devices.get(view);
    if (info?.["security_group_rules"] !== rules) {
      const groups = groupsOf(view).flatMap((id) => [...this.#group(id).remote.keys()]);
      info = {
        ...view,
        fixed_ips: (view["fixed_ips"] as readonly JsonObject[]).map(
          ({ ip_address }) => ip_address as string,
        ),
        security_group_rules: rules,
        security_group_source_groups: [...new Set(groups)],
        device: view["id"] as string,
      };
      this.#devices.set(view, info);
    }
    return info;
  }

  #warnOf(networkId: string): void {
    for (const subnet of this.#providers.of(networkId).unrouted) {
      this.#env.log("warning", `No valid gateway port on subnet ${subnet} is found for IPv6 RA`);
    }
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
