/** `reorder:` A message is overtaken by the next that fits. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { duration } from "../../schema/values.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { message, of, placeNames } from "../aim.js";

export const reorder = verb({
  key: "reorder",
  schema: {
    reorder: z
      .strictObject({
        ...message,
        of,
        within: duration
          .optional()
          .meta({ description: "How long it waits for the next at most. Default 10s." }),
      })
      .meta({ description: "A message is overtaken by the next that fits." }),
  },
  text: ({ reorder }) => faultText({ reorder }),
  names: ({ reorder }) => placeNames("reorder", reorder),
  run: (context, { reorder }) =>
    act(context, (world) => {
      world.inject({ reorder });
    }),
});
