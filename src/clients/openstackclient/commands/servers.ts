/** Servers. Upstream: openstackclient/compute/v2/server.py, 0.4.1. */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  AttributeError,
  isObject,
  str,
  textOf,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { bootBody, type Nic } from "../../../services/nova/client/index.js";
import { valueOption, flagOption } from "../../openstack/options.js";
import { int } from "../../shell/parser/index.js";
import type { OpenStackClients } from "../clients.js";
import { found, type Lookup } from "../find.js";
import { argument, lister, longOption, shower, type OpenStackCommand } from "../output.js";
import { flavorLookup } from "./flavors.js";

const serverLookup = ({ compute }: OpenStackClients): Lookup<JsonObject> => ({
  what: "server",
  get: (id) => compute.server(id),
  *named(name) {
    const brief = yield* compute.serversInBrief({ name });
    const found: JsonObject[] = [];
    for (const { id, name: its } of brief) if (its === name) found.push(yield* compute.server(id));
    return found;
  },
});

/** Images as the compute API shows them. */
const computeImages = ({ compute }: OpenStackClients): Lookup<JsonObject> => ({
  what: "image",
  get: (id) => compute.image(id),
  *named(name) {
    const brief = yield* compute.imagesInBrief();
    const found: JsonObject[] = [];
    for (const { id, name: its } of brief) if (its === name) found.push(yield* compute.image(id));
    return found;
  },
});

/** `private=10.0.0.2, fd00::2; other=10.1.0.2`. */
function networksOf(server: JsonObject): string {
  const addresses = isObject(server["addresses"]) ? server["addresses"] : {};
  return Object.entries(addresses)
    .map(([network, ports]) => {
      const all = Array.isArray(ports) ? (ports as readonly Json[]).filter(isObject) : [];
      return [network, all.map((port) => textOf(port, "addr"))] as const;
    })
    .filter(([, all]) => all.length > 0)
    .map(([network, all]) => `${network}=${all.join(", ")}`)
    .join("; ");
}

/** `a='1', b='2'`. */
function dictText(value: Json | undefined): string {
  const dict = isObject(value) ? value : {};
  return Object.keys(dict)
    .sort()
    .map((key) => `${key}='${str(dict[key] ?? null)}'`)
    .join(", ");
}

/** @throws AttributeError for a server without an image, which upstream does not expect */
function* detail(clients: OpenStackClients, id: string, known: JsonObject): Op<JsonObject> {
  const {
    links: _,
    metadata,
    image,
    flavor,
    ...info
  } = {
    ...known,
    ...(yield* clients.compute.server(id)),
  };
  if (!isObject(image)) throw new AttributeError("'unicode' object has no attribute 'get'");
  const imageId = textOf(image, "id");
  const its = yield* found(computeImages(clients), imageId);
  const flavorId = isObject(flavor) ? textOf(flavor, "id") : "";
  const size = yield* found(flavorLookup(clients), flavorId);
  return {
    ...info,
    image: `${textOf(its, "name")} (${imageId})`,
    flavor: `${textOf(size, "name")} (${flavorId})`,
    addresses: networksOf(info),
    properties: dictText(metadata),
  };
}

const FILTERS = ["reservation-id", "ip", "ip6", "name", "status", "flavor", "image", "host"];

const searchOption = (name: string) =>
  valueOption(`--${name}`, `<${name}>`, "Only servers with this.");

const SERVER = [argument("server", "Its name or id.")];

const named = (what: "server"): Pick<OpenStackCommand, "names"> => ({
  names: (args) => [{ what, name: args.text("server") ?? "" }],
});

/** Something that a server is told, and that answers nothing. */
const acting = (verb: string, action: string): OpenStackCommand => ({
  name: `server ${verb}`,
  about: `${verb} a server.`,
  positionals: SERVER,
  ...named("server"),
  *run(clients, args) {
    const { id } = yield* found(serverLookup(clients), args.exactText("server") ?? "");
    yield* clients.compute.action(str(id ?? null), action);
  },
});

export const serverCommands: readonly OpenStackCommand[] = [
  lister(
    {
      name: "server list",
      about: "List servers.",
      options: [
        ...FILTERS.map(searchOption),
        searchOption("instance-name"),
        flagOption("--all-projects", "Of all projects, for administrators."),
        longOption,
      ],
    },
    function* ({ compute }, args) {
      const search = [...FILTERS, "instance-name"].map((name) => {
        const dest = name.replaceAll("-", "_");
        return [dest, args.text(dest)] as const;
      });
      const filters = Object.fromEntries(search.filter(([, value]) => value !== undefined));
      const all = args.flag("all_projects") ? { all_tenants: "True" } : {};
      const servers = yield* compute.servers({ ...filters, ...all });
      const long = args.flag("long");
      return {
        columns: long
          ? ["ID", "Name", "Status", "Networks", "Availability Zone", "Host", "Properties"]
          : ["ID", "Name", "Status", "Networks"],
        rows: servers.map((server: JsonObject) => [
          ...[server["id"] ?? "", server["name"] ?? "", server["status"] ?? "", networksOf(server)],
          ...(long
            ? [
                server["OS-EXT-AZ:availability_zone"] ?? "",
                server["OS-EXT-SRV-ATTR:host"] ?? "",
                dictText(server["metadata"]),
              ]
            : []),
        ]),
      };
    },
  ),
  shower(
    { name: "server show", about: "Show a server.", positionals: SERVER, ...named("server") },
    function* (clients, args) {
      const server = yield* found(serverLookup(clients), args.exactText("server") ?? "");
      return yield* detail(clients, textOf(server, "id"), server);
    },
  ),
  shower(
    {
      name: "server create",
      about: "Make a server.",
      positionals: [argument("server_name", "Its name.")],
      options: [
        { ...valueOption("--image", "<image>", "Made from this image."), required: true },
        { ...valueOption("--flavor", "<flavor>", "Of this flavor."), required: true },
        {
          ...valueOption("--security-group", "<security-group-name>", "In this group.", {
            many: true,
            otherwise: [],
          }),
        },
        valueOption("--key-name", "<key-name>", "With this key."),
        valueOption("--availability-zone", "<zone-name>", "In this zone."),
        valueOption("--nic", "<nic-config-string>", "net-id=..., v4-fixed-ip=..., port-id=...", {
          many: true,
          otherwise: [],
        }),
        valueOption("--min", "<count>", "Servers at least.", { type: int, otherwise: 1 }),
        valueOption("--max", "<count>", "Servers at most.", { type: int, otherwise: 1 }),
      ],
      names: (args) => [
        { what: "image", name: args.text("image") ?? "" },
        { what: "flavor", name: args.text("flavor") ?? "" },
        {
          what: "server",
          name: args.text("server_name") ?? "",
          makes: (args.number("max") ?? 1) > 1 ? "many" : "one",
        },
      ],
    },
    function* (clients, args) {
      const image = yield* found(computeImages(clients), args.exactText("image") ?? "");
      const flavor = yield* found(flavorLookup(clients), args.exactText("flavor") ?? "");
      const [minCount, maxCount] = [args.number("min") ?? 1, args.number("max") ?? 1];
      if (minCount > maxCount) throw new CommandError("min instances should be <= max instances");
      if (minCount < 1) throw new CommandError("min instances should be > 0");
      const server = yield* clients.compute.createServer(
        bootBody({
          name: args.exactText("server_name") ?? "",
          imageId: textOf(image, "id"),
          flavorId: textOf(flavor, "id"),
          minCount,
          maxCount,
          keyName: args.text("key_name"),
          securityGroups: args.texts("security_group"),
          availabilityZone: args.text("availability_zone"),
          nics: args.texts("nic").map(nicOf),
        }),
      );
      return yield* detail(clients, server.id, server);
    },
  ),
  {
    name: "server delete",
    about: "Delete a server.",
    positionals: SERVER,
    ...named("server"),
    *run(clients, args) {
      const { id } = yield* found(serverLookup(clients), args.exactText("server") ?? "");
      yield* clients.compute.deleteServer(str(id ?? null));
    },
  },
  acting("lock", "lock"),
  acting("unlock", "unlock"),
];

/** `net-id=x,v4-fixed-ip=y`. */
function nicOf(text: string): Nic {
  const parts = new Map(
    text.split(",").map((pair): [string, string] => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const [net, address, port] = ["net-id", "v4-fixed-ip", "port-id"].map(
    (key) => parts.get(key) ?? "",
  );
  return {
    ...(net && { uuid: net }),
    ...(address && { fixed_ip: address }),
    ...(port && { port }),
  };
}
