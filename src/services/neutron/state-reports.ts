/**
 * The heartbeat of an agent: a call the first time, so that the server surely knows it, casts
 * afterwards; that of load balancing only casts, to its own plugin. Upstream: neutron/agent/rpc.py (PluginReportStateAPI), `_report_state` of each agent.
 */
import { RpcClient, clientOf } from "../../bus/index.js";
import { type RequestContext, type Env } from "../../framework/index.js";
import {
  caught,
  microseconds,
  quietly,
  seconds,
  sleep,
  type Duration,
  type Op,
} from "../../kernel/index.js";
import { agentStateApi, type AgentState } from "./rpcapi.js";
import { neutronSerializer } from "./context.js";

/** Where an agent reports, if not to the core plugin; there nothing is waited for, not even at first. */
interface ReportsElsewhere {
  readonly topic: string;
}

export class StateReports {
  readonly #env: Env;
  readonly #ctxt: RequestContext;
  readonly #state: () => AgentState;
  readonly #rpc: RpcClient<RequestContext>;
  readonly #server;
  readonly #elsewhere: ReportsElsewhere | undefined;
  #called = false;
  #running = true;

  constructor(
    env: Env,
    ctxt: RequestContext,
    state: () => AgentState,
    elsewhere?: ReportsElsewhere,
  ) {
    this.#env = env;
    this.#ctxt = ctxt;
    this.#state = state;
    this.#elsewhere = elsewhere;
    this.#rpc = new RpcClient(env.bus, neutronSerializer);
    this.#server = clientOf(agentStateApi, this.#rpc);
  }

  /** Report now, and from then on every `interval` seconds in the background. */
  *start(interval: number): Op<void> {
    yield* quietly(this.#report());
    this.#env.spawn("report_state", quietly(this.#loop(seconds(interval))), {
      daemon: true,
    });
  }

  stop(): void {
    this.#running = false;
  }

  *#loop(interval: Duration): Op<void> {
    const { kernel } = this.#env;
    let next = kernel.now + interval;
    for (;;) {
      yield* sleep(microseconds(Math.max(0, next - kernel.now)));
      if (!this.#running) return;
      next += interval;
      yield* this.#report();
    }
  }

  /** A failure is logged and changes nothing but that the next one is a call again, if this was. */
  *#report(): Op<void> {
    const state = this.#state();
    const args = {
      agent_state: { agent_state: this.#called ? state : { ...state, start_flag: true } },
      time: this.#env.utcnow(),
    };
    try {
      if (this.#called || this.#elsewhere !== undefined) {
        const { topic, version } = { ...agentStateApi, ...this.#elsewhere };
        yield* this.#rpc.cast({ topic, version }, this.#ctxt, "report_state", args);
      } else {
        yield* this.#server.report_state(this.#ctxt, args);
      }
      this.#called = true;
      this.#env.announce("reported");
    } catch (thrown) {
      const error = yield* caught(thrown);
      this.#env.log("error", `Failed reporting state! ${error.message}`);
    }
  }
}
