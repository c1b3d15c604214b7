/**
 * A context for work that no user asked for: heartbeats, periodic tasks, agents, an operator's own
 * words. Upstream: nova/context.py (get_admin_context) at 2014.2.
 */
import { RequestContext } from "./request-context.js";
import type { Env } from "./process/env.js";

/** It may do everything, under a request id of its own unless it is part of another request. */
export const adminContext = (env: Env, request_id = env.requestId()): RequestContext =>
  new RequestContext({
    request_id,
    is_admin: true,
    roles: ["admin"],
    timestamp: env.utcnow(),
  });
