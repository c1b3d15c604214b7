/** `break_connection:` The connections of a process to the broker are reset. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { place, placeNames, window } from "../aim.js";

const { after } = window;

export const breakConnection = verb({
  key: "break_connection",
  schema: {
    break_connection: z
      .strictObject({ host: place, after })
      .meta({ description: "The connections of a process to the broker are reset." }),
  },
  text: ({ break_connection }) => faultText({ break_connection }),
  names: ({ break_connection }) => placeNames("break_connection", break_connection),
  run: (context, { break_connection }) =>
    act(context, (world) => {
      world.inject({ break_connection });
    }),
});
