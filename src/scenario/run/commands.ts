/** `run:` and `together:`: command lines, typed one after the other or at the same moment. */
import type { Greenthread } from "../../kernel/index.js";
import type { Command } from "../schema/command.js";
import type { CommandResult } from "../world.js";
import { observeCheck, type RunContext } from "./context.js";
import { attempt, StepFailed } from "./failure.js";
import { textMatcher } from "./match.js";
import { drive, pause, type Slices } from "./slices.js";

type Running = Greenthread<CommandResult>;

/** Type one command line and wait for its end. */
export function* runCommand(context: RunContext, step: Command): Slices<void> {
  const thread = begin(context, step);
  yield* ended(context, thread);
  judge(context, step, thread.result);
}

/** Type all of them before any has had an answer, then wait for all. */
export function* runTogether(context: RunContext, steps: readonly Command[]): Slices<void> {
  const threads = steps.map((step) => begin(context, step));
  for (const thread of threads) yield* ended(context, thread);
  for (const [index, step] of steps.entries()) {
    judge(context, step, (threads[index] as Running).result);
    // Each may look through long outputs for patterns.
    yield* pause();
  }
}

function begin(context: RunContext, step: Command): Running {
  return attempt(() =>
    context.world.user(step.as ?? context.defaultUser).begin(step.run, context.cause),
  );
}

function* ended({ world }: RunContext, thread: Running): Slices<void> {
  const { kernel } = world;
  const horizon = kernel.now + kernel.ceilings.settle;
  if (!(yield* drive(kernel, () => thread.ended, horizon))) {
    throw kernel.stalled(`${thread.name} cannot end`);
  }
}

/** A command line that nothing is said about must succeed. */
function judge(context: RunContext, step: Command, result: CommandResult): void {
  const { exit = 0, stdout, stderr } = step.expect ?? {};
  const wrong: string[] = [];
  if (result.exit !== exit) {
    wrong.push(`exit code ${String(result.exit)} instead of ${String(exit)}`);
  }
  for (const [stream, match] of [
    ["stdout", stdout],
    ["stderr", stderr],
  ] as const) {
    const mismatch = match === undefined ? undefined : textMatcher(match)(result[stream]);
    if (mismatch !== undefined) wrong.push(`${stream} ${mismatch}`);
  }
  const expected = step.expect ?? { exit };
  if (step.expect !== undefined || wrong.length > 0) {
    observeCheck(
      context,
      step.run,
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
  const what = `\`${step.run}\` did not end as expected`;
  throw new StepFailed({ kind: "expectation", what, details, expected, actual: result }, ["run"]);
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
