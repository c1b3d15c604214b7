/**
 * What the driver of a cloud may ask of it, checked before anything happens: how much time is to go
 * by, and what is to be run. Types say the same; a program in plain JavaScript hears it here.
 */
import { IDLE_LOAD } from "../../hardware/guest-activity.js";
import { describe } from "../../text/complaints.js";
import {
  assertOp,
  assertOptions,
  assertText,
  DriverError,
  formatDuration,
  milliseconds,
  parseDuration,
  refuse,
  type Duration,
  type Kernel,
  type Op,
} from "../../kernel/index.js";

const RIGHT = 'give seconds(60), or a text such as "60s"';

/** Below this, a number was most likely meant as seconds. */
const UNLIKELY = milliseconds(1);

/**
 * A length of time as people write it: a number and its unit, `"250ms"`, `"60s"`, `"1.5h"`. Not `"1m30s"`.
 *
 * @example
 * ```ts
 * import { Cloud, type DurationText } from "novasim";
 *
 * const tick: DurationText = "250ms";
 * const cloud = new Cloud({ seed: 1 });
 * cloud.advance(tick);
 * cloud.now; // → 250000
 * ```
 */
export type DurationText = `${number}${"us" | "ms" | "s" | "m" | "h"}`;

/** @throws DriverError for what is no length of time, or would leave the calendar */
export function asDuration(duration: Duration | DurationText, kernel: Kernel): Duration {
  const length = typeof duration === "string" ? parseDuration(duration) : duration;
  if (length === undefined) {
    throw new DriverError(`${describe(duration)} is no length of time: ${RIGHT}`);
  }
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new DriverError(`time cannot advance by ${describe(length)}: ${RIGHT}`);
  }
  if (typeof duration === "number" && length > 0 && length < UNLIKELY) {
    throw new DriverError(
      `advance(${String(length)}) would be ${String(length)} microseconds: ${RIGHT}; ` +
        `if it is meant, write "${formatDuration(length)}"`,
    );
  }
  if (kernel.now + length > kernel.calendar.last) {
    throw new DriverError(`time cannot advance by ${String(duration)}: dates end in the year 2255`);
  }
  return length;
}

/** @throws DriverError for what is no operation */
export function asOperation<T>(op: Op<T>): Op<T> {
  assertOp(op, "run");
  return op;
}

const OWN = "a service ({ binary, manager }), or a project as defineProject makes it";

/** @throws DriverError for what is neither a service of one's own nor a project */
export function assertOwn(own: unknown): void {
  if (typeof own !== "object" || own === null) refuse(own, "add", OWN);
  if ("processes" in own) return;
  assertOptions(own, "add", ["binary", "topic", "manager", "classes", "flags"]);
  const { binary, manager } = own as { readonly binary?: unknown; readonly manager?: unknown };
  assertText(binary, "add: binary", 'the name of a program, such as "nova-keeper"');
  if (manager === undefined) return;
  const methods: unknown = typeof manager === "function" ? manager.prototype : undefined;
  if (typeof methods !== "object" || methods === null || !("endpoints" in methods)) {
    refuse(manager, "add: manager", "a class that extends Manager");
  }
}

/** @throws DriverError for what no guest can be busy with */
export function assertLoad(load: unknown): void {
  assertOptions(load, "load", Object.keys(IDLE_LOAD));
  for (const [name, value] of Object.entries(load as object)) {
    if (value === undefined || (typeof value === "number" && value >= 0 && value < Infinity))
      continue;
    refuse(value, `load: ${name}`, "a number from 0 on");
  }
}
