/** `heal:` Faults are lifted: all, those of a kind, or those of a host or process. */
import { z } from "zod";
import { act } from "../run/slices.js";
import { line } from "../schema/values.js";
import { verb } from "../verbs/verb.js";

const whose = z.union([z.null(), z.literal(true), line(255)], {
  error: "whose faults to lift (a host, a process, or a kind such as delay), or nothing for all",
});

export const heal = verb({
  key: "heal",
  schema: { heal: whose },
  text: ({ heal }) => (typeof heal === "string" ? `heal ${heal}` : "heal everything"),
  names: () => [],
  run: ({ world }, { heal }) =>
    act(() => {
      if (typeof heal === "string") world.heal(heal);
      else world.heal();
    }),
});
