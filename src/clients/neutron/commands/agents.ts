/** `neutron agent-*`. Upstream: neutronclient/neutron/v2_0/agent.py, 2.3.9. */
import { done } from "../../../kernel/index.js";
import { deleteCommand, showCommand, updateCommand, type NeutronCommand } from "../command.js";
import { listCommand, type Things } from "../list-command.js";
import { AGENT } from "../resource.js";

/** A face that smiles for an agent that is alive. */
export const withFaces = (agents: Things): Things =>
  agents.map((agent) =>
    agent["alive"] === undefined
      ? agent
      : { ...agent, alive: agent["alive"] === true ? ":-)" : "xxx" },
  );

export const agentCommands: readonly NeutronCommand[] = [
  listCommand("agent-list", AGENT, {
    columns: ["id", "agent_type", "host", "alive", "admin_state_up", "binary"],
    paged: false,
    formats: {
      heartbeat_timestamp: ({ heartbeat_timestamp: at }) =>
        typeof at === "string" ? (at.split(".")[0] ?? "") : "",
    },
    more: (_call, agents) => done(withFaces(agents)),
  }),
  showCommand("agent-show", AGENT, { byName: false, indent: 5 }),
  deleteCommand("agent-delete", AGENT, {}, false),
  updateCommand("agent-update", AGENT, {}, false),
];
