/**
 * `secgroup-list-rules`, `-add-rule`, `-delete-rule`, the same with a group in the place of addresses, and rules that every
 * new group is to have. Upstream: novaclient/v1_1/shell.py, security_group_rules.py, 2.20.0.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import {
  AttributeError,
  intOf,
  isObject,
  parseInteger,
  textOf,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import type { Command } from "../../../openstack/command.js";
import { listing } from "../../../openstack/table.js";
import type { PositionalSpec } from "../../../shell/parser/index.js";
import { one } from "../positionals.js";
import { findGroup } from "./find-group.js";

const COLUMNS = ["IP Protocol", "From Port", "To Port", "IP Range"];
const WITH_SOURCE = [...COLUMNS, "Source Group"];
const PROTOCOL: PositionalSpec = { ...one("ip_proto", "icmp, tcp or udp."), metavar: "<ip-proto>" };
const PORTS: readonly PositionalSpec[] = [
  { ...one("from_port", "The first port."), metavar: "<from-port>" },
  { ...one("to_port", "The last port."), metavar: "<to-port>" },
];
const CIDR = one("cidr", "Addresses that are let in.");
const GROUP = one("secgroup", "The group's ID or name.");
const SOURCE = {
  ...one("source_group", "The group whose members are let in: its ID or name."),
  metavar: "<source-group>",
};

const printed = (rules: readonly JsonObject[], headers: readonly string[] = WITH_SOURCE): string =>
  listing(rules.map(ruleRow), headers);

const list: Command<NovaClient> = {
  name: "secgroup-list-rules",
  about: "List the rules of a security group.",
  positionals: [GROUP],
  *run(nova, args, console) {
    console.write(printed(rulesOf(yield* findGroup(nova, args.text("secgroup") ?? ""))));
  },
};

const add: Command<NovaClient> = {
  name: "secgroup-add-rule",
  about: "Let addresses in.",
  positionals: [GROUP, PROTOCOL, ...PORTS, CIDR],
  *run(nova, args, console) {
    const group = yield* findGroup(nova, args.text("secgroup") ?? "");
    const cidr = args.text("cidr") ?? "";
    const rule = { ...asked(args, args.text("ip_proto") ?? ""), parent: textOf(group, "id"), cidr };
    console.write(printed([yield* nova.securityGroups.makeRule(rule)]));
  },
};

const remove: Command<NovaClient> = {
  name: "secgroup-delete-rule",
  about: "Let addresses in no more.",
  positionals: [GROUP, PROTOCOL, ...PORTS, CIDR],
  *run(nova, args, console) {
    const group = yield* findGroup(nova, args.text("secgroup") ?? "");
    const rule = rulesOf(group).find((known) => isRule(known, args));
    if (rule === undefined) throw new CommandError("Rule not found");
    console.write(printed([rule]));
    yield* nova.securityGroups.deleteRule(textOf(rule, "id"));
  },
};

const addGroup: Command<NovaClient> = {
  name: "secgroup-add-group-rule",
  about: "Let the members of a group in.",
  positionals: [GROUP, SOURCE, PROTOCOL, ...PORTS],
  *run(nova, args, console) {
    const parent = textOf(yield* findGroup(nova, args.text("secgroup") ?? ""), "id");
    const source = textOf(yield* findGroup(nova, args.text("source_group") ?? ""), "id");
    together(args);
    const protocol = (args.text("ip_proto") ?? "").toUpperCase();
    const rule = { ...asked(args, protocol), parent, source, cidr: null };
    console.write(printed([yield* nova.securityGroups.makeRule(rule)]));
  },
};

const removeGroup: Command<NovaClient> = {
  name: "secgroup-delete-group-rule",
  about: "Let the members of a group in no more.",
  positionals: [GROUP, SOURCE, PROTOCOL, ...PORTS],
  *run(nova, args) {
    const group = yield* findGroup(nova, args.text("secgroup") ?? "");
    const source = textOf(yield* findGroup(nova, args.text("source_group") ?? ""), "name");
    together(args);
    const [from, to] = [intOf(args.text("from_port") ?? ""), intOf(args.text("to_port") ?? "")];
    const protocol = (args.text("ip_proto") ?? "").toUpperCase();
    const rule = rulesOf(group).find(
      (known) =>
        upper(known["ip_protocol"] ?? null) === protocol &&
        known["from_port"] === from &&
        known["to_port"] === to &&
        isObject(known["group"]) &&
        known["group"]["name"] === source,
    );
    if (rule === undefined) throw new CommandError("Rule not found");
    yield* nova.securityGroups.deleteRule(textOf(rule, "id"));
  },
};

const listDefaults: Command<NovaClient> = {
  name: "secgroup-list-default-rules",
  about: "List the rules that new security groups have.",
  *run({ securityGroups }, _args, console) {
    console.write(printed(yield* securityGroups.defaultRules(), COLUMNS));
  },
};

const addDefault: Command<NovaClient> = {
  name: "secgroup-add-default-rule",
  about: "Let addresses in with every new security group.",
  positionals: [PROTOCOL, ...PORTS, CIDR],
  *run({ securityGroups }, args, console) {
    const { protocol, fromPort, toPort } = asked(args, args.text("ip_proto") ?? "");
    const ports = { from_port: fromPort, to_port: toPort };
    const rule = { ip_protocol: protocol, ...ports, cidr: args.text("cidr") ?? "" };
    console.write(printed([yield* securityGroups.makeDefaultRule(rule)], COLUMNS));
  },
};

const removeDefault: Command<NovaClient> = {
  name: "secgroup-delete-default-rule",
  about: "Let addresses in with new security groups no more.",
  positionals: [PROTOCOL, ...PORTS, CIDR],
  *run({ securityGroups }, args, console): Op<void> {
    const rule = (yield* securityGroups.defaultRules()).find((known) => isRule(known, args));
    if (rule === undefined) throw new CommandError("Rule not found");
    console.write(printed([rule], COLUMNS));
    yield* securityGroups.deleteDefaultRule(textOf(rule, "id"));
  },
};

/** None is an empty cell here. */
function ruleRow(rule: JsonObject): JsonObject {
  const { ip_range, group, ...rest } = rule;
  const cells: JsonObject = {
    ...rest,
    ip_range: isObject(ip_range) ? (ip_range["cidr"] ?? null) : null,
    source_group: isObject(group) ? (group["name"] ?? null) : null,
  };
  return Object.fromEntries(Object.entries(cells).map(([key, value]) => [key, value ?? ""]));
}

function rulesOf(group: JsonObject): readonly JsonObject[] {
  const { rules } = group;
  return Array.isArray(rules) ? (rules as readonly Json[]).filter(isObject) : [];
}

/** Some of them may not be empty while others are not. @throws CommandError */
function together(args: Arguments): void {
  const given = ["ip_proto", "from_port", "to_port"].map((name) => args.text(name) !== undefined);
  if (!given.includes(true) || !given.includes(false)) return;
  throw new CommandError("ip_proto, from_port, and to_port must be specified together");
}

/** What the library checks before it asks. @throws CommandError */
function asked(args: Arguments, protocol: string) {
  const port = (name: string, what: string): number => {
    const number = parseInteger(args.text(name) ?? "");
    if (number === undefined) throw new CommandError(`${what} port must be an integer.`);
    return number;
  };
  const [fromPort, toPort] = [port("from_port", "From"), port("to_port", "To")];
  if (!["TCP", "UDP", "ICMP"].includes(protocol.toUpperCase())) {
    throw new CommandError("Ip protocol must be 'tcp', 'udp', or 'icmp'.");
  }
  return { protocol, fromPort, toPort };
}

/** Whether a rule is the one that was named; ports are read only if the protocol is the same. @throws ValueError */
function isRule(
  { ip_protocol, from_port, to_port, ip_range }: JsonObject,
  args: Arguments,
): boolean {
  if (typeof ip_protocol !== "string" || ip_protocol === "") return false;
  return (
    ip_protocol.toUpperCase() === (args.text("ip_proto") ?? "").toUpperCase() &&
    from_port === intOf(args.text("from_port") ?? "") &&
    to_port === intOf(args.text("to_port") ?? "") &&
    isObject(ip_range) &&
    ip_range["cidr"] === args.text("cidr")
  );
}

/** Of a rule for every protocol there is nothing to write in capitals, and that ends the command. @throws AttributeError */
function upper(protocol: Json): string {
  if (typeof protocol === "string") return protocol.toUpperCase();
  throw new AttributeError("'NoneType' object has no attribute 'upper'");
}

export const securityGroupRuleCommands: readonly Command<NovaClient>[] = [
  list,
  add,
  remove,
  addGroup,
  removeGroup,
  listDefaults,
  addDefault,
  removeDefault,
];
