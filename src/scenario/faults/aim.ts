/** What faults are aimed at: fields that several of them share. What each does is in `src/faults`. */
import { z } from "zod";
import { MESSAGE_KINDS, WORK_ORDERS } from "../../faults/index.js";
import { duration, line, name, whole } from "../schema/values.js";
import type { NameUse } from "../verbs/verb.js";

export const MANY = 1_000_000;

/** The processes and hosts that `aim`, the value of `key`, names; `broker` is one for some. */
export function placeNames(
  key: string,
  aim: { readonly [field in "host" | "from" | "peer"]?: string | undefined },
): NameUse[] {
  return (["host", "from", "peer"] as const).flatMap((field): NameUse[] => {
    const written = aim[field];
    if (written === undefined || (field === "peer" && written === "broker")) return [];
    const what = written.includes("@") ? "actor" : "place";
    return [{ what, name: written, at: [key, field] }];
  });
}

export const place = name.meta({
  description: "A process (nova-compute@compute-1) or a host.",
});

export const window = {
  after: duration.optional().meta({ description: "How long to wait before it begins." }),
  for: duration.optional().meta({ description: "How long it lasts. Default: until it is healed." }),
};

/** How many of those that fit, and when. */
const frequency = {
  nth: whole(1, MANY).optional().meta({ description: "Only the n-th that fits." }),
  times: whole(1, MANY).optional().meta({
    description: "How many at most. Default 1; with `for`, all of that time.",
  }),
  ...window,
};

/** A request of REST. */
export const request = {
  method: z
    .enum(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], {
      error: "a method: GET, HEAD, POST, PUT, PATCH or DELETE",
    })
    .optional()
    .meta({ description: "Only requests of this method." }),
  path: line(1_000)
    .optional()
    .meta({ description: "The path without its query; * stands for anything: /v1/images/*." }),
  from: place.optional().meta({ description: "Who asks: a process or a host." }),
  host: place.optional().meta({ description: "Who is asked: a process or a host." }),
  when: z
    .enum(WORK_ORDERS, { error: `one of ${WORK_ORDERS.join(", ")}` })
    .optional()
    .meta({
      description: "Before the server did its work (it never does) or after. Default: before.",
    }),
  ...frequency,
};

/** A reply, or any message. */
export const message = {
  topic: name.optional().meta({ description: "The topic, such as compute or scheduler." }),
  method: name.optional().meta({ description: "The method; of notifications the event type." }),
  from: place.optional().meta({ description: "Who asked: a process or a host." }),
  host: place.optional().meta({ description: "Who is to act: a process or a host." }),
  ...frequency,
};

export const of = z
  .enum(MESSAGE_KINDS, { error: `one of ${MESSAGE_KINDS.join(", ")}` })
  .optional()
  .meta({ description: "What is struck. Default: request." });

export const part = z
  .enum(["value", "ending"], { error: "value or ending" })
  .optional()
  .meta({ description: "Only this one of the two messages of a reply." });
