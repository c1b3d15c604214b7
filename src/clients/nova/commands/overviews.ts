/**
 * `availability-zone-list`, `absolute-limits`, `secgroup-list`, `secgroup-list-rules`: what there is and
 * what one may have. Upstream: novaclient/v1_1/shell.py.
 */
import {
  CommandError,
  Forbidden,
  NotFound,
  NoUniqueMatch,
} from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  isUuid,
  parseInteger,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, twinOf, valueOption } from "../../openstack/options.js";
import { listing, table } from "../../openstack/table.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";
import { one } from "./positionals.js";

const zones: Command<NovaClient> = {
  name: "availability-zone-list",
  about: "List availability zones; for administrators with hosts and services.",
  *run(nova, _args, console) {
    const found = yield* zonesOf(nova);
    console.write(table(["Name", "Status"], found.flatMap(tree)));
  },
};

/** In detail, or else without: whoever may not see the hosts sees the zones. */
function* zonesOf(nova: NovaClient): Op<JsonObject[]> {
  try {
    return yield* nova.availabilityZones(true);
  } catch (forbidden) {
    if (!(forbidden instanceof Forbidden)) throw forbidden;
    try {
      return yield* nova.availabilityZones(false);
    } catch (thrown) {
      yield* caught(thrown);
      throw forbidden;
    }
  }
}

function tree(zone: JsonObject): Json[][] {
  const state = memberOf(zone, "zoneState")["available"] === true ? "available" : "not available";
  const hosts = memberOf(zone, "hosts");
  return [
    [zone["zoneName"] ?? "", state],
    ...Object.keys(hosts)
      .sort()
      .flatMap((host) => {
        const services = memberOf(hosts, host);
        return [
          [`|- ${host}`, ""],
          ...dictOrder(Object.keys(services)).map((name) => [
            `| |- ${name}`,
            serviceState(memberOf(services, name)),
          ]),
        ];
      }),
  ];
}

function serviceState({
  active = false,
  available = false,
  updated_at = null,
}: JsonObject): string {
  const enabled = active === true ? "enabled" : "disabled";
  return `${enabled} ${available === true ? ":-)" : "XXX"} ${str(updated_at)}`;
}

const limits: Command<NovaClient> = {
  name: "absolute-limits",
  about: "Show what you may have, and have.",
  options: [
    {
      ...valueOption("--tenant", "<tenant>", "Of this project (administrators only)."),
      takes: "optional",
    },
    flagOption("--reserved", "Count what is reserved as well."),
  ],
  *run(nova, args, console) {
    const found = yield* nova.limits({
      reserved: args.flag("reserved"),
      tenant: args.text("tenant"),
    });
    const absolute = memberOf(found, "absolute");
    const rows = dictOrder(Object.keys(absolute)).map((name) => ({
      name,
      value: absolute[name] ?? null,
    }));
    console.write(listing(rows, ["Name", "Value"]));
  },
};

const allTenants: OptionSpec = {
  names: ["--all-tenants"],
  dest: "all_tenants",
  takes: "optional",
  metavar: "<0|1>",
  type: int,
  alone: 1,
  otherwise: 0,
  about: "Groups of every tenant (administrators only).",
};

const groupList: Command<NovaClient> = {
  name: "secgroup-list",
  about: "List security groups.",
  options: [allTenants, twinOf(allTenants)],
  *run({ securityGroups }, args, console) {
    const all = args.number("all_tenants") ?? 0;
    const headers = ["Id", "Name", "Description", ...(all === 0 ? [] : ["Tenant_ID"])];
    console.write(listing(yield* securityGroups.all(all), headers));
  },
};

const ruleList: Command<NovaClient> = {
  name: "secgroup-list-rules",
  about: "List the rules of a security group.",
  positionals: [one("secgroup", "The group's ID or name.")],
  *run(nova, args, console) {
    const group = yield* findGroup(nova, args.text("secgroup") ?? "");
    const rules = Array.isArray(group["rules"]) ? (group["rules"] as readonly Json[]) : [];
    const headers = ["IP Protocol", "From Port", "To Port", "IP Range", "Source Group"];
    console.write(listing(rules.filter(isObject).map(ruleRow), headers));
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

/** By id, or the only one of that name. @throws CommandError, NoUniqueMatch */
function* findGroup({ securityGroups }: NovaClient, nameOrId: string): Op<JsonObject> {
  if (parseInteger(nameOrId) !== undefined || isUuid(nameOrId)) {
    try {
      return yield* securityGroups.one(nameOrId);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  const found = (yield* securityGroups.all()).filter((group) => textOf(group, "name") === nameOrId);
  const [group, ...others] = found;
  if (others.length > 0) {
    throw new NoUniqueMatch(
      `Multiple security group matches found for name '${nameOrId}', use an ID to be more specific.`,
    );
  }
  if (group !== undefined) return group;
  throw new CommandError(`Secgroup ID or name '${nameOrId}' not found.`);
}

const memberOf = (thing: JsonObject, key: string): JsonObject => {
  const member = thing[key];
  return isObject(member) ? member : {};
};

export const overviewCommands: readonly Command<NovaClient>[] = [
  zones,
  limits,
  groupList,
  ruleList,
];
