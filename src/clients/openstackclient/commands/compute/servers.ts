/**
 * `server list|show|delete|lock|unlock`. `--diagnostics` is not there. Upstream:
 * openstackclient/compute/v2/server.py, 0.4.1.
 */
import { parseInteger, repr, ValueError, type JsonObject } from "../../../../python/index.js";
import type { Arguments } from "../../../openstack/arguments.js";
import { flagOption, valueOption } from "../../../openstack/options.js";
import { found, idOf } from "../../find.js";
import {
  argument,
  dictText,
  lister,
  longOption,
  shower,
  word,
  type OpenStackCommand,
} from "../../output.js";
import { serverLookup } from "./lookups.js";
import { networksOf, serverDetail } from "./server-detail.js";

const FILTERS = [
  ["reservation-id", "<reservation-id>"],
  ["ip", "<ip-address-regex>"],
  ["ip6", "<ip-address-regex>"],
  ["name", "<name>"],
  ["status", "<status>"],
  ["flavor", "<flavor>"],
  ["image", "<image>"],
  ["host", "<hostname>"],
  ["instance-name", "<server-name>"],
] as const;

/** `<server>`, and how a line that has it names it. */
export const SERVER: Pick<OpenStackCommand, "positionals" | "names"> = {
  positionals: [argument("server", "Its name or id.")],
  names: (args) => [{ what: "server", name: args.text("server") ?? "" }],
};

/** Something that a server is told, and that answers nothing. */
const acting = (verb: string, action: string): OpenStackCommand => ({
  name: `server ${verb}`,
  about: `${verb} a server.`,
  ...SERVER,
  *run({ compute }, args) {
    yield* compute.action(yield* idOf(serverLookup(compute), word(args, "server")), action);
  },
});

const list = lister(
  {
    name: "server list",
    about: "List servers.",
    options: [
      ...FILTERS.map(([name, metavar]) =>
        valueOption(`--${name}`, metavar, "Only servers with this."),
      ),
      {
        ...flagOption("--all-projects", "Of all projects, for administrators."),
        env: ["ALL_PROJECTS"],
      },
      longOption,
    ],
  },
  function* ({ compute }, args) {
    const search = FILTERS.map(([name]) => {
      const dest = name.replaceAll("-", "_");
      return [dest, args.text(dest)] as const;
    });
    const filters = Object.fromEntries(search.filter(([, value]) => value !== undefined));
    const all = allProjects(args) ? { all_tenants: "True" } : {};
    const servers = yield* compute.servers({ ...filters, ...all });
    const long = args.flag("long");
    const more = long ? ["Availability Zone", "Host", "Properties"] : [];
    return {
      columns: ["ID", "Name", "Status", "Networks", ...more],
      rows: servers.map((server: JsonObject) => [
        ...[server["id"] ?? "", server["name"] ?? "", server["status"] ?? "", networksOf(server)],
        ...(long ? detailsOf(server) : []),
      ]),
    };
  },
);

const detailsOf = (server: JsonObject) => [
  ...["OS-EXT-AZ:availability_zone", "OS-EXT-SRV-ATTR:host"].map((key) =>
    Object.hasOwn(server, key) ? (server[key] ?? null) : "",
  ),
  dictText(server["metadata"]),
];

/** `bool(int(env[ALL_PROJECTS]))`. @throws ValueError */
function allProjects(args: Arguments): boolean {
  const said = args.text("all_projects");
  if (said === undefined) return args.flag("all_projects");
  const number = parseInteger(said);
  if (number !== undefined) return number !== 0;
  throw new ValueError(`invalid literal for int() with base 10: ${repr(said, "")}`);
}

const show = shower(
  { name: "server show", about: "Show a server.", ...SERVER },
  function* ({ compute }, args) {
    return yield* serverDetail(compute, yield* found(serverLookup(compute), word(args, "server")));
  },
);

const remove: OpenStackCommand = {
  name: "server delete",
  about: "Delete a server.",
  ...SERVER,
  *run({ compute }, args) {
    yield* compute.deleteServer(yield* idOf(serverLookup(compute), word(args, "server")));
  },
};

export const serverCommands: readonly OpenStackCommand[] = [
  ...[list, show, remove, acting("lock", "lock"), acting("unlock", "unlock")],
];
