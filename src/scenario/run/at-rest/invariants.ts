/**
 * `expect: { invariants: true }`: what holds of any cloud at rest holds of this one, but for what Juno
 * itself breaks. Each of those is told by name; what has no name fails the run.
 */
import { findingText, INVARIANTS } from "../../../framework/invariants.js";
import { observeCheck, type RunContext } from "../context.js";
import type { Unmet } from "../failure.js";

export function unmetInvariants(context: RunContext, expected: true | undefined): Unmet[] {
  if (expected === undefined) return [];
  const findings = context.world.invariants?.() ?? [];
  const broken = findings.filter(({ exception }) => exception === undefined);
  const known = findings.filter(({ exception }) => exception !== undefined);
  const passed = broken.length === 0;
  observeCheck(context, "invariants", passed, expected, findings.map(findingText));
  const defects =
    known.length === 0
      ? []
      : ["Beside it, known defects of Juno's:", ...known.map((one) => `  ${findingText(one)}`)];
  return broken.map((finding) => ({
    failure: {
      kind: "expectation",
      what: `an invariant does not hold: ${findingText(finding)}`,
      details: [`what should hold: ${INVARIANTS[finding.invariant]}`, ...defects],
      expected,
      actual: finding,
    },
    within: ["invariants"],
  }));
}
