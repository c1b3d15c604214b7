/** `answer:` A server answers a status, whatever it would have answered. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { whole } from "../../schema/values.js";
import { verb } from "../../verbs/verb.js";
import { placeNames, request } from "../aim.js";

const body = z
  .json({ error: "JSON: a text, a number, a list or a mapping" })
  .optional()
  .meta({ description: "JSON or a text. Default: the server's own form of that error." });

export const answer = verb({
  key: "answer",
  schema: {
    answer: z
      .strictObject({
        status: whole(200, 599).meta({ description: "The status that it answers." }),
        body,
        ...request,
      })
      .meta({ description: "A server answers a status, whatever it would have answered." }),
  },
  text: ({ answer }) => faultText({ answer }),
  names: ({ answer }) => placeNames("answer", answer),
  run: (context, { answer }) =>
    act(context, (world) => {
      world.inject({ answer });
    }),
});
