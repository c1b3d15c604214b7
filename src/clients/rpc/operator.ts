/**
 * An operator at the bus: RPC of 2011, from the process of a user. What one would type into
 * `nova-manage shell`.
 */
import { LooseRpc } from "../../vintage/rpc/index.js";
import { contextSerializer, type Env, type RequestContext } from "../../framework/index.js";

/** The exchange of Nova's services, `control_exchange`. */
export const NOVA_EXCHANGE = "nova";

export const operatorRpc = ({ bus }: Env, exchange = NOVA_EXCHANGE): LooseRpc<RequestContext> =>
  new LooseRpc(bus, contextSerializer, { exchange });
