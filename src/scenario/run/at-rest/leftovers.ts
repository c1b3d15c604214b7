/**
 * `expect: { leftovers: [...] }`: what is left behind, all of it and each for a reason. Unlike other
 * expectations it is complete: what it does not name must not be there.
 */
import type { LeftoverExpectation } from "../../schema/expectation.js";
import { observeCheck, type RunContext } from "../context.js";
import type { Unmet } from "../failure.js";
import { textMatcher } from "../match.js";
import { References } from "../references.js";

export function unmetLeftovers(
  context: RunContext,
  expected: readonly LeftoverExpectation[] | undefined,
): Unmet[] {
  if (expected === undefined) return [];
  const there = context.world.leftovers?.() ?? [];
  const filled = new References(context.world, context.kept);
  const matchers = expected.map(({ says }) => textMatcher(filled.inMatch(says)));
  const absent = expected.flatMap(({ says, because }, index) =>
    there.some((line) => matchers[index]?.(line) === undefined) ? [] : [{ says, because, index }],
  );
  const unnamed = there.filter((line) => matchers.every((lacks) => lacks(line) !== undefined));
  const what =
    expected.length === 0
      ? "nothing is left behind"
      : `left behind: ${expected.map(({ because }) => because).join("; ")}`;
  const passed = absent.length === 0 && unnamed.length === 0;
  observeCheck(context, what, passed, expected, there);
  const details = [
    there.length === 0 ? "Nothing is left behind." : "Left behind are:",
    ...there.map((line) => `  ${line}`),
  ];
  const failure = (text: string) => ({
    kind: "expectation" as const,
    what: text,
    details,
    expected,
    actual: there,
  });
  return [
    ...absent.map(({ because, index }) => ({
      failure: failure(`not left behind: what was expected because of "${because}"`),
      within: ["leftovers", index],
    })),
    ...unnamed.map((line) => ({ failure: failure(`left behind: ${line}`), within: ["leftovers"] })),
  ];
}
