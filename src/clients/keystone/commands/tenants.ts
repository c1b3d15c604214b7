/** `tenant-list`, `-get`, `-create`, `-update`, `-delete`. Upstream: keystoneclient/v2_0/shell.py, tenants.py. */
import { caught } from "../../../kernel/index.js";
import { AttributeError, boolFromString, textOf, type JsonObject } from "../../../python/index.js";
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { TENANTS, type IdentityApi } from "../identity-api.js";
import { printDict, printList } from "../print.js";

const tenant = argument("tenant", "<tenant>", "Name or id of a tenant.");

const description = valueOption("--description", "<tenant-description>", "What it is for.");

const list: Command<IdentityApi> = {
  name: "tenant-list",
  about: "List all tenants.",
  *run(keystone, _args, console) {
    printList(console, yield* keystone.list(TENANTS), ["id", "name", "enabled"], "name");
  },
};

const get: Command<IdentityApi> = {
  name: "tenant-get",
  about: "Show a tenant in full.",
  positionals: [tenant],
  *run(keystone, args, console) {
    printDict(console, yield* keystone.find(TENANTS, args.exactText("tenant") ?? ""));
  },
};

const create: Command<IdentityApi> = {
  name: "tenant-create",
  about: "Make a tenant.",
  options: [
    valueOption("--name", "<tenant-name>", "What it is to be called.", { required: true }),
    description,
    valueOption(
      "--enabled",
      "<true|false>",
      "Whether it may be used: true unless told otherwise.",
      {
        otherwise: "true",
      },
    ),
  ],
  *run(keystone, args, console) {
    const made = yield* keystone.create(TENANTS, {
      name: args.exactText("name") ?? "",
      description: args.exactText("description") ?? null,
      enabled: boolFromString(args.exactText("enabled")),
    });
    printDict(console, made);
  },
};

const update: Command<IdentityApi> = {
  name: "tenant-update",
  about: "Change a tenant's name, description, or whether it may be used.",
  options: [
    valueOption("--name", "<tenant_name>", "What it is to be called."),
    description,
    valueOption("--enabled", "<true|false>", "Whether it may be used."),
  ],
  positionals: [tenant],
  *run(keystone, args, console) {
    const found = yield* keystone.find(TENANTS, args.exactText("tenant") ?? "");
    const [name, enabled] = [args.text("name"), args.text("enabled")];
    const about = args.exactText("description");
    if (name === undefined && about === undefined && enabled === undefined) {
      console.print("Tenant not updated, no arguments present.");
      return;
    }
    const id = textOf(found, "id");
    const all: JsonObject = {
      id,
      name: name ?? attribute(found, "name"),
      enabled: enabled === undefined ? attribute(found, "enabled") : boolFromString(enabled),
      description: about ?? attribute(found, "description"),
    };
    const given = Object.entries(all).filter(([, value]) => value !== null);
    const sent = { tenant: Object.fromEntries(given) };
    try {
      yield* keystone.change("POST", `${TENANTS.path}/${id}`, sent);
    } catch (thrown) {
      // Whatever goes wrong is lost: Tenant.update catches it and says nothing.
      yield* caught(thrown);
    }
  },
};

/** @throws AttributeError of its name */
function attribute(thing: JsonObject, name: string): JsonObject[string] {
  const value = thing[name];
  if (value === undefined) throw new AttributeError(name);
  return value;
}

const remove: Command<IdentityApi> = {
  name: "tenant-delete",
  about: "Delete a tenant.",
  positionals: [tenant],
  *run(keystone, args) {
    const id = yield* keystone.idOf(TENANTS, args.exactText("tenant") ?? "");
    yield* keystone.change("DELETE", `${TENANTS.path}/${id}`);
  },
};

export const tenantCommands: readonly Command<IdentityApi>[] = [list, get, create, update, remove];
