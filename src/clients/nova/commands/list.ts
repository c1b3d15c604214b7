/** `list`: servers in a table. Upstream: novaclient/v1_1/shell.py (do_list); transcripts §T2. */
import type { Op } from "../../../kernel/index.js";
import { isObject, slug, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { NovaClient } from "../../../services/nova/client/index.js";
import type { ServerFilters } from "../../../services/nova/client/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, twinOf, valueOption } from "../../openstack/options.js";
import { table } from "../../openstack/table.js";
import { int, type OptionSpec } from "../../shell/parser/index.js";
import { findFlavor, findImage } from "../find.js";
import { networksOf } from "./show-server.js";

const reservation = valueOption(
  "--reservation-id",
  "<reservation-id>",
  "Servers that were booted under this reservation.",
);
const instanceName = valueOption(
  "--instance-name",
  "<name-regexp>",
  "Servers whose name on the hypervisor matches this regular expression.",
);
const allTenants: OptionSpec = {
  names: ["--all-tenants"],
  dest: "all_tenants",
  takes: "optional",
  metavar: "<0|1>",
  type: int,
  alone: 1,
  otherwise: 0,
  about: "Servers of every tenant (administrators only).",
};

export const list: Command<NovaClient> = {
  name: "list",
  about: "List servers.",
  options: [
    reservation,
    twinOf(reservation),
    valueOption("--ip", "<ip-regexp>", "Servers with a matching IPv4 address."),
    valueOption("--ip6", "<ip6-regexp>", "Servers with a matching IPv6 address."),
    valueOption("--name", "<name-regexp>", "Servers with a matching name."),
    instanceName,
    twinOf(instanceName),
    valueOption("--status", "<status>", "Servers in this status."),
    valueOption("--flavor", "<flavor>", "Servers of this flavor, by name or ID."),
    valueOption("--image", "<image>", "Servers of this image, by name or ID."),
    valueOption("--host", "<hostname>", "Servers on this host (administrators only)."),
    allTenants,
    twinOf(allTenants),
    { ...valueOption("--tenant", "<tenant>", "Servers of this tenant."), takes: "optional" },
    flagOption("--deleted", "Deleted servers only (administrators only)."),
    valueOption("--fields", "<fields>", "What to show, separated by commas, as named by show."),
    flagOption("--minimal", "Show ID and name only."),
  ],
  *run(nova, args, console) {
    const filters = yield* filtersOf(nova, args);
    const minimal = args.flag("minimal");
    const servers = yield* minimal ? nova.serversInBrief(filters) : nova.servers(filters);
    const columns = minimal ? MINIMAL : (chosen(args.text("fields")) ?? USUAL);
    const rows = servers.map((server) => columns.map(({ cell }) => cell(server)));
    const headers = columns.map(({ title }) => title);
    console.write(table(headers, rows, 1));
  },
};

function* filtersOf(nova: NovaClient, args: Arguments): Op<ServerFilters> {
  const image = args.text("image");
  const flavor = args.text("flavor");
  const imageId = image === undefined ? undefined : (yield* findImage(nova, image))["id"];
  const flavorId = flavor === undefined ? undefined : (yield* findFlavor(nova, flavor))["id"];
  return {
    all_tenants: args.number("all_tenants"),
    reservation_id: args.text("reservation_id"),
    ip: args.text("ip"),
    ip6: args.text("ip6"),
    name: args.text("name"),
    image: imageId,
    flavor: flavorId,
    status: args.text("status"),
    tenant_id: args.text("tenant"),
    host: args.text("host"),
    deleted: args.flag("deleted"),
    instance_name: args.text("instance_name"),
  };
}

interface Column {
  readonly title: string;
  readonly cell: (server: JsonObject) => Json;
}

const POWER_STATES = ["NOSTATE", "Running", "", "Paused", "Shutdown", "", "Crashed", "Suspended"];

const dash = (value: Json | undefined): Json => (value === null ? "-" : (value ?? ""));

function powerState(server: JsonObject): Json {
  const state = server["OS-EXT-STS:power_state"];
  return (typeof state === "number" ? POWER_STATES[state] : undefined) ?? "N/A";
}

function taskState(server: JsonObject): Json {
  const state = server["OS-EXT-STS:task_state"];
  return state === undefined ? "N/A" : dash(state);
}

function networks(server: JsonObject): Json {
  const shown = networksOf(server).filter(([, addresses]) => addresses.length > 0);
  return shown.map(([label, addresses]) => `${label}=${addresses.join(", ")}`).join("; ");
}

const ID: Column = { title: "ID", cell: (server) => dash(server["id"]) };
const NAME: Column = { title: "Name", cell: (server) => dash(server["name"]) };
const MINIMAL: readonly Column[] = [ID, NAME];
const USUAL: readonly Column[] = [
  ID,
  NAME,
  { title: "Status", cell: (server) => dash(server["status"]) },
  { title: "Task State", cell: taskState },
  { title: "Power State", cell: powerState },
  { title: "Networks", cell: networks },
];

/** The columns that `--fields` asks for. */
function chosen(fields: string | undefined): Column[] | undefined {
  if (fields === undefined) return undefined;
  const columns = fields.split(",").map((field) => ({
    title: titleOf(field),
    // `Networks` has a form of its own, under whatever name it was asked for.
    cell:
      titleOf(field) === "Networks"
        ? networks
        : (server: JsonObject): Json => fieldOf(server, field),
  }));
  return [ID, ...columns];
}

/** Attributes that the client adds to what the service says. */
const ADDED: ReadonlyMap<string, (server: JsonObject) => Json> = new Map([
  ["host", (server: JsonObject): Json => server["OS-EXT-SRV-ATTR:host"] ?? ""],
  ["task_state", taskState],
  ["instance_name", (server: JsonObject): Json => server["OS-EXT-SRV-ATTR:instance_name"] ?? ""],
  ["power_state", powerState],
  ["host_id", (server: JsonObject): Json => server["hostId"] ?? ""],
  ["human_id", (server: JsonObject): Json => slug(textOf(server, "name"))],
]);

function fieldOf(server: JsonObject, field: string): Json {
  const value = Object.hasOwn(server, field) ? (server[field] ?? null) : undefined;
  if (value === undefined) return ADDED.get(field)?.(server) ?? "";
  if (field === "flavor" && isObject(value)) return value["id"] ?? null;
  if (field === "security_groups" && Array.isArray(value)) {
    const groups = (value as Json[]).filter(isObject);
    return groups.map((group) => textOf(group, "name")).join(", ");
  }
  return value;
}

/** `OS-EXT-STS:vm_state` to `OS-EXT-STS: Vm State`; a name in mixed case stays as it is. */
export function titleOf(field: string): string {
  const colon = field.lastIndexOf(":");
  const name = field.slice(colon + 1).replaceAll("_", " ");
  const mixed = name !== name.toUpperCase() && name !== name.toLowerCase();
  const title = mixed
    ? name
    : name.toLowerCase().replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return colon < 0 ? title : `${field.slice(0, colon)}: ${title}`;
}
