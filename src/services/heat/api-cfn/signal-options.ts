/** What answers of heat-api-cfn are made with: the engine, and who asks. Not flags; those are in `flags.ts`. */
import type { ClientOf } from "../../../bus/index.js";
import type { HttpRequest } from "../../../http/index.js";
import type { HeatContext } from "../context.js";
import type { engineApi } from "../engine/rpcapi.js";

export interface SignalOptions {
  readonly engine: ClientOf<typeof engineApi, HeatContext>;
  readonly contextOf: (request: HttpRequest) => HeatContext;
}
