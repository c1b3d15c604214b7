/**
 * Names for floating IPs: `dns-domains`, `-create-private-domain`, `-create-public-domain`, `-delete-domain`, `-create`, `-delete`,
 * `-list`. Upstream: novaclient/v1_1/shell.py, 2.20.0.
 */
import { CommandError } from "../../../../framework/apiclient/index.js";
import type { NovaClient } from "../../../../services/nova/client/index.js";
import type { Command } from "../../../openstack/command.js";
import { valueOption, withTwin } from "../../../openstack/options.js";
import { listing } from "../../../openstack/table.js";
import { one } from "../positionals.js";

const DOMAIN = one("domain", "The domain.");
const NAME = one("name", "The name in it.");

const domains: Command<NovaClient> = {
  name: "dns-domains",
  about: "List domains.",
  *run({ dns }, _args, console) {
    const headers = ["domain", "scope", "project", "availability_zone"];
    console.write(listing(yield* dns.domains(), headers, 0));
  },
};

const createPrivate: Command<NovaClient> = {
  name: "dns-create-private-domain",
  about: "Make a domain for servers of a zone.",
  positionals: [DOMAIN],
  options: withTwin(valueOption("--availability-zone", "<availability-zone>", "Which zone.")),
  *run({ dns }, args) {
    const availability_zone = args.exactText("availability_zone") ?? null;
    yield* dns.makeDomain(args.text("domain") ?? "", { scope: "private", availability_zone });
  },
};

const createPublic: Command<NovaClient> = {
  name: "dns-create-public-domain",
  about: "Make a domain for users of a project.",
  positionals: [DOMAIN],
  options: [valueOption("--project", "<project>", "Which project.")],
  *run({ dns }, args) {
    const project = args.exactText("project") ?? null;
    yield* dns.makeDomain(args.text("domain") ?? "", { scope: "public", project });
  },
};

const deleteDomain: Command<NovaClient> = {
  name: "dns-delete-domain",
  about: "Delete a domain.",
  positionals: [DOMAIN],
  *run({ dns }, args) {
    yield* dns.deleteDomain(args.text("domain") ?? "");
  },
};

const create: Command<NovaClient> = {
  name: "dns-create",
  about: "Give an address a name.",
  positionals: [one("ip", "The address."), NAME, DOMAIN],
  options: [valueOption("--type", "<type>", "The kind of entry.", { otherwise: "A" })],
  *run({ dns }, args) {
    const entry = { ip: args.text("ip") ?? "", dns_type: args.exactText("type") ?? "A" };
    yield* dns.make(args.text("domain") ?? "", args.text("name") ?? "", entry);
  },
};

const remove: Command<NovaClient> = {
  name: "dns-delete",
  about: "Take a name away.",
  positionals: [DOMAIN, NAME],
  *run({ dns }, args) {
    yield* dns.delete(args.text("domain") ?? "", args.text("name") ?? "");
  },
};

const list: Command<NovaClient> = {
  name: "dns-list",
  about: "List the names of an address, or what has a name.",
  positionals: [DOMAIN],
  options: [
    valueOption("--ip", "<ip>", "The address."),
    valueOption("--name", "<name>", "The name."),
  ],
  *run({ dns }, args, console) {
    const [domain, ip, name] = [args.text("domain") ?? "", args.text("ip"), args.text("name")];
    if (ip === undefined && name === undefined) {
      throw new CommandError("You must specify either --ip or --name");
    }
    const entries =
      name === undefined
        ? yield* dns.entriesFor(domain, ip ?? "")
        : [yield* dns.entry(domain, name)];
    console.write(listing(entries, ["ip", "name", "domain"], 0));
  },
};

export const dnsCommands: readonly Command<NovaClient>[] = [
  domains,
  createPrivate,
  createPublic,
  deleteDomain,
  create,
  remove,
  list,
];
