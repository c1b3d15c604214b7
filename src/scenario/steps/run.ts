/** `run:` A command line is typed, and the scenario goes on when it has ended. */
import { finish } from "../run/asked.js";
import { askCommand } from "../run/commands.js";
import { verb } from "../verbs/verb.js";
import { command, commandNames, commandProblems, commandText } from "../schema/command.js";

export const run = verb({
  key: "run",
  schema: command,
  text: commandText,
  names: (step, known) => commandNames(step, known, []),
  problems: (step, known) => commandProblems(step, known, []),
  run: (context, step) => finish(context, [askCommand(context, step)]),
});
