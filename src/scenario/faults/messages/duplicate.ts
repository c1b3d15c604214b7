/** `duplicate:` Messages come twice. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { message, of, placeNames } from "../aim.js";

export const duplicate = verb({
  key: "duplicate",
  schema: {
    duplicate: z.strictObject({ ...message, of }).meta({ description: "Messages come twice." }),
  },
  text: ({ duplicate }) => faultText({ duplicate }),
  names: ({ duplicate }) => placeNames("duplicate", duplicate),
  run: (context, { duplicate }) =>
    act(context, (world) => {
      world.inject({ duplicate });
    }),
});
