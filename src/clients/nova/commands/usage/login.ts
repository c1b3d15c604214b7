/**
 * What Keystone and Nova say of themselves: `credentials`, `endpoints`, `version-list`. Upstream: novaclient/v1_1/shell.py, 2.20.0.
 */
import type { Op } from "../../../../kernel/index.js";
import { intOf, isObject, textOf, type Json, type JsonObject } from "../../../../python/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption } from "../../../openstack/options.js";
import { listing, propertyTable } from "../../../openstack/table.js";

const objects = (json: Json | undefined): JsonObject[] =>
  Array.isArray(json) ? (json as readonly Json[]).filter(isObject) : [];

const accessOf = ({ login }: NovaClient): Op<JsonObject> => login?.access() ?? none();

function* none(): Op<JsonObject> {
  return {};
}

const credentials: Command<NovaClient> = {
  name: "credentials",
  about: "Show what Keystone said of the user and the token.",
  options: [
    valueOption("--wrap", "<integer>", "Where to wrap what is long; 0: nowhere.", {
      otherwise: "64",
    }),
  ],
  *run(nova, args, console) {
    const access = yield* accessOf(nova);
    const wrap = intOf(args.exactText("wrap") ?? "64");
    for (const [member, property] of [
      ["user", "User Credentials"],
      ["token", "Token"],
    ] as const) {
      const shown = access[member];
      console.write(propertyTable(isObject(shown) ? shown : {}, { property, wrap }));
    }
  },
};

const endpoints: Command<NovaClient> = {
  name: "endpoints",
  about: "Show where each service of the catalog is.",
  *run(nova, _args, console) {
    const region = nova.login?.region;
    const access = yield* accessOf(nova);
    for (const service of objects(access["serviceCatalog"])) {
      const [name, all] = [textOf(service, "name"), objects(service["endpoints"])];
      const first = all.length === 1 ? all[0] : all.find((one) => one["region"] === region);
      if (first === undefined) {
        console.print(
          `WARNING: ${name} has no endpoint in ${region ?? "None"}! Available endpoints for this service:`,
        );
      }
      for (const endpoint of first === undefined ? all : [first]) {
        console.write(propertyTable(endpoint, { property: name }));
      }
    }
  },
};

const versions: Command<NovaClient> = {
  name: "version-list",
  about: "List the versions of the API.",
  *run({ login }, _args, console) {
    const body = login === undefined ? null : (yield* login.root()).body;
    const known = isObject(body) ? objects(body["versions"]) : [];
    console.write(listing(known, ["Id", "Status", "Updated"], 0));
  },
};

export const loginCommands: readonly Command<NovaClient>[] = [credentials, endpoints, versions];
