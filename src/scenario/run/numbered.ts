/** `{n}` in the steps of a `repeat:`, replaced by the number of the turn. */
import type { Step } from "../schema/steps.js";

/** `steps` with every `{n}` in their texts replaced; a `repeat:` inside counts for itself. */
export function numbered(steps: readonly Step[], turn: number): Step[] {
  return steps.map((step) => ("repeat" in step ? step : (filled(step, String(turn)) as Step)));
}

function filled(value: unknown, turn: string): unknown {
  if (typeof value === "string") return value.replaceAll("{n}", turn);
  if (Array.isArray(value)) return value.map((item) => filled(item, turn));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replaceAll("{n}", turn), filled(item, turn)]),
  );
}
