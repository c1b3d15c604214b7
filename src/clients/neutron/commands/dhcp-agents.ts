/** Which DHCP agents serve which networks. Upstream: neutronclient/neutron/v2_0/agentscheduler.py, 2.3.9. */
import type { Op } from "../../../kernel/index.js";
import { done } from "../../../kernel/index.js";
import type { PositionalSpec } from "../../shell/parser/index.js";
import { objectsIn } from "../api.js";
import { formatOptions, type Call, type NeutronCommand } from "../command.js";
import { listCommand } from "../list-command.js";
import { AGENT, find, NETWORK } from "../resource.js";
import { withFaces } from "./agents.js";
import { networkList, networkNamed } from "./networks.js";

const agentArgument: PositionalSpec = {
  dest: "dhcp_agent",
  metavar: "dhcp_agent",
  count: "one",
  about: "The id of the agent.",
};

const networkArgument: PositionalSpec = {
  dest: "network",
  metavar: "network",
  count: "one",
  about: "The network, by name or id.",
};

const names = networkNamed("network");

/** `/agents/<id>/dhcp-networks`. */
const served = ({ args }: Call): string =>
  `/agents/${args.exactText("dhcp_agent") ?? ""}/dhcp-networks`;

const networkOf = ({ api, args }: Call): Op<string> =>
  find(api, NETWORK, args.exactText("network") ?? "");

export const dhcpAgentCommands: readonly NeutronCommand[] = [
  {
    name: "dhcp-agent-network-add",
    plain: true,
    about: "Have a DHCP agent serve a network.",
    options: formatOptions,
    positionals: [agentArgument, networkArgument],
    names,
    *run(call) {
      const network = yield* networkOf(call);
      yield* call.api.post(served(call), { network_id: network });
      call.console.print(`Added network ${call.args.exactText("network") ?? ""} to DHCP agent`);
    },
  },
  {
    name: "dhcp-agent-network-remove",
    plain: true,
    about: "Have a DHCP agent serve a network no longer.",
    options: formatOptions,
    positionals: [agentArgument, networkArgument],
    names,
    *run(call) {
      const network = yield* networkOf(call);
      yield* call.api.delete(`${served(call)}/${network}`);
      call.console.print(`Removed network ${call.args.exactText("network") ?? ""} from DHCP agent`);
    },
  },
  listCommand("net-list-on-dhcp-agent", NETWORK, {
    ...networkList,
    positionals: [agentArgument],
    *ask(call, search) {
      return objectsIn((yield* call.api.get(served(call), search))["networks"]);
    },
  }),
  listCommand("dhcp-agent-list-hosting-net", AGENT, {
    columns: ["id", "host", "admin_state_up", "alive"],
    paged: false,
    sorted: false,
    positionals: [networkArgument],
    names,
    *ask(call, search) {
      const path = `/networks/${yield* networkOf(call)}/dhcp-agents`;
      return objectsIn((yield* call.api.get(path, search))["agents"]);
    },
    more: (_call, agents) => done(withFaces(agents)),
  }),
];
