/** `lose_reply:` The work is done, and the reply gets lost. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { verb } from "../../verbs/verb.js";
import { message, part, placeNames } from "../aim.js";

export const loseReply = verb({
  key: "lose_reply",
  schema: {
    lose_reply: z
      .strictObject({ ...message, part })
      .meta({ description: "The work is done, and the reply gets lost." }),
  },
  text: ({ lose_reply }) => faultText({ lose_reply }),
  names: ({ lose_reply }) => placeNames("lose_reply", lose_reply),
  run: (context, { lose_reply }) =>
    act(context, (world) => {
      world.inject({ lose_reply });
    }),
});
