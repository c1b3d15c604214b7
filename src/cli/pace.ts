/**
 * Drives a run in real time: some milliseconds of it, then a moment for signals and for the streams.
 * Nothing in the run depends on this. Ctrl-C is listened for only here, where somebody can act on it
 * at once; during everything else it ends the process as always.
 */
import { setImmediate } from "node:timers/promises";
import { formatDuration, type Result, type ScenarioRun } from "../scenario/index.js";
import type { Session } from "./globals.js";

const MILLISECONDS = 10;

export interface Stops {
  /** Asked between slices: whether to end before the run does. */
  readonly stop?: () => boolean;
  /** Done between slices: flush what was gathered. */
  readonly between?: () => void;
  /** Waited for between slices, beside standard output: until what was flushed has left, or was shown. */
  readonly drained?: (more: boolean) => Promise<void>;
}

/** By itself, by Ctrl-C, or because `stop` or a closed pipe wanted it. */
export type RunEnd = "ended" | "interrupted" | "stopped";

/** @returns how it ended */
export async function pace(
  { io, progress }: Session,
  run: ScenarioRun,
  stops: Stops = {},
): Promise<RunEnd> {
  let interrupted = false;
  let forget = (): void => undefined;
  const interruption = new Promise<void>((wake) => {
    forget = io.onInterrupt(() => {
      interrupted = true;
      wake();
    });
  });
  try {
    for (;;) {
      const until = performance.now() + MILLISECONDS;
      let more = true;
      while (more && performance.now() < until) more = run.slice();
      stops.between?.();
      progress.tell(() => standing(run.result()));
      // A reader that has stopped reading must not keep Ctrl-C waiting.
      await Promise.race([interruption, Promise.all([io.stdout.drained(), stops.drained?.(more)])]);
      // Also after the last slice: a signal that came during it is heard now or never.
      await setImmediate();
      // The signal handler runs while this function waits, which the compiler cannot see.
      if (interrupted as boolean) return "interrupted";
      if (stops.stop?.() === true || io.stdout.closed) return "stopped";
      if (!more) return "ended";
    }
  } finally {
    forget();
  }
}

/** `boot: step 4, 2m 3s of virtual time, 12345 events`. */
const standing = ({ scenario, at, steps, events }: Result): string =>
  `${scenario}: step ${String(steps)}, ${formatDuration(at)} of virtual time, ${String(events)} events`;
