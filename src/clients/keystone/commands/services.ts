/** `service-create`, `-list`, `-get`, `-delete`. Upstream: keystoneclient/v2_0/shell.py, services.py. */
import type { Command } from "../../openstack/command.js";
import { argument, valueOption } from "../../openstack/options.js";
import { SERVICES, type IdentityApi } from "../identity-api.js";
import { printDict, printList } from "../print.js";

const service = argument("service", "<service>", "Name or id of a service.");

const create: Command<IdentityApi> = {
  name: "service-create",
  about: "Make a service of the catalog.",
  options: [
    valueOption("--name", "<name>", "What it is to be called.", { required: true }),
    valueOption("--type", "<type>", "What it serves: identity, compute, image, or anything.", {
      required: true,
    }),
    valueOption("--description", "<service-description>", "What it is for."),
  ],
  *run(keystone, args, console) {
    const made = yield* keystone.create(SERVICES, {
      name: args.exactText("name") ?? "",
      type: args.exactText("type") ?? "",
      description: args.exactText("description") ?? null,
    });
    printDict(console, made);
  },
};

const list: Command<IdentityApi> = {
  name: "service-list",
  about: "List the services of the catalog.",
  *run(keystone, _args, console) {
    const services = yield* keystone.list(SERVICES);
    printList(console, services, ["id", "name", "type", "description"], "name");
  },
};

const get: Command<IdentityApi> = {
  name: "service-get",
  about: "Show a service of the catalog in full.",
  positionals: [service],
  *run(keystone, args, console) {
    printDict(console, yield* keystone.find(SERVICES, args.exactText("service") ?? ""));
  },
};

const remove: Command<IdentityApi> = {
  name: "service-delete",
  about: "Delete a service of the catalog.",
  positionals: [service],
  *run(keystone, args) {
    const id = yield* keystone.idOf(SERVICES, args.exactText("service") ?? "");
    yield* keystone.change("DELETE", `${SERVICES.path}/${id}`);
  },
};

export const serviceCommands: readonly Command<IdentityApi>[] = [create, list, get, remove];
