/**
 * Who may do what in a project: its policy.json as a value. Rules are names that routes bear; each
 * is one of a few checks. Upstream: nova/openstack/common/policy.py, and each project's etc/policy.json.
 */
import type { Exception } from "../../python/index.js";

/** Whether `ctxt` may do it to `target`; without one it is about nobody's in particular. */
export type Check<C, T> = (ctxt: C, target?: T) => boolean;

/** A project's policy.json as a value: which rule stands under which check. */
export interface Policy<C, R extends string, T = unknown> {
  /** Rule by rule, the check as policy.json writes it: `rule:admin_required`. */
  readonly rules: Readonly<Record<R, string>>;
  readonly allows: (rule: R, ctxt: C, target?: T) => boolean;
  /** What is raised where a rule does not allow it. */
  readonly refusal: (rule: R) => Exception;
}

/** Of a service without rules: no route can be under one. */
export const noPolicy: Policy<unknown, never> = {
  rules: {},
  allows: (rule) => rule,
  refusal: (rule) => rule,
};

/**
 * The policy of a project. A rule that names no check of its own list does not compile.
 *
 * @example
 * ```ts
 * import { HttpFault, RequestContext, policyMaker } from "novasim";
 *
 * const policy = policyMaker<RequestContext>()({
 *   checks: { admins: (ctxt) => ctxt.is_admin, anybody: () => true },
 *   rules: { "note:read": "anybody", "note:wipe": "admins" },
 *   refusal: (rule) => new HttpFault(403, `${rule} is not for you`),
 * });
 * const ann = new RequestContext({ request_id: "req-1", user_id: "ann" });
 * console.log(policy.allows("note:read", ann), policy.allows("note:wipe", ann)); // true false
 * ```
 */
export const policyMaker =
  <C, T = unknown>() =>
  <const R extends string, const K extends string>({
    checks,
    rules,
    refusal,
  }: {
    readonly checks: Readonly<Record<K, Check<C, T>>>;
    readonly rules: Readonly<Record<R, NoInfer<K>>>;
    readonly refusal: (rule: string) => Exception;
  }): Policy<C, R, T> => ({
    rules,
    allows: (rule, ctxt, target) => checks[rules[rule]](ctxt, target),
    refusal,
  });
