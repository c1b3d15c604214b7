/** `start:` Processes that were stopped or crashed start again. */
import { act } from "../run/slices.js";
import { verb } from "../verbs/verb.js";
import { target, targetNames } from "../schema/target.js";

export const start = verb({
  key: "start",
  schema: { start: target("Start what was stopped or crashed") },
  text: ({ start }) => `start ${start}`,
  names: ({ start }) => targetNames("start", start),
  run: ({ world }, { start }) =>
    act(() => {
      world.start(start);
    }),
});
