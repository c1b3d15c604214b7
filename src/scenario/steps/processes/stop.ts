/** `stop:` Processes end as a service manager ends them. */
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { target, targetNames } from "../../schema/target.js";

export const stop = verb({
  key: "stop",
  schema: { stop: target("End processes as a service manager does") },
  text: ({ stop }) => `stop ${stop}`,
  names: ({ stop }) => targetNames("stop", stop),
  run: (context, { stop }) =>
    act(context, (world) => {
      world.stop(stop);
    }),
});
