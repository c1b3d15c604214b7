/** One recording for several who want it: each gets each line. */
import type { Sink } from "../../timeline/index.js";

/** Undefined if nobody wants it: then nothing is recorded at all. */
export function together(sinks: readonly (Sink | undefined)[]): Sink | undefined {
  const some = sinks.filter((sink) => sink !== undefined);
  if (some.length === 0) return undefined;
  return {
    write(line) {
      for (const sink of some) sink.write(line);
    },
  };
}
