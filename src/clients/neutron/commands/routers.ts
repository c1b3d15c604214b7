/** `neutron router-*`. Upstream: neutronclient/neutron/v2_0/router.py, port.py (ListRouterPort), 2.3.9. */
import { done, type Op } from "../../../kernel/index.js";
import { dumps, textOf, type Json, type JsonObject } from "../../../python/index.js";
import { flagOption, valueOption, withTwin } from "../../openstack/options.js";
import { oneOf, type PositionalSpec } from "../../shell/parser/index.js";
import {
  createCommand,
  deleteCommand,
  formatOptions,
  showCommand,
  updateCommand,
  type Call,
  type NeutronCommand,
} from "../command.js";
import { jsonLines } from "../formats.js";
import { listCommand, everything, type ListSpecial } from "../list-command.js";
import { find, NETWORK, PORT, resourceNamed, ROUTER } from "../resource.js";
import { networkNamed } from "./networks.js";

const gatewayText = ({ external_gateway_info: info }: JsonObject): Json =>
  info === undefined ? "" : dumps(info);

/** What a list of routers looks like. */
export const routerList: ListSpecial = {
  columns: ["id", "name", "external_gateway_info", "distributed", "ha"],
  formats: { external_gateway_info: gatewayText },
};

const routerId: PositionalSpec = {
  dest: "router_id",
  metavar: "router-id",
  count: "one",
  about: "The router, by id or name.",
};

const routerOf = ({ api, args }: Call): Op<string> =>
  find(api, ROUTER, args.exactText("router_id") ?? "");

const trueOrFalse = (name: string, about: string) =>
  valueOption(name, "{True,False}", about, { type: oneOf(["True", "False"]) });

/** A command that is about a router, and prints one line. */
const onRouter = (
  command: Pick<NeutronCommand, "name" | "about" | "run"> &
    Partial<Pick<NeutronCommand, "options" | "positionals" | "names">>,
): NeutronCommand => ({
  ...command,
  plain: true,
  options: [...formatOptions, ...(command.options ?? [])],
  positionals: [routerId, ...(command.positionals ?? [])],
});

const interfaceArgument: PositionalSpec = {
  dest: "interface",
  metavar: "INTERFACE",
  count: "one",
  about: "SUBNET, subnet=SUBNET or port=PORT, each by id or name.",
};

/** @returns what the server says of the interface */
function* changeInterface(call: Call, action: string): Op<JsonObject> {
  const typed = call.args.exactText("interface") ?? "";
  const at = typed.indexOf("=");
  const [kind, value] = at < 0 ? ["subnet", typed] : [typed.slice(0, at), typed.slice(at + 1)];
  const router = yield* routerOf(call);
  // Other words than subnet and port are found out only now: upstream makes an error and drops it.
  const id = yield* find(call.api, resourceNamed(kind), value);
  return yield* call.api.put(`${ROUTER.path}/${router}/${action}`, { [`${kind}_id`]: id });
}

const typedRouter = ({ args }: Call): string => args.exactText("router_id") ?? "";

export const routerCommands: readonly NeutronCommand[] = [
  listCommand("router-list", ROUTER, routerList),
  listCommand("router-port-list", PORT, {
    columns: ["id", "name", "mac_address", "fixed_ips"],
    formats: { fixed_ips: (port) => jsonLines(port["fixed_ips"]) },
    positionals: [
      { dest: "id", metavar: "router", count: "one", about: "The router, by id or name." },
    ],
    *ask({ api, args }, search) {
      const device_id = yield* find(api, ROUTER, args.exactText("id") ?? "");
      return yield* everything(api, PORT, { ...search, device_id });
    },
  }),
  showCommand("router-show", ROUTER),
  createCommand("router-create", ROUTER, {
    options: [
      ...withTwin({
        ...flagOption("--admin-state-down", "Its administrative state is down."),
        dest: "admin_state",
      }),
      trueOrFalse("--distributed", "Whether it is distributed."),
      trueOrFalse("--ha", "Whether it is highly available."),
    ],
    positionals: [{ dest: "name", metavar: "NAME", count: "one", about: "Its name." }],
    body: ({ args }) => {
      const said: Record<string, Json> = { admin_state_up: !args.flag("admin_state") };
      for (const member of ["name", "tenant_id", "distributed", "ha"]) {
        const text = args.exactText(member);
        if (text !== undefined && text !== "") said[member] = text;
      }
      return done(said);
    },
  }),
  deleteCommand("router-delete", ROUTER),
  updateCommand("router-update", ROUTER),
  onRouter({
    name: "router-interface-add",
    about: "Add an interface to a router.",
    positionals: [interfaceArgument],
    *run(call) {
      const port = yield* changeInterface(call, "add_router_interface");
      const router = typedRouter(call);
      call.console.print(`Added interface ${textOf(port, "port_id")} to router ${router}.`);
    },
  }),
  onRouter({
    name: "router-interface-delete",
    about: "Remove an interface from a router.",
    positionals: [interfaceArgument],
    *run(call) {
      yield* changeInterface(call, "remove_router_interface");
      call.console.print(`Removed interface from router ${typedRouter(call)}.`);
    },
  }),
  onRouter({
    name: "router-gateway-set",
    about: "Set the gateway of a router.",
    options: [flagOption("--disable-snat", "Do not translate addresses there.")],
    positionals: [
      {
        dest: "external_network_id",
        metavar: "external-network-id",
        count: "one",
        about: "The external network, by id or name.",
      },
    ],
    names: networkNamed("external_network_id"),
    *run(call) {
      const { api, args, console } = call;
      const router = yield* routerOf(call);
      const network_id = yield* find(api, NETWORK, args.exactText("external_network_id") ?? "");
      const snat = args.flag("disable_snat") ? { enable_snat: false } : {};
      const external_gateway_info = { network_id, ...snat };
      yield* api.put(`${ROUTER.path}/${router}`, { router: { external_gateway_info } });
      console.print(`Set gateway for router ${typedRouter(call)}`);
    },
  }),
  onRouter({
    name: "router-gateway-clear",
    about: "Remove the gateway of a router.",
    *run(call) {
      const router = yield* routerOf(call);
      yield* call.api.put(`${ROUTER.path}/${router}`, { router: { external_gateway_info: {} } });
      call.console.print(`Removed gateway from router ${typedRouter(call)}`);
    },
  }),
];
