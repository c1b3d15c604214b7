/** `delay:` Messages come late. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { duration } from "../../schema/values.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { message, of, placeNames } from "../aim.js";

export const delay = verb({
  key: "delay",
  schema: {
    delay: z
      .strictObject({ ...message, of, by: duration.meta({ description: "How much later." }) })
      .meta({ description: "Messages come late." }),
  },
  text: ({ delay }) => faultText({ delay }),
  names: ({ delay }) => placeNames("delay", delay),
  run: (context, { delay }) =>
    act(context, (world) => {
      world.inject({ delay });
    }),
});
