/**
 * The agents that report: one row for each host and type. One that has not reported for
 * `agent_down_time` is not alive. Upstream: neutron/db/agents_db.py.
 */
import type { RequestContext, Row } from "../../../framework/index.js";
import { seconds, type Op } from "../../../kernel/index.js";
import { str, type Json, type JsonObject } from "../../../python/index.js";
import { AgentNotFound, BadRequest } from "../errors.js";
import { LOADBALANCER_AGENT } from "../load-balancing/rows.js";
import type { AgentState } from "../rpcapi.js";
import type { Agent } from "../db/rows.js";
import type { NeutronApp } from "./app.js";
import { requiredText } from "./columns.js";

export const OVS_AGENT = "Open vSwitch agent";
export const DHCP_AGENT = "DHCP agent";
export const L3_AGENT = "L3 agent";

export class Agents {
  readonly #app: NeutronApp;

  constructor(app: NeutronApp) {
    this.#app = app;
  }

  /** Take note of a report. */
  report(state: AgentState): void {
    const { agents } = this.#app.database;
    const now = this.#app.env.utcnow();
    const known = this.#app.database.agentOn(state.host, state.agent_type);
    const reported = {
      binary: state.binary,
      topic: state.topic,
      heartbeat_timestamp: now,
      configurations: state.configurations,
    };
    if (known !== undefined) {
      const started = state.start_flag === true ? { started_at: now } : {};
      agents.update(known.uuid, { ...reported, ...started });
      return;
    }
    agents.insert({
      uuid: this.#app.newId("agent"),
      agent_type: state.agent_type,
      host: state.host,
      admin_state_up: true,
      started_at: now,
      description: null,
      ...reported,
    });
  }

  isAlive({ heartbeat_timestamp }: Agent): boolean {
    const { kernel } = this.#app.env;
    const age = kernel.now - kernel.calendar.parse(heartbeat_timestamp);
    return age <= seconds(this.#app.flags.agent_down_time);
  }

  get(_ctxt: RequestContext, id: string): JsonObject {
    return this.#view(this.row(id));
  }

  list(): JsonObject[] {
    return this.#app.database.agents.find().map((row) => this.#view(row));
  }

  /** They make themselves known. @throws BadRequest */
  *create(): Op<JsonObject> {
    throw new BadRequest({ resource: "agent", msg: "" });
  }

  /** An agent that is enabled or disabled is told, if it is one that listens. */
  *update(ctxt: RequestContext, id: string, attrs: JsonObject): Op<JsonObject> {
    const { admin_state_up: was, agent_type, host } = this.row(id);
    const { admin_state_up } = attrs as Partial<Agent>;
    const description = attrs["description"];
    this.#app.database.agents.update(id, {
      ...(admin_state_up === undefined ? {} : { admin_state_up }),
      ...(description === undefined ? {} : { description: requiredText(description) }),
    });
    const view = this.#view(this.row(id));
    if (admin_state_up !== undefined && admin_state_up !== was) {
      const payload = { admin_state_up };
      const { dhcpAgents, l3Agents, lbaasAgents } = this.#app;
      if (agent_type === DHCP_AGENT) {
        yield* dhcpAgents.prepare({ server: host }).agent_updated(ctxt, { payload });
      } else if (agent_type === L3_AGENT) {
        yield* l3Agents.prepare({ server: host }).agent_updated(ctxt, { payload });
      } else if (agent_type === LOADBALANCER_AGENT && this.#app.hasLoadBalancers) {
        yield* lbaasAgents.prepare({ server: host }).agent_updated(ctxt, { payload });
      }
    }
    return view;
  }

  *delete(_ctxt: RequestContext, id: string): Op<void> {
    const { agents, dhcpAgentBindings, poolAgentBindings, routerAgentBindings } =
      this.#app.database;
    this.row(id);
    for (const binding of routerAgentBindings.find({ l3_agent_id: id })) {
      routerAgentBindings.remove(binding.id);
    }
    for (const binding of dhcpAgentBindings.find({ dhcp_agent_id: id })) {
      dhcpAgentBindings.remove(binding.id);
    }
    for (const { pool_id } of poolAgentBindings.find({ agent_id: id })) {
      poolAgentBindings.remove(pool_id);
    }
    agents.remove(id);
  }

  /** @throws AgentNotFound */
  row(id: Json): Row<Agent> {
    const row = typeof id === "string" ? this.#app.database.agents.get(id) : undefined;
    if (row === undefined) throw new AgentNotFound({ id: str(id) });
    return row;
  }

  #view(row: Row<Agent>): JsonObject {
    return {
      id: row.uuid,
      agent_type: row.agent_type,
      binary: row.binary,
      topic: row.topic,
      host: row.host,
      admin_state_up: row.admin_state_up,
      created_at: shown(row.created_at),
      started_at: shown(row.started_at),
      heartbeat_timestamp: shown(row.heartbeat_timestamp),
      description: row.description,
      configurations: row.configurations,
      alive: this.isAlive(row),
    };
  }
}

/** `2014-09-18 04:03:09`: how Python prints a date from a column without fractions. */
const shown = (stamp: string): string => stamp.slice(0, 19).replace("T", " ");
