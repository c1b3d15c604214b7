/** While nobody does anything, what a filter looks in is made ready, so that the first letter finds it. */
import type { Model } from "../../views/model/model.js";

/** Milliseconds at a time. */
const SLICE = 6;
/** Entries between two looks at the clock. */
const STRIDE = 64;

export function prepare(model: Model, from = 0): void {
  const { length } = model.entries;
  if (from >= length) return;
  whenIdle(() => {
    const end = performance.now() + SLICE;
    let seq = from;
    do {
      for (const last = Math.min(length, seq + STRIDE); seq < last; seq++)
        model.servers.prepare(seq);
    } while (seq < length && performance.now() < end);
    prepare(model, seq);
  });
}

/** Safari cannot say when it is idle. */
function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(act);
  else setTimeout(act, SLICE);
}
