/** `reset:` The connection of a request is reset, before the server's work or after it. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { placeNames, request } from "../aim.js";

export const reset = verb({
  key: "reset",
  schema: {
    reset: z
      .strictObject({ ...request })
      .meta({ description: "The connection of a request is reset, before the work or after it." }),
  },
  text: ({ reset }) => faultText({ reset }),
  names: ({ reset }) => placeNames("reset", reset),
  run: (context, { reset }) =>
    act(context, (world) => {
      world.inject({ reset });
    }),
});
