/** As whom an agent talks to the server: one context for the whole life of the process. */
import { RequestContext, type Env } from "../../framework/index.js";

export const agentContext = (env: Env): RequestContext =>
  new RequestContext({
    request_id: env.requestId(),
    is_admin: true,
    roles: ["admin"],
    timestamp: env.utcnow(),
  });
