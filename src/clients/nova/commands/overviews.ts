/**
 * `availability-zone-list`, `absolute-limits`, `rate-limits`, `list-extensions`: what there is and what one may have. Upstream:
 * novaclient/v1_1/shell.py, novaclient/v1_1/contrib/list_extensions.py.
 */
import { Forbidden } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import { listing, table } from "../../openstack/table.js";

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

const memberOf = (thing: JsonObject, key: string): JsonObject => {
  const member = thing[key];
  return isObject(member) ? member : {};
};

const rates: Command<NovaClient> = {
  name: "rate-limits",
  about: "List how often you may ask; Juno limits nobody unless it is told to.",
  *run(nova, _args, console) {
    const { rate } = yield* nova.limits();
    const groups = Array.isArray(rate) ? (rate as readonly Json[]).filter(isObject) : [];
    const rows = groups.flatMap(({ uri = null, limit }) =>
      (Array.isArray(limit) ? (limit as readonly Json[]).filter(isObject) : []).map((one) => ({
        verb: one["verb"] ?? null,
        uri,
        value: one["value"] ?? null,
        remain: one["remaining"] ?? null,
        unit: one["unit"] ?? null,
        next_available: one["next-available"] ?? null,
      })),
    );
    console.write(listing(rows, ["Verb", "URI", "Value", "Remain", "Unit", "Next_Available"]));
  },
};

const extensions: Command<NovaClient> = {
  name: "list-extensions",
  about: "List the extensions of the API.",
  *run(nova, _args, console) {
    const rows = (yield* nova.extensions()).map((extension) => ({
      ...extension,
      summary: summaryOf(textOf(extension, "description").trim()),
    }));
    console.write(listing(rows, ["Name", "Summary", "Alias", "Updated"]));
  },
};

/** The first line, and that there are more. */
function summaryOf(description: string): string {
  const [first = "", ...others] = description.split("\n");
  if (first === "" && others.length === 0) return "??";
  return others.length === 0 ? first : `${first}...`;
}

export const overviewCommands: readonly Command<NovaClient>[] = [zones, limits, rates, extensions];
