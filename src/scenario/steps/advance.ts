/** `advance:` Time goes by. */
import { formatDuration } from "../../kernel/index.js";
import { driveTo, timeAfter } from "../run/slices.js";
import { duration } from "../schema/values.js";
import { verb } from "../verbs/verb.js";

export const advance = verb({
  key: "advance",
  schema: {
    advance: duration.meta({ description: "Let so much time go by: 250ms, 3s, 2m or 1h." }),
  },
  text: (step) => `let ${formatDuration(step.advance)} go by`,
  names: () => [],
  lasts: (step) => step.advance,
  run: ({ world: { kernel } }, step) => driveTo(kernel, timeAfter(kernel, step.advance)),
});
