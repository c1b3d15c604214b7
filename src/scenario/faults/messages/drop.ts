/** `drop:` Messages get lost. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { message, of, part, placeNames } from "../aim.js";

export const drop = verb({
  key: "drop",
  schema: {
    drop: z.strictObject({ ...message, of, part }).meta({ description: "Messages get lost." }),
  },
  text: ({ drop }) => faultText({ drop }),
  names: ({ drop }) => placeNames("drop", drop),
  run: (context, { drop }) =>
    act(context, (world) => {
      world.inject({ drop });
    }),
});
