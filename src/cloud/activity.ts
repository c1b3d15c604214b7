/**
 * What every service is doing right now, in words for somebody who waits in vain: whoever works and
 * what for, whoever does not run, and what waits for nobody. Upstream: logs and `rabbitmqctl`.
 */
import type { Bus } from "../bus/index.js";
import type { Kernel } from "../kernel/index.js";
import type { Slot } from "./processes/slot.js";

/** Notifications wait for a listener that most clouds do not have; that stops nothing. */
const NOTIFICATIONS = /^notifications/;

export function activity(kernel: Kernel, slots: readonly Slot[], bus: Bus): string[] {
  const busy = kernel.threads().filter((thread) => !thread.daemon);
  const down = slots.filter(({ running }) => !running);
  const unread = bus
    .queues()
    .filter(
      ({ name, depth, consumers }) => depth > 0 && consumers === 0 && !NOTIFICATIONS.test(name),
    );
  return [
    ...busy.map((thread) => thread.describe()),
    ...down.map(({ actor }) => `${actor.name} is not running`),
    ...unread.map(({ name, depth }) => `${waiting(depth)} in queue ${name}, which nobody reads`),
  ];
}

function waiting(depth: number): string {
  return depth === 1 ? "1 message waits" : `${String(depth)} messages wait`;
}
