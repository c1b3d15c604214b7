/** A line in a process's log, which any layer may have something to say in. Upstream: oslo's LOG. */
import type { Kernel } from "./kernel.js";
import type { Observation } from "./observer.js";

export interface LogLine extends Observation {
  readonly kind: "log";
  readonly level: "debug" | "info" | "warning" | "error";
  readonly message: string;
}

/**
 * Write `message` into the log of `actor`, as closely as what happens now is recorded; warnings and
 * errors are news even amid routine.
 */
export function log(kernel: Kernel, actor: string, level: LogLine["level"], message: string): void {
  if (level === "warning" || level === "error") {
    logAloud(kernel, actor, level, message);
    return;
  }
  const request = kernel.current?.request;
  kernel.observe<LogLine>({ kind: "log", actor, request, level, message });
}

/** The same for what is news even amid routine: a heartbeat that finds the broker away. */
export function logAloud(
  kernel: Kernel,
  actor: string,
  level: LogLine["level"],
  message: string,
): void {
  const request = kernel.current?.request;
  kernel.observe<LogLine>({ kind: "log", actor, request, level, message }, kernel.cause, "flow");
}
