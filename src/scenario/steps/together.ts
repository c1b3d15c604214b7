/** `together:` Command lines are typed at one moment, and the scenario goes on when all have ended. */
import { z } from "zod";
import { runTogether } from "../run/commands.js";
import { verb } from "../verbs/verb.js";
import { command, commandNames, commandProblems, commandText } from "../schema/command.js";

export const together = verb({
  key: "together",
  schema: { together: z.array(z.strictObject(command)).min(1).max(100) },
  text: (step) => step.together.map(commandText).join(" & "),
  names: (step, known) =>
    step.together.flatMap((one, index) => commandNames(one, known, ["together", index])),
  problems: (step, known) =>
    step.together.flatMap((one, index) => commandProblems(one, known, ["together", index])),
  run: (context, step) => runTogether(context, step.together),
});
