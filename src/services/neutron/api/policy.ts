/**
 * Who may do what. A tenant deals with its own objects; some attributes are for admins, some for
 * the owner of the network, and an act is refused with any attribute that it may not set. What a
 * tenant sees at all is the plugin's affair (visibility.ts). Upstream: neutron/policy.py and
 * etc/policy.json at 2014.2, whose default holds for what it does not name.
 */
import { policyMaker, routeMaker, type RequestContext } from "../../../framework/index.js";
import type { Json, JsonObject } from "../../../python/index.js";
import { PolicyNotAuthorized } from "../errors.js";
import type { NeutronApi } from "./neutron-api.js";
import type { Resource } from "./resource.js";

/** What a rule is asked about. Without it, it is about what is the caller's own. */
export interface Target {
  readonly resource: Resource;
  /** As it is, or as it is to be made. */
  readonly object: JsonObject;
  /** What the request itself sets of it. */
  readonly changes: JsonObject;
  /** Whose its network is, if it is on one. */
  readonly networkOwner: string | undefined;
}

const ADMIN_ONLY = "rule:admin_only";
const ADMIN_OR_OWNER = "rule:admin_or_owner";
const ADMIN_OR_NETWORK_OWNER = "rule:admin_or_network_owner";
const REGULAR_USER = "rule:regular_user";
const OR_SHARED = "rule:admin_or_owner or rule:shared";
const OR_EXTERNAL = "rule:admin_or_owner or rule:shared or rule:external";
const DEFAULT = ADMIN_OR_OWNER;

export const neutronPolicy = policyMaker<RequestContext, Target>()({
  checks: {
    "": (ctxt, target) => ctxt.is_admin || maySet(ctxt, target),
    [REGULAR_USER]: (ctxt, target) => ctxt.is_admin || maySet(ctxt, target),
    [ADMIN_ONLY]: (ctxt) => ctxt.is_admin,
    // The plugin shows no others.
    [OR_SHARED]: () => true,
    [OR_EXTERNAL]: () => true,
    [ADMIN_OR_OWNER]: (ctxt, target) =>
      ctxt.is_admin || (owns(ctxt, target) && maySet(ctxt, target)),
    [ADMIN_OR_NETWORK_OWNER]: (ctxt, target) =>
      ctxt.is_admin || (ownsNetwork(ctxt, target) && maySet(ctxt, target)),
  },
  rules: {
    create_network: "",
    get_network: OR_EXTERNAL,
    update_network: ADMIN_OR_OWNER,
    delete_network: ADMIN_OR_OWNER,
    create_subnet: ADMIN_OR_NETWORK_OWNER,
    get_subnet: OR_SHARED,
    update_subnet: ADMIN_OR_NETWORK_OWNER,
    delete_subnet: ADMIN_OR_NETWORK_OWNER,
    create_port: "",
    get_port: ADMIN_OR_OWNER,
    update_port: ADMIN_OR_OWNER,
    delete_port: ADMIN_OR_OWNER,
    create_security_group: DEFAULT,
    get_security_group: DEFAULT,
    update_security_group: DEFAULT,
    delete_security_group: DEFAULT,
    create_security_group_rule: DEFAULT,
    get_security_group_rule: DEFAULT,
    update_security_group_rule: DEFAULT,
    delete_security_group_rule: DEFAULT,
    create_agent: DEFAULT,
    get_agent: ADMIN_ONLY,
    update_agent: ADMIN_ONLY,
    delete_agent: ADMIN_ONLY,
    create_floatingip: REGULAR_USER,
    get_floatingip: ADMIN_OR_OWNER,
    update_floatingip: ADMIN_OR_OWNER,
    delete_floatingip: ADMIN_OR_OWNER,
  },
  refusal: (action) => new PolicyNotAuthorized({ action }),
});

export type NeutronRule = keyof typeof neutronPolicy.rules;

export const route = routeMaker<NeutronApi, RequestContext, NeutronRule, Target>();

/** What of an object `ctxt` is shown: what the API knows, without what is for admins. */
export function view(ctxt: RequestContext, { attributes }: Resource, object: JsonObject) {
  const shown: Record<string, Json> = {};
  for (const name of Object.keys(object)) {
    const attribute = attributes[name];
    if (attribute === undefined || (attribute.adminOnly === true && !ctxt.is_admin)) continue;
    shown[name] = object[name] as Json;
  }
  return shown;
}

const owns = ({ project_id }: RequestContext, target?: Target): boolean =>
  target === undefined || target.object["tenant_id"] === project_id;

const ownsNetwork = ({ project_id }: RequestContext, target?: Target): boolean =>
  target === undefined || target.networkOwner === project_id;

/** Whether each attribute that is set is the caller's to set. */
function maySet(ctxt: RequestContext, target?: Target): boolean {
  if (target === undefined) return true;
  const { resource, changes } = target;
  return Object.keys(changes).every((name) => {
    const attribute = resource.attributes[name];
    // What is the default anyway is not asked for: `shared=False` needs no admin.
    if (attribute?.setter === undefined || changes[name] === attribute.default) return true;
    return attribute.setter === "network owner" && ownsNetwork(ctxt, target);
  });
}
