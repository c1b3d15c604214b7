/** What every part of heat-api works with: the engine and the flags. Upstream: heat/rpc/client.py at 2014.2. */
import { RpcClient, clientOf, type ClientOf } from "../../../bus/index.js";
import type { Env, FlagsOf } from "../../../framework/index.js";
import { heatSerializer, type HeatContext } from "../context.js";
import { engineApi } from "../engine/rpcapi.js";
import { commonFlags } from "../flags.js";
import { heatApiFlags } from "./flags.js";

export class HeatApp {
  readonly env: Env;
  readonly flags: FlagsOf<typeof heatApiFlags & typeof commonFlags>;
  readonly engine: ClientOf<typeof engineApi, HeatContext>;

  constructor(env: Env) {
    this.env = env;
    this.flags = { ...env.flags.read(heatApiFlags), ...env.flags.read(commonFlags) };
    this.engine = clientOf(engineApi, new RpcClient(env.bus, heatSerializer));
  }

  /** `http://controller:8004`: how links begin. */
  get base(): string {
    return `http://${this.env.hostAt(this.flags.heat_api_bind_port)}`;
  }
}
