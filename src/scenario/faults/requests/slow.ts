/** `slow:` A server is slow to begin with its work, or to answer. */
import { z } from "zod";
import { faultText } from "../../../faults/index.js";
import { act } from "../../run/slices.js";
import { duration } from "../../schema/values.js";
import { verb } from "../../verbs/verb.js";
import { placeNames, request } from "../aim.js";

export const slow = verb({
  key: "slow",
  schema: {
    slow: z
      .strictObject({ ...request, by: duration })
      .meta({ description: "A server is slow to begin with its work, or to answer." }),
  },
  text: ({ slow }) => faultText({ slow }),
  names: ({ slow }) => placeNames("slow", slow),
  run: (context, { slow }) =>
    act(context, (world) => {
      world.inject({ slow });
    }),
});
