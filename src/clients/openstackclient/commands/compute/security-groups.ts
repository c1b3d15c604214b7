/**
 * `security group list|show` and `security group rule list`; Nova does not change groups here. Upstream:
 * openstackclient/compute/v2/security_group.py, 0.4.1.
 */
import { Forbidden } from "../../../../framework/apiclient/index.js";
import type { Op } from "../../../../kernel/index.js";
import { isObject, str, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import { flagOption } from "../../../openstack/options.js";
import type { OpenStackClients } from "../../clients.js";
import { found } from "../../find.js";
import {
  argument,
  dictText,
  lister,
  rowsOf,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { allProjects } from "../projects.js";
import { securityGroupLookup } from "./lookups.js";

const GROUP = [argument("group", "Its name or id.")];

const list = lister(
  {
    name: "security group list",
    about: "List security groups.",
    options: [flagOption("--all-projects", "Of all projects, for administrators.")],
  },
  function* (clients, args) {
    const all = args.flag("all_projects");
    const groups = yield* clients.compute.securityGroups.all(all ? "True" : undefined);
    const names = yield* projectNames(clients);
    const columns = ["ID", "Name", "Description"];
    if (!all) return rowsOf(groups, columns);
    return rowsOf(groups, [...columns, "Tenant ID"], [...columns, "Project"], {
      "Tenant ID": (id) => names.get(str(id)) ?? id,
    });
  },
);

/** Nobody but an administrator gets to know them. */
function* projectNames(clients: OpenStackClients): Op<Map<string, string>> {
  try {
    const projects = yield* allProjects(clients);
    return new Map(projects.map((its) => [textOf(its, "id"), textOf(its, "name")]));
  } catch (error) {
    if (error instanceof Forbidden) return new Map();
    throw error;
  }
}

const show = shower(
  { name: "security group show", about: "Show a security group.", positionals: GROUP },
  function* ({ compute }, args) {
    const group = yield* found(securityGroupLookup(compute), word(args, "group"));
    const { tenant_id = null, ...info } = group;
    return { ...info, rules: rulesOf(group).map(dictText), project_id: tenant_id };
  },
);

const listRules = lister(
  {
    name: "security group rule list",
    about: "List the rules of a security group.",
    positionals: [argument("group", "The group's name or id.")],
  },
  function* ({ compute }, args) {
    const group = yield* found(securityGroupLookup(compute), word(args, "group"));
    return rowsOf(rulesOf(group), ["ID", "IP Protocol", "IP Range", "Port Range"]);
  },
);

const rulesOf = (group: JsonObject): JsonObject[] => {
  const { rules } = group;
  return Array.isArray(rules) ? (rules as readonly Json[]).filter(isObject).map(asShown) : [];
};

/** Upstream: _xform_security_group_rule. */
function asShown({ from_port = null, to_port = null, ...rule }: JsonObject): JsonObject {
  const { ip_protocol: protocol = null, ip_range: range } = rule;
  const none = from_port === null && to_port === null;
  const ports = none ? "" : `${str(from_port)}:${str(to_port)}`;
  return {
    ...rule,
    ip_protocol: protocol ?? "",
    ip_range: isObject(range) ? (range["cidr"] ?? "") : "",
    port_range: protocol === "icmp" ? "" : ports,
  };
}

export const securityGroupCommands: readonly OpenStackCommand[] = [list, show, listRules];
