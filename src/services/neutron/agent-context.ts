/** As whom an agent talks to the server: one context for the whole life of the process. */
import { RequestContext, type Surroundings } from "../../framework/index.js";

export const agentContext = (surroundings: Surroundings): RequestContext =>
  new RequestContext({
    request_id: surroundings.requestId(),
    is_admin: true,
    roles: ["admin"],
    timestamp: surroundings.utcnow(),
  });
