/** `expect: { log: [...] }`: what processes must have logged, each line looked for by itself. */
import { isParty, type Entry } from "../../timeline/index.js";
import { nearest } from "../../text/nearest.js";
import type { LogExpectation } from "../schema/expectation.js";
import { observeCheck, type RunContext } from "./context.js";
import type { Unmet } from "./failure.js";
import { textMatcher } from "./match.js";

type Logged = Extract<Entry, { kind: "log" }>;

/** No more lines are shown for one that was not found. */
const MOST = 5;

export function unmetLog(context: RunContext, expected: readonly LogExpectation[]): Unmet[] {
  if (expected.length === 0) return [];
  const lines = context.entries().filter((entry) => entry.kind === "log");
  return expected.flatMap((wanted, index) => {
    const what = describeLog(wanted);
    const lacks = textMatcher(wanted.says);
    const ofThat = lines.filter((line) => isOf(line, wanted));
    const found = ofThat.find(({ message }) => lacks(message) === undefined);
    const actual = found?.message ?? null;
    if (observeCheck(context, what, found !== undefined, wanted, actual)) return [];
    const details = near(wanted, ofThat);
    const failure = { kind: "expectation" as const, what, details, expected: wanted, actual };
    return [{ failure, within: ["log", index] }];
  });
}

const isOf = ({ actor = "", level }: Logged, wanted: LogExpectation): boolean =>
  isParty(wanted.from ?? "*", actor) && (wanted.level === undefined || wanted.level === level);

/** `nova-compute logs a warning: contains "Timed out"`. */
function describeLog({ from = "somebody", level, says }: LogExpectation): string {
  const text = typeof says === "string" ? says : JSON.stringify(says);
  return `${from} logs ${level === undefined ? "" : `at ${level} `}${text}`;
}

/** What was logged instead: the likest first, if one is like it, and then the last ones. */
function near({ says }: LogExpectation, lines: readonly Logged[]): string[] {
  if (lines.length === 0) return ["Nothing of that sort was logged."];
  const text = typeof says === "string" ? says : String(says.contains ?? says.matches ?? "");
  const messages = [...new Set(lines.map(({ message }) => message))];
  const like = nearest(text, new Set(messages));
  const shown = [...(like === undefined ? [] : [like]), ...messages.slice(-MOST)];
  return ["Logged were:", ...[...new Set(shown)].map((message) => `  ${firstLine(message)}`)];
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
