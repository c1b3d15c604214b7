/** `neutron net-*`. Upstream: neutronclient/neutron/v2_0/network.py, 2.3.9. */
import { done, type Op } from "../../../kernel/index.js";
import { isObject, textOf, type Json, type JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { flagOption, withTwin } from "../../openstack/options.js";
import type { CommandName } from "../../shell/program.js";
import {
  createCommand,
  deleteCommand,
  showCommand,
  updateCommand,
  type Call,
  type NeutronCommand,
} from "../command.js";
import { askedByIds } from "../ids.js";
import { everything, listCommand, type ListSpecial, type Things } from "../list-command.js";
import { NETWORK, SUBNET } from "../resource.js";

/** A network that must be there. */
export const networkNamed =
  (dest: string) =>
  (args: Arguments): readonly CommandName[] => [
    { what: "network", name: args.exactText(dest) ?? "" },
  ];

/** What a list of networks looks like. */
export const networkList: ListSpecial = {
  columns: ["id", "name", "subnets"],
  formats: { subnets: subnetLines },
  more: withSubnets,
};

const names = networkNamed("id");

export const networkCommands: readonly NeutronCommand[] = [
  listCommand("net-list", NETWORK, networkList),
  listCommand("net-external-list", NETWORK, {
    ...networkList,
    always: { "router:external": "True" },
  }),
  showCommand("net-show", NETWORK, { names }),
  createCommand("net-create", NETWORK, {
    options: [
      ...withTwin(flagOption("--admin-state-down", "Its administrative state is down.")),
      flagOption("--shared", "All tenants may use it."),
    ],
    positionals: [{ dest: "name", metavar: "NAME", count: "one", about: "Its name." }],
    names: (args) => [{ what: "network", name: args.exactText("name") ?? "", makes: "one" }],
    body: ({ args }) => {
      const tenant = args.exactText("tenant_id");
      return done({
        name: args.exactText("name") ?? "",
        admin_state_up: !args.flag("admin_state_down"),
        ...(args.flag("shared") ? { shared: true } : {}),
        ...(tenant === undefined ? {} : { tenant_id: tenant }),
      });
    },
  }),
  deleteCommand("net-delete", NETWORK, { names }),
  updateCommand("net-update", NETWORK, { names }),
];

/** Each subnet with its addresses in the place of its id. */
function* withSubnets({ api, args }: Call, networks: Things): Op<Things> {
  const ids = networks.flatMap(({ subnets }) => idsIn(subnets));
  const size = args.number("page_size") ?? 0;
  const limit = size === 0 ? {} : { limit: size };
  const found = yield* askedByIds(ids, (some) =>
    everything(api, SUBNET, { fields: ["id", "cidr"], ...limit, id: some }),
  );
  const byId = new Map(found.map((subnet) => [textOf(subnet, "id"), subnet]));
  return networks.map((network) =>
    network["subnets"] === undefined
      ? network
      : { ...network, subnets: idsIn(network["subnets"]).map((id) => byId.get(id) ?? { id }) },
  );
}

const idsIn = (subnets: Json | undefined): string[] =>
  Array.isArray(subnets) ? (subnets as readonly Json[]).map(String) : [];

function subnetLines({ subnets }: JsonObject): string {
  const all = Array.isArray(subnets) ? (subnets as readonly Json[]).filter(isObject) : [];
  return all.map((subnet) => `${textOf(subnet, "id")} ${textOf(subnet, "cidr")}`).join("\n");
}
