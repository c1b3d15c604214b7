/** `check:` What must hold in the middle of a scenario, as `expect:` does at its end. */
import type { Path } from "../load/path.js";
import { parseFlowLine } from "../../timeline/index.js";
import { unmet } from "../run/expectations.js";
import { StepFailed } from "../run/failure.js";
import { act } from "../run/slices.js";
import { expectation, type Expectation, type ServerExpectation } from "../schema/expectation.js";
import { verb, type NameUse } from "../verbs/verb.js";

export const check = verb({
  key: "check",
  schema: {
    check: expectation.meta({ description: "What must hold here, written as under expect:." }),
  },
  text: () => "check",
  names: (step) => expectationNames(step.check, ["check"]),
  run: (context, step) =>
    act(context, () => {
      const [first] = unmet(context, step.check);
      if (first !== undefined) throw new StepFailed(first.failure, ["check", ...first.within]);
    }),
});

/** The names in `expected`, which stands at `at`. */
export const expectationNames = ({ server = {}, flow = [] }: Expectation, at: Path): NameUse[] => [
  ...Object.entries(server).flatMap(([name, state]) => stateNames(state, [...at, "server", name])),
  ...flow.flatMap((line, index) => flowNames(line, [...at, "flow", index])),
];

/** Who speaks, and who is spoken to unless it may be the topic of a queue. */
function flowNames(text: string, at: Path): NameUse[] {
  const line = parseFlowLine(text);
  if (line.kind === "state") {
    const { vmState: vm_state, taskState: task_state } = line;
    return stateNames({ vm_state, task_state }, []).map((use) => ({ ...use, at }));
  }
  const actors = [line.from, ...(line.kind === "rest" ? [line.to] : [])];
  return actors.filter(isActor).map((name) => ({ what: "actor", name, at }));
}

/** Anybody (`*`), a publisher (`compute.compute-1`) and an address (`controller:9292`) are no actors. */
const isActor = (name: string): boolean =>
  /^[\w-]+(?::\d+)?(?:@.+)?$/u.test(name) && !/:\d{3,}$/u.test(name);

/** A state that no server can have: whoever waits for it waits in vain, so better said at once. */
export function stateNames(expected: Partial<ServerExpectation>, at: Path): NameUse[] {
  return (["status", "vm_state", "task_state"] as const).flatMap((what): NameUse[] => {
    const name = expected[what];
    return typeof name === "string" ? [{ what, name, at: [...at, what] }] : [];
  });
}
