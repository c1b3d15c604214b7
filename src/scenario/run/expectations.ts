/** `expect:` and `check:`: flows, servers, logs and notifications, each answered in words. */
import { matchFlow } from "../../timeline/index.js";
import type { Expectation } from "../schema/expectation.js";
import { observeCheck, type RunContext } from "./context.js";
import type { Unmet } from "./failure.js";
import { unmetInvariants } from "./at-rest/invariants.js";
import { unmetLeftovers } from "./at-rest/leftovers.js";
import { unmetLog } from "./logged.js";
import { actualOf, describeExpectation, describeServer, serverMatcher } from "./match.js";

/** Everything in `expected` that does not hold now. */
export function unmet(context: RunContext, expected: Expectation): Unmet[] {
  return [
    ...unmetServers(context, expected.server ?? {}),
    ...unmetFlow(context, expected.flow ?? []),
    ...unmetLog(context, expected.log ?? []),
    ...unmetLeftovers(context, expected.leftovers),
    ...unmetInvariants(context, expected.invariants),
    ...unmetNotifications(context, expected.notifications ?? []),
  ];
}

function unmetServers(context: RunContext, servers: NonNullable<Expectation["server"]>): Unmet[] {
  return Object.entries(servers).flatMap(([name, expected]) => {
    const state = context.world.server(name);
    const actual = actualOf(expected, state);
    const what = `server ${name}: ${describeExpectation(expected)}`;
    if (observeCheck(context, what, serverMatcher(expected)(state), expected, actual)) return [];
    const details = [
      `expected: ${describeExpectation(expected)}`,
      `actual:   ${describeServer(name, state)}`,
    ];
    return [
      {
        failure: { kind: "expectation", what, details, expected, actual },
        within: ["server", name],
      },
    ];
  });
}

function unmetFlow(context: RunContext, flow: readonly string[]): Unmet[] {
  if (flow.length === 0) return [];
  const match = matchFlow(context.entries(), flow);
  const what = `flow of ${String(flow.length)} ${flow.length === 1 ? "line" : "lines"}`;
  const actual = match.matched ? flow : flow.slice(0, match.index);
  if (observeCheck(context, what, match.matched, flow, actual) || match.matched) return [];
  const [first = what, ...details] = match.message.split("\n");
  return [
    {
      failure: { kind: "expectation", what: first, details, expected: flow, actual },
      within: ["flow", match.index],
    },
  ];
}

function unmetNotifications(context: RunContext, expected: readonly string[]): Unmet[] {
  if (expected.length === 0) return [];
  const events = context
    .entries()
    .flatMap((entry) => (entry.kind === "notification" ? [entry.event_type] : []));
  let found = 0;
  for (const event of events) if (event === expected[found]) found++;
  const what = `notifications ${expected.join(", ")}`;
  const passed = found === expected.length;
  const actual = expected.slice(0, found);
  if (observeCheck(context, what, passed, expected, actual)) return [];
  const missing = expected[found] ?? "";
  const details = [
    found === 0
      ? "It is the first one expected."
      : `Looked for after ${expected[found - 1] ?? ""}.`,
    events.length === 0 ? "No notification was sent." : `Sent: ${[...new Set(events)].join(", ")}`,
  ];
  const failure = {
    kind: "expectation" as const,
    what: `notification ${missing} was not sent`,
    details,
    expected,
    actual,
  };
  return [{ failure, within: ["notifications", found] }];
}
