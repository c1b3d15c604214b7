/**
 * Drives a run in real time: some milliseconds of it, then a moment for signals and for the streams.
 * Nothing in the run depends on this.
 */
import { setImmediate } from "node:timers/promises";
import type { ScenarioRun } from "../scenario/index.js";
import type { Io } from "./io.js";

const MILLISECONDS = 10;

export interface Stops {
  /** Asked between slices: whether to end before the run does. */
  readonly stop?: () => boolean;
  /** Done between slices: flush what was gathered. */
  readonly between?: () => void;
}

/** @returns how it ended: by itself, by Ctrl-C, or because `stop` or a closed pipe wanted it */
export async function pace(
  io: Io,
  run: ScenarioRun,
  stops: Stops = {},
): Promise<"ended" | "interrupted" | "stopped"> {
  let interrupted = false;
  const forget = io.onInterrupt(() => {
    interrupted = true;
  });
  try {
    for (;;) {
      const until = performance.now() + MILLISECONDS;
      let more = true;
      while (more && performance.now() < until) more = run.slice();
      stops.between?.();
      if (stops.stop?.() === true || io.stdout.closed) return "stopped";
      if (!more) return "ended";
      await io.stdout.drained();
      await setImmediate();
      // The signal handler runs while this function waits, which the compiler cannot see.
      if (interrupted as boolean) return "interrupted";
    }
  } finally {
    forget();
  }
}
