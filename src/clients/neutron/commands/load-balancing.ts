/**
 * `neutron lb-*` of pools, VIPs and members, and who hosts and provides them. Upstream:
 * neutronclient/neutron/v2_0/lb/pool.py, vip.py, member.py, agentscheduler.py, servicetype.py, 2.3.9.
 */
import { done, type Op } from "../../../kernel/index.js";
import { isObject, PythonTypeError, type Json, type JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { showText } from "../../openstack/cliff.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import { oneOf, type OptionSpec, type PositionalSpec } from "../../shell/parser/index.js";
import { objectsIn } from "../api.js";
import {
  createCommand,
  deleteCommand,
  showCommand,
  updateCommand,
  type Call,
  type NeutronCommand,
} from "../command.js";
import { shownValues } from "../formats.js";
import { listCommand } from "../list-command.js";
import { AGENT, find, MEMBER, POOL, SERVICE_PROVIDER, SUBNET, VIP } from "../resource.js";
import { withFaces } from "./agents.js";

/** `--admin-state-down`, which has no hidden twin here. */
export const adminStateDown: OptionSpec = {
  ...flagOption("--admin-state-down", "Its administrative state is down."),
  dest: "admin_state",
};

export const needed = (
  name: string,
  metavar: string,
  about: string,
  more: Partial<OptionSpec> = {},
): OptionSpec => valueOption(name, metavar, about, { required: true, ...more });

/** `update_dict`: those of the options that say something. */
export function saidOf(args: Arguments, members: readonly string[]): JsonObject {
  const said: Record<string, Json> = {};
  for (const member of members) {
    const text = args.exactText(member);
    if (text !== undefined && text !== "") said[member] = text;
  }
  return said;
}

export const poolArgument: PositionalSpec = {
  dest: "pool_id",
  metavar: "POOL",
  count: "one",
  about: "The pool, by id or name.",
};

export const poolOf = ({ api, args }: Call): Op<string> =>
  find(api, POOL, args.exactText("pool_id") ?? "");

const subnetOption = needed("--subnet-id", "SUBNET", "The subnet, by id or name.");

const subnetOf = ({ api, args }: Call): Op<string> =>
  find(api, SUBNET, args.exactText("subnet_id") ?? "");

const protocol = needed("--protocol", "{HTTP,HTTPS,TCP}", "What is balanced.", {
  type: oneOf(["HTTP", "HTTPS", "TCP"]),
});
const vipProtocol = needed("--protocol", "{TCP,HTTP,HTTPS}", "What is balanced.", {
  type: oneOf(["TCP", "HTTP", "HTTPS"]),
});

const poolColumns = ["id", "name", "lb_method", "protocol", "admin_state_up", "status"];

export const poolCommands: readonly NeutronCommand[] = [
  listCommand("lb-pool-list", POOL, {
    columns: ["id", "name", "provider", ...poolColumns.slice(2)],
    formats: { provider: ({ provider = null }) => provider || "N/A" },
  }),
  showCommand("lb-pool-show", POOL),
  createCommand("lb-pool-create", POOL, {
    options: [
      adminStateDown,
      valueOption("--description", "DESCRIPTION", "What it is for."),
      needed("--lb-method", "{ROUND_ROBIN,LEAST_CONNECTIONS,SOURCE_IP}", "Who is next.", {
        type: oneOf(["ROUND_ROBIN", "LEAST_CONNECTIONS", "SOURCE_IP"]),
      }),
      needed("--name", "NAME", "Its name."),
      protocol,
      subnetOption,
      valueOption("--provider", "PROVIDER", "Who balances."),
    ],
    *body(call) {
      const subnet_id = yield* subnetOf(call);
      const members = ["description", "lb_method", "name", "protocol", "tenant_id", "provider"];
      const admin_state_up = !call.args.flag("admin_state");
      return { admin_state_up, subnet_id, ...saidOf(call.args, members) };
    },
  }),
  deleteCommand("lb-pool-delete", POOL),
  updateCommand("lb-pool-update", POOL),
  {
    ...showCommand("lb-pool-stats", POOL),
    about: "Show what went through a pool.",
    *run({ api, args, console }) {
      const id = yield* find(api, POOL, args.exactText("id") ?? "");
      const fields = args.texts("fields");
      const search = fields.length > 0 ? { fields } : {};
      const { stats } = yield* api.get(`${POOL.path}/${id}/stats`, search);
      console.write(showText(args, isObject(stats) ? shownValues(stats) : []));
    },
  },
  listCommand("lb-pool-list-on-agent", POOL, {
    columns: poolColumns,
    paged: false,
    sorted: false,
    positionals: [
      {
        dest: "lbaas_agent",
        metavar: "lbaas_agent",
        count: "one",
        about: "The id of the agent.",
      },
    ],
    *ask({ api, args }, search) {
      const path = `${AGENT.path}/${args.exactText("lbaas_agent") ?? ""}/loadbalancer-pools`;
      return objectsIn((yield* api.get(path, search))["pools"]);
    },
  }),
  listCommand("lb-agent-hosting-pool", AGENT, {
    columns: ["id", "host", "admin_state_up", "alive"],
    paged: false,
    sorted: false,
    positionals: [{ dest: "pool", metavar: "pool", count: "one", about: "The pool." }],
    *ask({ api, args }, search) {
      const id = yield* find(api, POOL, args.exactText("pool") ?? "");
      const { agent } = yield* api.get(`${POOL.path}/${id}/loadbalancer-agent`, search);
      if (isObject(agent)) return [agent];
      throw new PythonTypeError("'NoneType' object has no attribute '__getitem__'");
    },
    more: (_call, agents) => done(withFaces(agents)),
  }),
  listCommand("service-provider-list", SERVICE_PROVIDER, {
    columns: ["service_type", "name", "default"],
  }),
];

export const vipCommands: readonly NeutronCommand[] = [
  listCommand("lb-vip-list", VIP, {
    columns: ["id", "name", "algorithm", "address", "protocol", "admin_state_up", "status"],
  }),
  showCommand("lb-vip-show", VIP),
  createCommand("lb-vip-create", VIP, {
    positionals: [poolArgument],
    options: [
      valueOption("--address", "ADDRESS", "Its address."),
      adminStateDown,
      valueOption("--connection-limit", "CONNECTION_LIMIT", "Most connections; -1: any number."),
      valueOption("--description", "DESCRIPTION", "What it is for."),
      needed("--name", "NAME", "Its name."),
      needed("--protocol-port", "PROTOCOL_PORT", "The port that it listens at."),
      vipProtocol,
      subnetOption,
    ],
    *body(call) {
      const pool_id = yield* poolOf(call);
      const subnet_id = yield* subnetOf(call);
      const admin_state_up = !call.args.flag("admin_state");
      const members = [
        ...["address", "connection_limit", "description", "name", "protocol_port", "protocol"],
        "tenant_id",
      ];
      return { pool_id, admin_state_up, subnet_id, ...saidOf(call.args, members) };
    },
  }),
  deleteCommand("lb-vip-delete", VIP),
  updateCommand("lb-vip-update", VIP),
];

export const memberCommands: readonly NeutronCommand[] = [
  listCommand("lb-member-list", MEMBER, {
    columns: ["id", "address", "protocol_port", "weight", "admin_state_up", "status"],
  }),
  showCommand("lb-member-show", MEMBER),
  createCommand("lb-member-create", MEMBER, {
    positionals: [poolArgument],
    options: [
      adminStateDown,
      valueOption("--weight", "WEIGHT", "Its share: 1 unless it is said, at most 256."),
      needed("--address", "ADDRESS", "Its address."),
      needed("--protocol-port", "PROTOCOL_PORT", "The port that it listens at."),
    ],
    *body(call) {
      const pool_id = yield* poolOf(call);
      const admin_state_up = !call.args.flag("admin_state");
      const said = saidOf(call.args, ["address", "protocol_port", "weight", "tenant_id"]);
      return { pool_id, admin_state_up, ...said };
    },
  }),
  deleteCommand("lb-member-delete", MEMBER),
  updateCommand("lb-member-update", MEMBER),
];
