/**
 * Who asks Glance, from what the token middleware says. The middleware leaves the decision to
 * Glance, and this is it: no confirmed identity, no service. Upstream: glance/api/middleware/context.py,
 * glance/context.py.
 */
import type { Env, Layer } from "../../framework/index.js";
import { HttpFault, type HttpRequest } from "../../http/index.js";

export interface ImageContext {
  readonly request_id: string;
  readonly user_id: string;
  /** The owner of what the caller makes: its tenant. */
  readonly owner: string;
  /** In small letters. */
  readonly roles: readonly string[];
  readonly is_admin: boolean;
  readonly auth_token: string;
}

export const REQUEST_ID = "x-openstack-request-id";

/** The filter that lets nobody in whose identity is not confirmed. */
export const confirmed: Layer = (next) => (request) => {
  if (request.headers["x-identity-status"] === "Confirmed") return next(request);
  throw new HttpFault(
    401,
    "This server could not verify that you are authorized to access the document you requested. " +
      "Either you supplied the wrong credentials (e.g., bad password), or your browser does not " +
      "understand how to supply the credentials required.",
  );
};

/** The role of policy.json's `role:admin`, whatever `admin_role` is. */
export const POLICY_ADMIN = "admin";

/** Makes contexts out of what the token middleware says: an admin is one by `admin_role` or by `context_is_admin`. */
export const contextMaker =
  (env: Env, adminRole: string) =>
  ({ headers }: HttpRequest): ImageContext => {
    const roles = (headers["x-roles"] ?? "").split(",").map((role) => role.trim().toLowerCase());
    return {
      request_id: env.currentRequest(),
      user_id: headers["x-user-id"] ?? "",
      owner: headers["x-tenant-id"] ?? "",
      roles,
      is_admin: roles.includes(adminRole.trim().toLowerCase()) || roles.includes(POLICY_ADMIN),
      auth_token: headers["x-auth-token"] ?? "",
    };
  };
