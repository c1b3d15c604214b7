/** `start:` Processes that were stopped or crashed start again, and are waited for unless told not to. */
import { z } from "zod";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { target, targetNames } from "../../schema/target.js";

export const start = verb({
  key: "start",
  schema: {
    start: target("Start what was stopped or crashed"),
    background: z.boolean().optional().meta({
      description: "true: go on at once, though it may wait for somebody before it has started.",
    }),
  },
  text: ({ start, background }) =>
    `start ${start}${background === true ? " in the background" : ""}`,
  names: ({ start }) => targetNames("start", start),
  run: (context, { start, background = false }) =>
    act(context, (world) => {
      world.start(start, { background });
    }),
});
