/**
 * Who asks Glance, from what the token middleware says. The middleware leaves the decision to
 * Glance, and this is it: no confirmed identity, no service. Upstream: glance/api/middleware/context.py,
 * glance/context.py.
 */
import type { Env } from "../../framework/index.js";
import { HttpFault, type HttpRequest, type HttpResponse } from "../../http/index.js";
import { self, type Op } from "../../kernel/index.js";

export interface ImageContext {
  readonly request_id: string;
  readonly user_id: string;
  /** The owner of what the caller makes: its tenant. */
  readonly owner: string;
  readonly is_admin: boolean;
  readonly auth_token: string;
}

export type ImageApplication = (ctxt: ImageContext, request: HttpRequest) => Op<HttpResponse>;

/** The context filter in front of an application. */
export function withContext(
  env: Env,
  adminRole: string,
  application: ImageApplication,
): (request: HttpRequest) => Op<HttpResponse> {
  return function* (request) {
    const { headers } = request;
    if (headers["x-identity-status"] !== "Confirmed") {
      throw new HttpFault(401, "You are not authorized to complete this action.");
    }
    const roles = (headers["x-roles"] ?? "").split(",").map((role) => role.trim().toLowerCase());
    const ctxt: ImageContext = {
      request_id: env.requestId(),
      user_id: headers["x-user-id"] ?? "",
      owner: headers["x-tenant-id"] ?? "",
      is_admin: roles.includes(adminRole.trim().toLowerCase()),
      auth_token: headers["x-auth-token"] ?? "",
    };
    const thread = yield* self();
    thread.request = ctxt.request_id;
    const response = yield* application(ctxt, request);
    const named = { "x-openstack-request-id": ctxt.request_id };
    return { ...response, headers: { ...response.headers, ...named } };
  };
}
