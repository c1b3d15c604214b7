/** `wait:` Time goes by, event by event, until a server is as wanted. */
import { z } from "zod";
import { formatDuration, minutes } from "../../kernel/index.js";
import { observeCheck, type RunContext } from "../run/context.js";
import { StepFailed } from "../run/failure.js";
import { actualOf, describeExpectation, describeServer, serverMatcher } from "../run/match.js";
import { drive, timeAfter, type Slices } from "../run/slices.js";
import { serverShape } from "../schema/expectation.js";
import { duration, name } from "../schema/values.js";
import { verb } from "../verbs/verb.js";
import type { ServerState, World } from "../world.js";
import { stateNames } from "./check.js";

const PATIENCE = minutes(5);

const condition = z
  .strictObject({
    server: name.meta({ description: "The server, by name." }),
    ...serverShape,
    within: duration.optional().meta({ description: "How long at most. Default 5m." }),
  })
  .refine((wait) => Object.keys(wait).some((key) => key !== "server" && key !== "within"), {
    error:
      "something to wait for: one of status, vm_state, task_state, power_state, host, fault, gone",
  })
  .meta({
    description: "Let time go by until a server's stored state is this.",
    anyOf: Object.keys(serverShape).map((key) => ({ required: [key] })),
  });

export type WaitCondition = z.infer<typeof condition>;

export const wait = verb({
  key: "wait",
  schema: { wait: condition },
  text: (step) => `wait for ${describe(step.wait)}`,
  names: ({ wait: { server, ...state } }) => [
    ...(state.gone === true
      ? []
      : [{ what: "server", name: server, at: ["wait", "server"] } as const]),
    ...stateNames(state, ["wait"]),
  ],
  run: (context, step) => waitFor(context, step.wait),
});

/** `server t3: status ACTIVE, within 2m`. */
function describe({ server, within = PATIENCE, ...expected }: WaitCondition): string {
  return `server ${server}: ${describeExpectation(expected)}, within ${formatDuration(within)}`;
}

/** @throws StepFailed with the state as it is, and with what every service was doing */
function* waitFor(context: RunContext, wanted: WaitCondition): Slices<void> {
  const { world } = context;
  const { server, within = PATIENCE, ...expected } = wanted;
  const begun = world.kernel.now;
  const horizon = timeAfter(world.kernel, within);
  const look = observer(world, server);
  const fits = serverMatcher(expected);
  const met = yield* drive(world.kernel, () => fits(look()), horizon);
  if (!met && world.kernel.now < horizon) world.kernel.run(horizon);
  const state = look();
  const actual = actualOf(expected, state);
  if (observeCheck(context, `wait for ${describe(wanted)}`, met, expected, actual)) return;
  const activity = world.activity();
  const details = [
    `waited ${formatDuration(world.kernel.now - begun)} for: ${describeExpectation(expected)}`,
    `state: ${describeServer(server, state)}`,
    activity.length === 0 ? "no service was doing anything" : "meanwhile:",
    ...activity.map((line) => `  ${line}`),
  ];
  const what = `waited in vain for ${describe(wanted)}`;
  throw new StepFailed({ kind: "expectation", what, details, expected, actual }, ["wait"]);
}

/**
 * Looks at a server after every event: by its id once it is known, as worlds find an id at once
 * and a name only by searching.
 */
function observer(world: World, server: string): () => ServerState | undefined {
  let id: string | undefined;
  return () => {
    const known = id === undefined ? undefined : world.server(id);
    if (known !== undefined) return known;
    const found = world.server(server);
    id = found?.id;
    return found;
  };
}
