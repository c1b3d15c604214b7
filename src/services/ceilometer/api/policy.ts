/**
 * Who may see what of others': an administrator everything, anybody else what is of the project. A token
 * without a project is limited to none, and so sees all, as upstream. Upstream: ceilometer/api/acl.py,
 * etc/ceilometer/policy.json at 2014.2.
 */
import { policyMaker, type Policy, type RequestContext } from "../../../framework/index.js";
import { ClientSideError } from "./wsme/errors.js";

export type CeilometerRule = "context_is_admin";

export const ceilometerPolicy: Policy<RequestContext, CeilometerRule> =
  policyMaker<RequestContext>()({
    checks: { "role:admin": ({ roles }) => roles.includes("admin") },
    rules: { context_is_admin: "role:admin" },
    refusal: (rule) => new ClientSideError(rule, 403),
  });

const isAdmin = (ctxt: RequestContext): boolean =>
  ceilometerPolicy.allows("context_is_admin", ctxt);

/** `get_limited_to_project`; null: not at all. */
export const limitedToProject = (ctxt: RequestContext): string | null =>
  isAdmin(ctxt) ? null : ctxt.project_id;

/** `get_limited_to`, of the user. */
export const limitedToUser = (ctxt: RequestContext): string | null =>
  isAdmin(ctxt) ? null : ctxt.user_id;
