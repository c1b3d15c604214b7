/** Steps one after the other: each is told, then done. What they are, the vocabulary of steps knows. */
import type { Step as StepEntry } from "../../timeline/index.js";
import type { Path } from "../load/path.js";
import type { Vocabulary } from "../verbs/vocabulary.js";
import { observeStep, type RunContext } from "./context.js";
import { pause, type Slices } from "./slices.js";

interface AnyStep {
  readonly note?: string | undefined;
  readonly question?: string | undefined;
  readonly answer?: string | undefined;
}

/** Do `steps` in order. @throws StepFailed at the first that does not end as expected */
export function* runSteps<S extends AnyStep>(
  vocabulary: Vocabulary<S>,
  context: RunContext,
  steps: readonly S[],
  path: Path,
): Slices<void> {
  const { progress } = context;
  for (const [index, step] of steps.entries()) {
    progress.path = [...path, index];
    const { note, question, answer } = step;
    // A repeat is told by its steps; what is asked before it is a step of its own, as a mere note is.
    const text = vocabulary.text(step) ?? (question === undefined ? undefined : "");
    if (text !== undefined) {
      const entry: StepEntry = {
        kind: "step",
        index: progress.steps++,
        text,
        ...(note !== undefined && { note }),
        ...(question !== undefined && { question }),
        ...(answer !== undefined && { answer }),
      };
      observeStep(context, entry);
    }
    yield* vocabulary.run(context, step);
    yield* pause();
  }
}
