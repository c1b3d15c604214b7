/** What faults are aimed at: fields that several of them share. What each does is in `src/faults`. */
import { z } from "zod";
import { MESSAGE_KINDS } from "../../faults/index.js";
import { duration, name, whole } from "../schema/values.js";

export const MANY = 1_000_000;

export const place = name.meta({
  description: "A process (nova-compute@compute-1) or a host.",
});

export const window = {
  after: duration.optional().meta({ description: "How long to wait before it begins." }),
  for: duration.optional().meta({ description: "How long it lasts. Default: until it is healed." }),
};

/** A reply, or any message. */
export const message = {
  topic: name.optional(),
  method: name.optional().meta({ description: "The method; of notifications the event type." }),
  from: place.optional().meta({ description: "Who asked: a process or a host." }),
  host: place.optional().meta({ description: "Who is to act: a process or a host." }),
  nth: whole(1, MANY).optional().meta({ description: "Only the n-th that fits." }),
  times: whole(1, MANY).optional().meta({
    description: "How many at most. Default 1; with `for`, all of that time.",
  }),
  ...window,
};

export const of = z
  .enum(MESSAGE_KINDS, { error: `one of ${MESSAGE_KINDS.join(", ")}` })
  .optional()
  .meta({ description: "What is struck. Default: request." });

export const part = z
  .enum(["value", "ending"], { error: "value or ending" })
  .optional()
  .meta({ description: "Only this one of the two messages of a reply." });
