/**
 * An operator at the bus: RPC of 2011 with an admin context, from the process of a user. What one
 * would type into `nova-manage shell`. Upstream: nova/context.py (get_admin_context).
 */
import { LooseRpc } from "../../vintage/rpc/index.js";
import { RequestContext, contextSerializer, type Env } from "../../framework/index.js";

/** The exchange of Nova's services, `control_exchange`. */
export const NOVA_EXCHANGE = "nova";

export const operatorRpc = ({ bus }: Env, exchange = NOVA_EXCHANGE): LooseRpc<RequestContext> =>
  new LooseRpc(bus, contextSerializer, { exchange });

/** A context that may do everything, under a request id of its own. */
export const operatorContext = (env: Env): RequestContext =>
  new RequestContext({
    request_id: env.requestId(),
    is_admin: true,
    roles: ["admin"],
    timestamp: env.utcnow(),
  });
