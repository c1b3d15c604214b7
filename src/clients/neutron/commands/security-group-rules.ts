/** `neutron security-group-rule-*`. Upstream: neutronclient/neutron/v2_0/securitygroup.py, 2.3.9. */
import type { Op } from "../../../kernel/index.js";
import {
  bytesRepr,
  dictOrder,
  Exception,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { flagOption, valueOption, withTwin } from "../../openstack/options.js";
import { oneOf } from "../../shell/parser/index.js";
import {
  createCommand,
  deleteCommand,
  showCommand,
  type Call,
  type NeutronCommand,
} from "../command.js";
import { askedByIds } from "../ids.js";
import { everything, listCommand, type Things } from "../list-command.js";
import { find, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../resource.js";

/** Columns that have a name in the place of an id are called otherwise. */
const NAMED = new Map([
  ["security_group_id", "security_group"],
  ["remote_group_id", "remote_group"],
]);

const KEYS = dictOrder([...NAMED.keys()]);

/** Each rule with the names of its groups in the place of their ids. */
function* withNames({ api, args }: Call, rules: Things): Op<Things> {
  if (args.flag("no_nameconv")) return rules;
  const size = args.number("page_size") ?? 0;
  const limit = size === 0 ? {} : { limit: size };
  const ids = new Set(rules.flatMap((rule) => KEYS.map((key) => str(memberOf(rule, key)))));
  const groups = yield* askedByIds([...ids], (some) =>
    everything(api, SECURITY_GROUP, { fields: ["id", "name"], ...limit, id: some }),
  );
  const byId = new Map(groups.map((group) => [textOf(group, "id"), textOf(group, "name")]));
  return rules.map((rule) => {
    const shown: Record<string, Json> = { ...rule };
    for (const key of KEYS) {
      const id = memberOf(rule, key);
      const name = byId.get(str(id));
      shown[key] = name === undefined || name === "" ? id : name;
    }
    return shown;
  });
}

/** Rules without their groups, as `-F id` asks for, are more than that release can show. */
function memberOf(rule: JsonObject, key: string): Json {
  const member = rule[key];
  if (member === undefined) throw new Exception(bytesRepr(key));
  return member;
}

function* created({ api, args }: Call): Op<JsonObject> {
  const group = yield* find(api, SECURITY_GROUP, args.exactText("security_group_id") ?? "");
  const said: Record<string, Json> = {};
  for (const name of ["protocol", "port_range_min", "port_range_max", "remote_ip_prefix"]) {
    const text = args.text(name);
    if (text !== undefined) said[name] = text;
  }
  const remote = args.text("remote_group_id");
  if (remote !== undefined) said["remote_group_id"] = yield* find(api, SECURITY_GROUP, remote);
  const tenant = args.text("tenant_id");
  return {
    security_group_id: group,
    direction: args.exactText("direction") ?? "",
    ethertype: args.exactText("ethertype") ?? "",
    ...said,
    ...(tenant === undefined ? {} : { tenant_id: tenant }),
  };
}

export const securityGroupRuleCommands: readonly NeutronCommand[] = [
  listCommand("security-group-rule-list", SECURITY_GROUP_RULE, {
    columns: [
      ...["id", "security_group_id", "direction", "protocol", "remote_ip_prefix"],
      "remote_group_id",
    ],
    options: [flagOption("--no-nameconv", "Show the ids of groups, not their names.")],
    renamed: NAMED,
    keepsNames: (args) => args.flag("no_nameconv"),
    more: withNames,
  }),
  showCommand("security-group-rule-show", SECURITY_GROUP_RULE, { byName: false }),
  createCommand("security-group-rule-create", SECURITY_GROUP_RULE, {
    options: [
      valueOption("--direction", "{ingress,egress}", "ingress, unless told otherwise.", {
        type: oneOf(["ingress", "egress"]),
        otherwise: "ingress",
      }),
      valueOption("--ethertype", "ETHERTYPE", "IPv4 or IPv6.", { otherwise: "IPv4" }),
      valueOption("--protocol", "PROTOCOL", "The protocol."),
      ...withTwin(valueOption("--port-range-min", "PORT_RANGE_MIN", "The first port.")),
      ...withTwin(valueOption("--port-range-max", "PORT_RANGE_MAX", "The last port.")),
      ...withTwin(valueOption("--remote-ip-prefix", "REMOTE_IP_PREFIX", "The other side.")),
      ...withTwin(valueOption("--remote-group-id", "REMOTE_GROUP", "The group of the other side.")),
    ],
    positionals: [
      {
        dest: "security_group_id",
        metavar: "SECURITY_GROUP",
        count: "one",
        about: "The group, by name or id.",
      },
    ],
    body: created,
  }),
  deleteCommand("security-group-rule-delete", SECURITY_GROUP_RULE, {}, false),
];
