/** `stall:` A consumer is there and takes nothing. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { name } from "../../schema/values.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { place, placeNames, window } from "../aim.js";

export const stall = verb({
  key: "stall",
  schema: {
    stall: z
      .strictObject({
        host: place,
        topic: name.optional().meta({ description: "Only its consumers of this topic." }),
        ...window,
      })
      .meta({ description: "A consumer is there and takes nothing." }),
  },
  text: ({ stall }) => faultText({ stall }),
  names: ({ stall }) => placeNames("stall", stall),
  run: (context, { stall }) =>
    act(context, (world) => {
      world.inject({ stall });
    }),
});
