/**
 * Who may do what. A tenant deals with its own objects; some attributes are for admins, some for the
 * owner of the network. What a tenant sees at all is the plugin's affair (visibility.ts). Upstream:
 * neutron/policy.py (_build_match_rule, OwnerCheck) and etc/policy.json at 2014.2, whose default holds
 * for what it does not name.
 */
import { policyMaker, routeMaker, type RequestContext } from "../../../framework/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import { PolicyNotAuthorized } from "../errors.js";
import type { NeutronApi } from "./neutron-api.js";
import type { Resource } from "./resource.js";

/** What a rule is asked about. Without it, it is about what is the caller's own. */
export interface Target {
  readonly resource: Resource;
  /** As it is to be afterwards. */
  readonly object: JsonObject;
  /** The rules of the attributes that the request itself sets: `create_port:fixed_ips`. */
  readonly attributes: readonly string[];
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

type Asked = (ctxt: RequestContext, target?: Target) => boolean;

/** Each check by itself. */
const CHECKS = {
  "": () => true,
  [REGULAR_USER]: () => true,
  [ADMIN_ONLY]: ({ is_admin }) => is_admin,
  // The plugin shows no others.
  [OR_SHARED]: () => true,
  [OR_EXTERNAL]: () => true,
  [ADMIN_OR_OWNER]: ({ is_admin, project_id }, target) =>
    is_admin || target === undefined || target.object["tenant_id"] === project_id,
  [ADMIN_OR_NETWORK_OWNER]: ({ is_admin, project_id }, target) =>
    is_admin || target === undefined || target.networkOwner === project_id,
} as const satisfies Readonly<Record<string, Asked>>;

/** Rules of attributes. Those that are not here fall to the default. */
const ATTRIBUTE_RULES: Readonly<Record<string, keyof typeof CHECKS>> = {
  "create_network:shared": ADMIN_ONLY,
  "create_network:router:external": ADMIN_ONLY,
  "create_network:segments": ADMIN_ONLY,
  "create_network:provider:network_type": ADMIN_ONLY,
  "create_network:provider:physical_network": ADMIN_ONLY,
  "create_network:provider:segmentation_id": ADMIN_ONLY,
  "update_network:shared": ADMIN_ONLY,
  "update_network:router:external": ADMIN_ONLY,
  "update_network:segments": ADMIN_ONLY,
  "update_network:provider:network_type": ADMIN_ONLY,
  "update_network:provider:physical_network": ADMIN_ONLY,
  "update_network:provider:segmentation_id": ADMIN_ONLY,
  "create_port:mac_address": ADMIN_OR_NETWORK_OWNER,
  "create_port:fixed_ips": ADMIN_OR_NETWORK_OWNER,
  "create_port:binding:host_id": ADMIN_ONLY,
  "create_port:binding:profile": ADMIN_ONLY,
  "create_router:external_gateway_info:enable_snat": ADMIN_ONLY,
  "create_router:distributed": ADMIN_ONLY,
  "create_router:ha": ADMIN_ONLY,
  "update_router:external_gateway_info:enable_snat": ADMIN_ONLY,
  "update_router:distributed": ADMIN_ONLY,
  "update_router:ha": ADMIN_ONLY,
  "update_port:fixed_ips": ADMIN_OR_NETWORK_OWNER,
  "update_port:binding:host_id": ADMIN_ONLY,
  "update_port:binding:profile": ADMIN_ONLY,
};

/** What only an admin is shown; whatever else is no secret. */
const SECRET: readonly string[] = [
  "get_network:segments",
  "get_network:provider:network_type",
  "get_network:provider:physical_network",
  "get_network:provider:segmentation_id",
  "get_port:binding:vif_type",
  "get_port:binding:vif_details",
  "get_port:binding:host_id",
  "get_port:binding:profile",
  "get_router:distributed",
  "get_router:ha",
];

/** A check, and those of all attributes that are set. */
const withAttributes =
  (check: Asked): Asked =>
  (ctxt, target) =>
    check(ctxt, target) &&
    (target?.attributes ?? []).every((rule) =>
      CHECKS[ATTRIBUTE_RULES[rule] ?? DEFAULT](ctxt, target),
    );

export const neutronPolicy = policyMaker<RequestContext, Target>()({
  checks: {
    "": withAttributes(CHECKS[""]),
    [REGULAR_USER]: withAttributes(CHECKS[REGULAR_USER]),
    [ADMIN_ONLY]: CHECKS[ADMIN_ONLY],
    [OR_SHARED]: CHECKS[OR_SHARED],
    [OR_EXTERNAL]: CHECKS[OR_EXTERNAL],
    [ADMIN_OR_OWNER]: withAttributes(CHECKS[ADMIN_OR_OWNER]),
    [ADMIN_OR_NETWORK_OWNER]: withAttributes(CHECKS[ADMIN_OR_NETWORK_OWNER]),
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
    create_router: REGULAR_USER,
    get_router: ADMIN_OR_OWNER,
    update_router: DEFAULT,
    delete_router: ADMIN_OR_OWNER,
    add_router_interface: ADMIN_OR_OWNER,
    remove_router_interface: ADMIN_OR_OWNER,
    create_floatingip: REGULAR_USER,
    get_floatingip: ADMIN_OR_OWNER,
    update_floatingip: ADMIN_OR_OWNER,
    delete_floatingip: ADMIN_OR_OWNER,
    "create_dhcp-network": ADMIN_ONLY,
    "delete_dhcp-network": ADMIN_ONLY,
    "get_dhcp-networks": ADMIN_ONLY,
    "get_dhcp-agents": ADMIN_ONLY,
    "create_l3-router": ADMIN_ONLY,
    "delete_l3-router": ADMIN_ONLY,
    "get_l3-routers": ADMIN_ONLY,
    "get_l3-agents": ADMIN_ONLY,
    create_vip: DEFAULT,
    get_vip: DEFAULT,
    update_vip: DEFAULT,
    delete_vip: DEFAULT,
    create_pool: DEFAULT,
    get_pool: DEFAULT,
    update_pool: DEFAULT,
    delete_pool: DEFAULT,
    stats: DEFAULT,
    create_member: DEFAULT,
    get_member: DEFAULT,
    update_member: DEFAULT,
    delete_member: DEFAULT,
    create_health_monitor: DEFAULT,
    get_health_monitor: DEFAULT,
    update_health_monitor: DEFAULT,
    delete_health_monitor: DEFAULT,
    create_pool_health_monitor: DEFAULT,
    get_pool_health_monitor: DEFAULT,
    update_pool_health_monitor: DEFAULT,
    delete_pool_health_monitor: DEFAULT,
    create_service_provider: DEFAULT,
    get_service_provider: REGULAR_USER,
    update_service_provider: DEFAULT,
    delete_service_provider: DEFAULT,
    "get_loadbalancer-agent": ADMIN_ONLY,
    "get_loadbalancer-pools": ADMIN_ONLY,
  },
  refusal: (action) => new PolicyNotAuthorized({ action }),
});

export type NeutronRule = keyof typeof neutronPolicy.rules;

export const route = routeMaker<NeutronApi, RequestContext, NeutronRule, Target>();

/** The rules that a request is under for the attributes that it sets. */
export function attributeRules(
  action: "create" | "update",
  { member, attributes }: Resource,
  set: JsonObject,
): string[] {
  return (
    Object.keys(set)
      .filter((name) => attributes[name]?.enforced === true)
      // What is the default anyway is not asked for at creation: `shared=False` needs no admin.
      .filter((name) => action === "update" || set[name] !== attributes[name]?.default)
      .flatMap((name) => {
        const rule = `${action}_${member}:${name}`;
        const value = set[name] ?? null;
        const said = (attributes[name]?.members ?? []).filter(
          (inner) => isObject(value) && Object.hasOwn(value, inner),
        );
        return [rule, ...said.map((inner) => `${rule}:${inner}`)];
      })
  );
}

/** What of an object's members `ctxt` is not shown. */
export function hiddenMembers(
  ctxt: RequestContext,
  { member, attributes }: Resource,
  object: JsonObject,
): readonly string[] {
  return Object.keys(object).filter((name) => {
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (attribute === undefined || attribute.hidden === true) return true;
    return !ctxt.is_admin && SECRET.includes(`get_${member}:${name}`);
  });
}
