/** What must hold: at the end of a scenario (`expect:`) or in its middle (`check:`). */
import { z } from "zod";
import { POWER_STATE_NAMES } from "../../hardware/power-states.js";
import { FlowSyntaxError, parseFlowLine } from "../../timeline/index.js";
import { addRemark } from "../verbs/remark.js";
import { line, name, textMatch } from "./values.js";

const orNull = (right: string) => z.union([line(64), z.null()], { error: right });

/** What hypervisors say of a guest, by the names of upstream and of people (RUNNING, Running). */
export const POWER_STATES: ReadonlyMap<string, number> = new Map(
  [...POWER_STATE_NAMES].map(([number, name]) => [name.toUpperCase(), number]),
);

const powerRight = `a power state: ${[...POWER_STATES.keys()].join(", ")}, or its number`;
const powerState = z
  .union([z.number(), z.string()], { error: powerRight })
  .refine(
    (state) =>
      typeof state === "number"
        ? POWER_STATE_NAMES.has(state)
        : POWER_STATES.has(state.toUpperCase()),
    { error: powerRight },
  );

/** What one can ask about a server. */
export const serverShape = {
  status: line(64).optional(),
  vm_state: orNull("a vm_state such as active").optional(),
  task_state: orNull("a task_state such as spawning, or null").optional(),
  power_state: powerState.optional(),
  host: orNull("the name of a host, or null").optional(),
  fault: textMatch.optional(),
  gone: z.literal(true, { error: "true: the server must not exist" }).optional(),
};

/** The stored state of a server, as far as somebody cares. */
export const serverState = z
  .strictObject(serverShape)
  .refine((state) => Object.keys(state).length > 0, {
    error: "one of status, vm_state, task_state, power_state, host, fault, gone",
  });

const flowLine = line(
  1_000,
  "a line such as: nova-api -> nova-conductor   cast build_instances",
).superRefine((text, issues) => {
  try {
    parseFlowLine(text);
  } catch (error) {
    if (!(error instanceof FlowSyntaxError)) throw error;
    const { message, column } = error;
    addRemark(issues, text, { message, word: text.slice(column - 1) || undefined });
  }
});

export const expectation = z.strictObject({
  flow: z
    .array(flowLine)
    .max(10_000)
    .optional()
    .meta({ description: "These messages in this order; others may stand between them." }),
  server: z
    .record(name, serverState)
    .optional()
    .meta({ description: "The stored state of servers, by name." }),
  notifications: z
    .array(line(255, "an event type such as compute.instance.create.start"))
    .max(10_000)
    .optional()
    .meta({ description: "These event types in this order; others may stand between them." }),
});

export type ServerExpectation = z.infer<typeof serverState>;
export type Expectation = z.infer<typeof expectation>;
