/** `heal:` Faults are lifted: all, those of a kind, or those of a host or process. */
import { z } from "zod";
import { faults } from "../faults/index.js";
import { act } from "../run/slices.js";
import { line } from "../schema/values.js";
import { verb } from "../verbs/verb.js";

const whose = z
  .union([z.null(), z.literal(true), z.enum(faults.keys), line(255)], {
    error: "whose faults to lift (a host, a process, or a kind such as delay), or nothing for all",
  })
  .meta({
    description:
      "Lift faults: those of a kind (delay, driver), of a process (nova-compute@compute-1) or of a host. Nothing: all.",
    examples: [null, "delay", "compute-1"],
  });

export const heal = verb({
  key: "heal",
  schema: { heal: whose },
  text: ({ heal }) => (typeof heal === "string" ? `heal ${heal}` : "heal everything"),
  names({ heal }) {
    if (typeof heal !== "string") return [];
    const what = heal.includes("@") ? "actor" : "place";
    const besides = "no fault of this kind";
    return [{ what, name: heal, at: ["heal"], words: faults.keys, besides }];
  },
  run: (context, { heal }) =>
    act(context, (world) => {
      if (typeof heal === "string") world.heal(heal);
      else world.heal();
    }),
});
