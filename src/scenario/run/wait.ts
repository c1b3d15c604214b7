/** `wait:`: let time go by until a server is as wanted, event by event. */
import { minutes } from "../../kernel/index.js";
import { formatDuration } from "../../kernel/index.js";
import type { WaitCondition } from "../schema/steps.js";
import type { ServerState, World } from "../world.js";
import { observeCheck, type RunContext } from "./context.js";
import { StepFailed } from "./failure.js";
import { actualOf, describeExpectation, describeServer, serverFits } from "./match.js";
import { drive, type Slices } from "./slices.js";

const PATIENCE = minutes(5);

/** `server t3: status ACTIVE, within 2m`. */
export function describeWait({ server, within = PATIENCE, ...expected }: WaitCondition): string {
  return `server ${server}: ${describeExpectation(expected)}, within ${formatDuration(within)}`;
}

/** @throws StepFailed with the state as it is, and with what every service was doing */
export function* waitFor(context: RunContext, condition: WaitCondition): Slices<void> {
  const { world } = context;
  const { server, within = PATIENCE, ...expected } = condition;
  const begun = world.kernel.now;
  const horizon = begun + within;
  const look = observer(world, server);
  const met = yield* drive(world.kernel, () => serverFits(expected, look()), horizon);
  if (!met && world.kernel.now < horizon) world.kernel.run(horizon);
  const state = look();
  const actual = actualOf(expected, state);
  if (observeCheck(context, `wait for ${describeWait(condition)}`, met, expected, actual)) return;
  const activity = world.activity();
  const details = [
    `waited ${formatDuration(world.kernel.now - begun)} for: ${describeExpectation(expected)}`,
    `state: ${describeServer(server, state)}`,
    activity.length === 0 ? "no service was doing anything" : "meanwhile:",
    ...activity.map((line) => `  ${line}`),
  ];
  const what = `waited in vain for ${describeWait(condition)}`;
  throw new StepFailed({ kind: "expectation", what, details, expected, actual }, ["wait"]);
}

/**
 * Looks at a server after every event: by its id once it is known, as worlds find an id at once
 * and a name only by searching.
 */
function observer(world: World, name: string): () => ServerState | undefined {
  let id: string | undefined;
  return () => {
    const known = id === undefined ? undefined : world.server(id);
    if (known !== undefined) return known;
    const found = world.server(name);
    id = found?.id;
    return found;
  };
}
