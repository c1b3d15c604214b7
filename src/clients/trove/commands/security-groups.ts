/** Security groups of instances. Upstream: troveclient/v1/shell.py (do_secgroup_*), 1.0.7. */
import { isObject, type Json } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { one, typed } from "../arguments.js";
import { printList, printThing } from "../print.js";
import type { TroveSession } from "../session.js";

const theGroup = one("security_group", "Security group ID.");
const RULE = ["id", "protocol", "from_port", "to_port", "cidr"];

const list: Command<TroveSession> = {
  name: "secgroup-list",
  about: "Lists all security groups.",
  *run(session, _args, console) {
    const groups = yield* session.trove.all("/security-groups", "security_groups");
    printList(session, console, groups, ["id", "name", "instance_id"]);
  },
};

const show: Command<TroveSession> = {
  name: "secgroup-show",
  about: "Shows details of a security group.",
  positionals: [theGroup],
  *run(session, args, console) {
    const path = `/security-groups/${typed(args, "security_group")}`;
    const { rules: _rules, ...group } = yield* session.trove.get(path, "security_group");
    printThing(session, console, group);
  },
};

const listRules: Command<TroveSession> = {
  name: "secgroup-list-rules",
  about: "Lists all rules for a security group.",
  positionals: [theGroup],
  *run(session, args, console) {
    const path = `/security-groups/${typed(args, "security_group")}`;
    const { rules } = yield* session.trove.get(path, "security_group");
    const all = Array.isArray(rules) ? (rules as readonly Json[]).filter(isObject) : [];
    printList(session, console, all, RULE);
  },
};

const addRule: Command<TroveSession> = {
  name: "secgroup-add-rule",
  about: "Creates a security group rule.",
  positionals: [theGroup, one("cidr", "CIDR address.")],
  *run(session, args, console) {
    const security_group_rule = {
      group_id: typed(args, "security_group"),
      cidr: typed(args, "cidr"),
    };
    const path = "/security-group-rules";
    const rules = yield* session.trove.createAll(
      path,
      { security_group_rule },
      "security_group_rule",
    );
    const [id = "id", ...rest] = RULE;
    printList(session, console, rules, [id, "security_group_id", ...rest, "created"]);
  },
};

const deleteRule: Command<TroveSession> = {
  name: "secgroup-delete-rule",
  about: "Deletes a security group rule.",
  positionals: [one("security_group_rule", "Name of security group rule.")],
  *run({ trove }, args) {
    yield* trove.delete(`/security-group-rules/${typed(args, "security_group_rule")}`);
  },
};

export const securityGroupCommands: readonly Command<TroveSession>[] = [
  ...[list, show, listRules, addRule, deleteRule],
];
