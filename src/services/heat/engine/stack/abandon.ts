/**
 * What is left of a stack that is abandoned, and kept of one in a snapshot: all that is known of it. Upstream:
 * heat/engine/stack.py (Stack.prepare_abandon) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { setMember, type Json, type JsonObject } from "../../../../python/index.js";
import type { StackCore } from "./core.js";

/** Whatever its resources have made stays when they go. */
export function* prepareAbandon(stack: StackCore): Op<JsonObject> {
  const resources: Record<string, Json> = {};
  for (const resource of stack.resources.values()) {
    setMember(resources, resource.name, yield* resource.prepareAbandon());
  }
  return {
    name: stack.name,
    id: stack.id,
    action: stack.action,
    environment: stack.environment,
    status: stack.status,
    template: stack.template.source,
    resources,
    project_id: stack.tenant,
    stack_user_project_id: stack.userProjectId,
  };
}
