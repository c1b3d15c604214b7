/** When a fault lasts, and the words for it. */
import { microseconds, type Duration, type Kernel, type Micros } from "../kernel/index.js";
import type { Fault } from "./fault.js";

/** From `after` on (default at once), for as long as `for` (default until it is healed). */
export interface Window {
  readonly after?: Duration | undefined;
  readonly for?: Duration | undefined;
}

/**
 * Let `fault` stand for its window: `raise` is called when it begins, unless it was lifted before.
 * What it holds up is waited for, so its end is nothing that a run leaves behind.
 */
export function stand(
  kernel: Kernel,
  fault: Fault,
  { after = 0, for: length }: Window,
  raise: () => void,
): void {
  const begin = (): void => {
    if (!fault.lifted) raise();
  };
  if (after === 0) begin();
  else kernel.after(after, begin);
  if (length !== undefined) kernel.after(microseconds(after + length), () => fault.lift());
}

/** ` after 2 s for 500 ms`; empty for a fault that stands from now until it is healed. */
export function windowText({ after, for: length }: Window): string {
  const begin = after === undefined ? "" : ` after ${timeText(after)}`;
  return length === undefined ? begin : `${begin} for ${timeText(length)}`;
}

export const timeText = (micros: Micros): string =>
  micros < 1_000_000 ? `${String(micros / 1_000)} ms` : `${String(micros / 1_000_000)} s`;
