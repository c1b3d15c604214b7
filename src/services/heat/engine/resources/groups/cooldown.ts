/** The time after a change of a group in which it is left alone. Upstream: heat/scaling/cooldown.py at 2014.2. */
import { seconds, type Kernel } from "../../../../../kernel/index.js";
import { dictOrder, type Json, type JsonObject } from "../../../../../python/index.js";

/** @param metadata the last change, by its time @param cooldown seconds; null for none */
export function coolsDown(kernel: Kernel, metadata: JsonObject, cooldown: Json): boolean {
  const lasts = Math.max(0, typeof cooldown === "number" ? cooldown : 0);
  const [last] = dictOrder(Object.keys(metadata));
  if (last === undefined || lasts === 0) return false;
  return kernel.now - kernel.calendar.parse(last) <= seconds(lasts);
}

/** What is kept of a change. */
export const coolingFrom = (kernel: Kernel, reason: string): JsonObject => ({
  [kernel.calendar.stamp(kernel.now)]: reason,
});
