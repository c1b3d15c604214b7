/** Networks. Upstream: openstackclient/network/v2/network.py, 0.4.1. */
import { str, type Json, type JsonObject } from "../../../python/index.js";
import { flagOption } from "../../openstack/options.js";
import { argument, lister, longOption, shower, type OpenStackCommand } from "../output.js";

const NETWORK = [{ ...argument("identifier", "Its name or id."), metavar: "<network>" }];

const names: OpenStackCommand["names"] = (args) => [
  { what: "network", name: args.text("identifier") ?? "" },
];

/** A list of ids as a text. */
const listed = (value: Json | undefined): Json =>
  Array.isArray(value) ? (value as readonly Json[]).map(str).sort().join(", ") : (value ?? "");

const shown = (network: JsonObject): JsonObject =>
  "subnets" in network ? { ...network, subnets: listed(network["subnets"]) } : network;

export const networkCommands: readonly OpenStackCommand[] = [
  lister(
    {
      name: "network list",
      about: "List networks.",
      options: [flagOption("--external", "Only external ones."), longOption],
    },
    function* ({ network }, args) {
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
  ),
  shower(
    { name: "network show", about: "Show a network.", positionals: NETWORK, names },
    function* ({ network }, args) {
      const id = yield* network.find(args.exactText("identifier") ?? "");
      return shown(yield* network.network(id));
    },
  ),
  shower(
    {
      name: "network create",
      about: "Make a network.",
      positionals: [{ ...argument("name", "Its name."), metavar: "<network_name>" }],
      options: [
        { ...flagOption("--enable", "Up, as it usually is."), group: "admin state" },
        { ...flagOption("--disable", "Down."), group: "admin state" },
        { ...flagOption("--share", "For all projects."), group: "sharing" },
        { ...flagOption("--no-share", "For its own project."), group: "sharing" },
      ],
      names: (args) => [{ what: "network", name: args.text("name") ?? "", makes: "one" }],
    },
    function* ({ network }, args) {
      const shared = args.flag("share") ? true : args.flag("no_share") ? false : undefined;
      const made = yield* network.create({
        name: args.exactText("name") ?? "",
        admin_state_up: !args.flag("disable"),
        ...(shared !== undefined && { shared }),
      });
      return shown(made);
    },
  ),
  {
    name: "network delete",
    about: "Delete a network.",
    positionals: NETWORK,
    names,
    *run({ network }, args) {
      yield* network.delete(yield* network.find(args.exactText("identifier") ?? ""));
    },
  },
];
