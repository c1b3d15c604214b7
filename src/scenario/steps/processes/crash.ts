/** `crash:` Processes end without a word. */
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { target, targetNames } from "../../schema/target.js";

export const crash = verb({
  key: "crash",
  schema: { crash: target("End processes without a word; a host takes its guests along") },
  text: ({ crash }) => `crash ${crash}`,
  names: ({ crash }) => targetNames("crash", crash),
  run: (context, { crash }) =>
    act(context, (world) => {
      world.crash(crash);
    }),
});
