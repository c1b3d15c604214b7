/** `run:` A command line is typed, and what it printed is looked at; `horizon:` so is what a page says. */
import type { Command } from "../schema/command.js";
import type { CommandResult } from "../world.js";
import type { Asked } from "./asked.js";
import { observeCheck, type RunContext } from "./context.js";
import { attempt, StepFailed } from "./failure.js";
import { fillWords, References } from "./references.js";
import { textMatcher } from "./match.js";

/** Type one command line; no time goes by. */
export function askCommand(context: RunContext, step: Command): Asked {
  const thread = attempt(() => {
    const line = fillWords(step.run, context.kept);
    return context.world.user(step.as ?? context.defaultUser).begin(line, context.cause);
  });
  return {
    thread,
    judge() {
      judgeOutput(context, step.run, step.expect, thread.result, "run");
    },
  };
}

/** What nothing is said about must succeed. @param verb of the step, for messages */
export function judgeOutput(
  context: RunContext,
  said: string,
  expect: Command["expect"],
  result: CommandResult,
  verb: string,
): void {
  const { exit = 0, stdout, stderr } = expect ?? {};
  const filled = new References(context.world, context.kept);
  const wrong: string[] = [];
  if (exit !== "any" && result.exit !== exit) {
    wrong.push(`exit code ${String(result.exit)} instead of ${String(exit)}`);
  }
  for (const [stream, match] of [
    ["stdout", stdout],
    ["stderr", stderr],
  ] as const) {
    if (match === undefined) continue;
    const mismatch = textMatcher(filled.inMatch(match))(result[stream]);
    if (mismatch !== undefined) wrong.push(`${stream} ${mismatch}`);
  }
  const expected = expect ?? { exit };
  if (expect !== undefined || wrong.length > 0) {
    observeCheck(
      context,
      said,
      wrong.length === 0,
      expected,
      wrong.length === 0 ? expected : result,
    );
  }
  if (wrong.length === 0) return;
  const details = [
    ...wrong,
    ...printed("stdout", result.stdout),
    ...printed("stderr", result.stderr),
  ];
  const what = `\`${said}\` did not end as expected`;
  throw new StepFailed({ kind: "expectation", what, details, expected, actual: result }, [verb]);
}

const MOST_LINES = 20;

function printed(stream: string, text: string): string[] {
  if (text.trim() === "") return [`${stream} was empty`];
  const lines = text.trimEnd().split("\n");
  const more = lines.length - MOST_LINES;
  return [
    `${stream} was:`,
    ...lines.slice(0, MOST_LINES).map((line) => `  ${line}`),
    ...(more > 0 ? [`  ... and ${String(more)} more lines`] : []),
  ];
}
