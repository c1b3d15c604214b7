/**
 * The project that users of a stack are made in. Without a domain of Heat's own, which is not simulated, it is
 * that of the stack. Upstream: heat/engine/stack.py (create_stack_user_project_id),
 * heat/common/heat_keystoneclient.py (create_stack_domain_project, delete_stack_domain_project) at 2014.2.
 */
import type { StackCore } from "./core.js";
import { storeStack } from "./store.js";

export const NO_DOMAIN = "Falling back to legacy non-domain project, configure domain in heat.conf";

const NO_DOMAIN_SET =
  "stack_user_domain_id or stack_user_domain_name not set in heat.conf falling back to using default";

export function createUserProject(stack: StackCore): void {
  stack.parts.log("warning", NO_DOMAIN_SET);
  stack.parts.log("warning", NO_DOMAIN);
  stack.userProjectId = stack.context.tenant_id;
  storeStack(stack);
}
