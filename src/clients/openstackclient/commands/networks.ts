/**
 * `network create|delete|list|set|show`. That `--dhcp` takes the answer for another and fails is upstream's
 * mistake. Upstream: openstackclient/network/v2/network.py, 0.4.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { KeyError, str, type Json, type JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";
import { argument, lister, longOption, shower, word, type OpenStackCommand } from "../output.js";

const NETWORK: Pick<OpenStackCommand, "positionals" | "names"> = {
  positionals: [{ ...argument("identifier", "Its name or id."), metavar: "<network>" }],
  names: (args) => [{ what: "network", name: args.text("identifier") ?? "" }],
};

const switches: readonly OptionSpec[] = [
  { ...flagOption("--enable", "Up."), group: "admin state" },
  { ...flagOption("--disable", "Down."), group: "admin state" },
  { ...flagOption("--share", "For all projects."), group: "sharing" },
  { ...flagOption("--no-share", "For its own project."), group: "sharing" },
];

const sharedIn = (args: Arguments): JsonObject => {
  if (args.flag("no_share")) return { shared: false };
  return args.flag("share") ? { shared: true } : {};
};

/** A list of ids as a text. */
const listed = (value: Json | undefined): Json =>
  Array.isArray(value) ? (value as readonly Json[]).map(str).sort().join(", ") : (value ?? "");

const shown = (network: JsonObject): JsonObject =>
  "subnets" in network ? { ...network, subnets: listed(network["subnets"]) } : network;

const list = lister(
  {
    name: "network list",
    about: "List networks.",
    options: [
      flagOption("--external", "Only external ones."),
      { names: ["--dhcp"], dest: "dhcp", takes: "value", about: "Of a DHCP agent, by id." },
      longOption,
    ],
  },
  function* ({ network }, args) {
    const agent = args.text("dhcp");
    if (agent !== undefined) {
      yield* network.onDhcpAgent(agent);
      throw new KeyError("'networks_on_dhcp_agent'");
    }
    const query = args.flag("external") ? { "router:external": "True" } : {};
    const networks = yield* network.networks(query);
    const all = Object.keys(networks[0] ?? {}).sort();
    const wanted = args.texts("columns");
    const usual = wanted.length > 0 ? wanted : ["id", "name", "subnets"];
    const columns = args.flag("long") ? all : usual.filter((name) => all.includes(name));
    return {
      columns,
      rows: networks.map((one) =>
        columns.map((name) => (name === "subnets" ? listed(one[name]) : (one[name] ?? null))),
      ),
    };
  },
);

const show = shower(
  { name: "network show", about: "Show a network.", ...NETWORK },
  function* ({ network }, args) {
    return shown(yield* network.network(yield* network.find(word(args, "identifier"))));
  },
);

const create = shower(
  {
    name: "network create",
    about: "Make a network.",
    positionals: [{ ...argument("name", "Its name."), metavar: "<network_name>" }],
    options: switches,
    names: (args) => [{ what: "network", name: args.text("name") ?? "", makes: "one" }],
  },
  function* ({ network }, args) {
    const admin_state_up = !args.flag("disable");
    const said = { name: word(args, "name"), admin_state_up, ...sharedIn(args) };
    return shown(yield* network.create(said));
  },
);

const remove: OpenStackCommand = {
  name: "network delete",
  about: "Delete a network.",
  ...NETWORK,
  *run({ network }, args) {
    yield* network.delete(yield* network.find(word(args, "identifier")));
  },
};

const set: OpenStackCommand = {
  name: "network set",
  about: "Change a network.",
  ...NETWORK,
  options: [...switches, valueOption("--name", "<network_name>", "Its new name.")],
  *run({ network }, args) {
    const id = yield* network.find(word(args, "identifier"));
    const name = args.exactText("name");
    const changes = {
      ...(name !== undefined && { name }),
      ...(args.flag("enable") && { admin_state_up: true }),
      ...(args.flag("disable") && { admin_state_up: false }),
      ...sharedIn(args),
    };
    if (Object.keys(changes).length === 0) throw new CommandError("Nothing specified to be set");
    yield* network.update(id, changes);
  },
};

export const networkCommands: readonly OpenStackCommand[] = [list, show, create, remove, set];
