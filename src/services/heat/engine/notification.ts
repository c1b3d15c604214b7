/**
 * What the world is told of stacks, state by state: those of nested stacks as well. Upstream:
 * heat/engine/notification/stack.py, heat/engine/notification/autoscaling.py, heat/engine/api.py (format_notification_body) at 2014.2.
 */
import { Notifier } from "../../../bus/index.js";
import { serviceFlags, type Env } from "../../../framework/index.js";
import type { Op } from "../../../kernel/index.js";
import { heatSerializer, type HeatContext } from "../context.js";
import { arnOf } from "../identifier.js";
import { engineFlags } from "./flags.js";
import { isotime } from "./format/times.js";
import type { NotifiedStack, ScalingEvent } from "./resources/stack-view.js";

/** `notification.send`, as this engine. */
export function stackNotifications(
  env: Env,
): (stack: NotifiedStack, scaling?: ScalingEvent) => Op<void> {
  const flags = env.flags.read(serviceFlags);
  const { default_publisher_id } = env.flags.read(engineFlags);
  const notifier = new Notifier<HeatContext>(env.bus, {
    publisherId: default_publisher_id ?? `orchestration.${env.host}`,
    drivers: flags.notification_driver,
    topics: flags.notification_topics,
    serializer: heatSerializer,
  });
  return (stack, scaling) => {
    const { action, status } = stack;
    const done = status === "COMPLETE" ? "end" : "error";
    const suffix = scaling?.suffix ?? (status === "IN_PROGRESS" ? "start" : done);
    const level = suffix === "error" ? "error" : levelOf(flags.default_notification_level);
    const what = scaling === undefined ? `stack.${action.toLowerCase()}` : "autoscaling";
    const event = `orchestration.${what}.${suffix}`;
    return notifier.notify(stack.context, level, event, {
      tenant_id: stack.context.tenant_id,
      user_id: stack.context.username,
      stack_identity: arnOf(stack.identity()),
      stack_name: stack.name,
      state: `${action}_${status}`,
      state_reason: stack.statusReason,
      create_at: isotime(stack.createdTime),
      ...(scaling !== undefined && {
        adjustment_type: scaling.adjustment.type,
        adjustment: scaling.adjustment.by,
        capacity: scaling.capacity,
        groupname: scaling.groupname,
        message: scaling.message,
      }),
    });
  };
}

const LEVELS = ["debug", "info", "warn", "error", "critical"] as const;

const levelOf = (level: string): (typeof LEVELS)[number] =>
  LEVELS.find((known) => known === level.toLowerCase()) ?? "info";
