/** Which L3 agents host which routers. Upstream: neutronclient/neutron/v2_0/agentscheduler.py, 2.3.9. */
import { done, type Op } from "../../../kernel/index.js";
import type { PositionalSpec } from "../../shell/parser/index.js";
import { objectsIn } from "../api.js";
import { formatOptions, type Call, type NeutronCommand } from "../command.js";
import { listCommand } from "../list-command.js";
import { AGENT, find, ROUTER } from "../resource.js";
import { withFaces } from "./agents.js";
import { routerList } from "./routers.js";

const agentArgument: PositionalSpec = {
  dest: "l3_agent",
  metavar: "l3_agent",
  count: "one",
  about: "The id of the agent.",
};

const routerArgument: PositionalSpec = {
  dest: "router",
  metavar: "router",
  count: "one",
  about: "The router, by name or id.",
};

/** `/agents/<id>/l3-routers`. */
const hosted = ({ args }: Call): string => `/agents/${args.exactText("l3_agent") ?? ""}/l3-routers`;

const routerOf = ({ api, args }: Call): Op<string> =>
  find(api, ROUTER, args.exactText("router") ?? "");

export const l3AgentCommands: readonly NeutronCommand[] = [
  {
    name: "l3-agent-router-add",
    plain: true,
    about: "Have an L3 agent host a router.",
    options: formatOptions,
    positionals: [agentArgument, routerArgument],
    *run(call) {
      const router_id = yield* routerOf(call);
      yield* call.api.post(hosted(call), { router_id });
      call.console.print(`Added router ${call.args.exactText("router") ?? ""} to L3 agent`);
    },
  },
  {
    name: "l3-agent-router-remove",
    plain: true,
    about: "Have an L3 agent host a router no longer.",
    options: formatOptions,
    positionals: [agentArgument, routerArgument],
    *run(call) {
      const router = yield* routerOf(call);
      yield* call.api.delete(`${hosted(call)}/${router}`);
      call.console.print(`Removed router ${call.args.exactText("router") ?? ""} from L3 agent`);
    },
  },
  listCommand("router-list-on-l3-agent", ROUTER, {
    ...routerList,
    columns: ["id", "name", "external_gateway_info"],
    paged: false,
    sorted: false,
    positionals: [agentArgument],
    *ask(call, search) {
      return objectsIn((yield* call.api.get(hosted(call), search))["routers"]);
    },
  }),
  listCommand("l3-agent-list-hosting-router", AGENT, {
    columns: ["id", "host", "admin_state_up", "alive"],
    paged: false,
    sorted: false,
    positionals: [routerArgument],
    *ask(call, search) {
      const path = `${ROUTER.path}/${yield* routerOf(call)}/l3-agents`;
      return objectsIn((yield* call.api.get(path, search))["agents"]);
    },
    more: (_call, agents) => done(withFaces(agents)),
  }),
];
