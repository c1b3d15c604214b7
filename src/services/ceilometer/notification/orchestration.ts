/** Samples of Heat's stacks. Upstream: ceilometer/orchestration/notifications.py at 2014.2. */
import { item, truth } from "../../../python/index.js";
import { fromNotification, inPayload, type Handler } from "./handler.js";

const stackHandler: Handler = {
  name: "stack_crud",
  eventTypes: ["create", "update", "delete", "resume", "suspend"].map(
    (verb) => `orchestration.stack.${verb}.end`,
  ),
  measure(notification) {
    const { context, event_type } = notification;
    const trustor = context["trustor_user_id"] ?? null;
    return [
      fromNotification(notification, {
        name: event_type.replaceAll("orchestration.stack", "stack").replaceAll(".end", ""),
        type: "delta",
        unit: "stack",
        volume: 1,
        resource_id: inPayload(notification, "stack_identity"),
        user_id: truth(trustor) ? trustor : item(context, "user_id"),
        project_id: inPayload(notification, "tenant_id"),
      }),
    ];
  },
};

export const orchestrationHandlers: readonly Handler[] = [stackHandler];
