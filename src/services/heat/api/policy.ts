/**
 * Who may do what through heat-api: its policy.json. Users of stacks' own may do little, all others everything;
 * nobody may list the stacks of all projects. Upstream: etc/heat/policy.json, heat/api/openstack/v1/util.py
 * (policy_enforce) at 2014.2.
 */
import { policyMaker } from "../../../framework/index.js";
import type { HeatContext } from "../context.js";
import { Forbidden } from "../exception.js";

const STACK_USER = "heat_stack_user";

export const heatPolicy = policyMaker<HeatContext>()({
  checks: {
    "": () => true,
    "rule:deny_stack_user": ({ roles }) => !roles.includes(STACK_USER),
    "rule:deny_everybody": () => false,
  },
  rules: {
    "actions:action": "rule:deny_stack_user",
    "build_info:build_info": "rule:deny_stack_user",
    "events:index": "rule:deny_stack_user",
    "events:show": "rule:deny_stack_user",
    "resource:index": "rule:deny_stack_user",
    "resource:metadata": "",
    "resource:signal": "",
    "resource:show": "rule:deny_stack_user",
    "software_configs:create": "rule:deny_stack_user",
    "software_configs:delete": "rule:deny_stack_user",
    "software_configs:show": "rule:deny_stack_user",
    "software_deployments:create": "rule:deny_stack_user",
    "software_deployments:delete": "rule:deny_stack_user",
    "software_deployments:index": "rule:deny_stack_user",
    "software_deployments:metadata": "",
    "software_deployments:show": "rule:deny_stack_user",
    "software_deployments:update": "rule:deny_stack_user",
    "stacks:abandon": "rule:deny_stack_user",
    "stacks:create": "rule:deny_stack_user",
    "stacks:delete": "rule:deny_stack_user",
    "stacks:delete_snapshot": "rule:deny_stack_user",
    "stacks:detail": "rule:deny_stack_user",
    "stacks:generate_template": "rule:deny_stack_user",
    "stacks:global_index": "rule:deny_everybody",
    "stacks:index": "rule:deny_stack_user",
    "stacks:list_resource_types": "rule:deny_stack_user",
    "stacks:list_snapshots": "rule:deny_stack_user",
    "stacks:lookup": "",
    "stacks:preview": "rule:deny_stack_user",
    "stacks:resource_schema": "rule:deny_stack_user",
    "stacks:show": "rule:deny_stack_user",
    "stacks:show_snapshot": "rule:deny_stack_user",
    "stacks:snapshot": "rule:deny_stack_user",
    "stacks:template": "rule:deny_stack_user",
    "stacks:update": "rule:deny_stack_user",
    "stacks:update_patch": "rule:deny_stack_user",
    "stacks:validate_template": "rule:deny_stack_user",
  },
  refusal: () => new Forbidden(),
});

export type HeatRule = keyof typeof heatPolicy.rules;
