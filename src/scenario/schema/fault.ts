/** `fault:` in a scenario: one verb, and what it is aimed at. What each does is in `bus/faults`. */
import { z } from "zod";
import { CUT_DIRECTIONS, MESSAGE_KINDS } from "../../bus/index.js";
import { duration, line, name, whole } from "./values.js";

const MANY = 1_000_000;

const place = name.meta({ description: "A process (nova-compute@compute-1) or a host." });

const window = {
  after: duration.optional().meta({ description: "How long to wait before it begins." }),
  for: duration.optional().meta({ description: "How long it lasts. Default: until it is healed." }),
};

const reply = {
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

const of = z
  .enum(MESSAGE_KINDS, { error: `one of ${MESSAGE_KINDS.join(", ")}` })
  .optional()
  .meta({ description: "What is struck. Default: request." });

const part = z
  .enum(["value", "ending"], { error: "value or ending" })
  .optional()
  .meta({ description: "Only this one of the two messages of a reply." });

const verbs = {
  drop: z.strictObject({ ...reply, of, part }).meta({ description: "Messages get lost." }),
  delay: z
    .strictObject({ ...reply, of, by: duration })
    .meta({ description: "Messages come late." }),
  duplicate: z.strictObject({ ...reply, of }).meta({ description: "Messages come twice." }),
  reorder: z
    .strictObject({ ...reply, of, within: duration.optional() })
    .meta({ description: "A message is overtaken by the next that fits." }),
  lose_reply: z
    .strictObject({ ...reply, part })
    .meta({ description: "The work is done, and the reply gets lost." }),
  stall: z
    .strictObject({ host: place, topic: name.optional(), ...window })
    .meta({ description: "A consumer is there and takes nothing." }),
  cut_off: z
    .strictObject({
      host: place,
      direction: z
        .enum(CUT_DIRECTIONS, { error: `one of ${CUT_DIRECTIONS.join(", ")}` })
        .optional(),
      ...window,
    })
    .meta({ description: "Nothing gets to or from a host, by bus or by REST." }),
  restart_broker: z
    .strictObject({ down: duration.optional().meta({ description: "How long. Default 1s." }) })
    .meta({ description: "The broker restarts: what is not durable is gone." }),
};

const KINDS = ["driver", ...(Object.keys(verbs) as (keyof typeof verbs)[])] as const;

const driver = {
  driver: name.optional().meta({
    description: "The operation of the hypervisor driver that fails: spawn, snapshot.",
  }),
  host: name.optional(),
  times: whole(1, MANY).optional(),
  error: line(1_000).optional(),
};

const optional = {
  drop: verbs.drop.optional(),
  delay: verbs.delay.optional(),
  duplicate: verbs.duplicate.optional(),
  reorder: verbs.reorder.optional(),
  lose_reply: verbs.lose_reply.optional(),
  stall: verbs.stall.optional(),
  cut_off: verbs.cut_off.optional(),
  restart_broker: verbs.restart_broker.optional(),
};

const driverRight = "driver: and host:, with times: and error: if need be";

export const fault = z
  .strictObject({ ...driver, ...optional })
  .refine((written) => KINDS.filter((kind) => written[kind] !== undefined).length === 1, {
    error: `one fault: ${KINDS.join(", ")}`,
  })
  .refine(
    ({ driver: operation, host, times, error }) =>
      operation === undefined
        ? host === undefined && times === undefined && error === undefined
        : host !== undefined,
    { error: driverRight },
  );

export type FaultStep = z.infer<typeof fault>;
