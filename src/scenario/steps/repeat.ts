/**
 * `repeat:` Steps again and again; `{n}` in them is the number of the turn, from 1. The one verb that
 * holds steps: whoever lists it gives it their schema, and the runner who does them.
 */
import { z } from "zod";
import type { Path } from "../load/path.js";
import type { RunContext } from "../run/context.js";
import type { Slices } from "../run/slices.js";
import { whole } from "../schema/values.js";
import type { Verb } from "../verbs/verb.js";

interface Repeated<S> {
  times: number;
  steps: S[];
}

export type RepeatVerb<R> = Verb<"repeat", { repeat: z.ZodType<R> }, { repeat: R }>;

export function repeating<S extends { readonly kind: string }>(
  step: () => z.ZodType<S>,
  runAll: (context: RunContext, steps: readonly S[], path: Path) => Slices<void>,
): RepeatVerb<Repeated<S>> {
  const repeat = z
    .strictObject({
      times: whole(1, 1_000_000).meta({ description: "How often." }),
      steps: z
        .lazy(() => z.array(step()).min(1).max(1_000))
        .meta({ description: "What is done each time, in order." }),
    })
    .meta({ description: "Steps again and again; {n} in them is the number of the turn, from 1." });
  return {
    key: "repeat",
    schema: { repeat },
    // Each step in it is told when it is done.
    text: () => undefined,
    names: () => [],
    *run(context, { repeat: { times, steps } }) {
      const path = [...context.progress.path, "repeat", "steps"];
      for (let turn = 1; turn <= times; turn++) {
        yield* runAll(context, numbered(steps, turn), path);
      }
    },
  };
}

/** The number of the turn, in the braces of turns or in those of references. */
const TURN = /\{\{\s*n\s*\}\}|\{n\}/gu;

/** `steps` with every `{n}` in their texts replaced; a `repeat:` inside counts for itself. */
function numbered<S extends { readonly kind: string }>(steps: readonly S[], turn: number): S[] {
  return steps.map((step) => (step.kind === "repeat" ? step : (filled(step, String(turn)) as S)));
}

function filled(value: unknown, turn: string): unknown {
  if (typeof value === "string") return value.replace(TURN, turn);
  if (Array.isArray(value)) return value.map((item) => filled(item, turn));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.replace(TURN, turn), filled(item, turn)]),
  );
}
