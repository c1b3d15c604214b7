/** What must hold: at the end of a scenario (`expect:`) or in its middle (`check:`). */
import { z } from "zod";
import { POWER_STATE_NAMES } from "../../hardware/power-states.js";
import { FLOW_LINE, FlowSyntaxError, parseFlowLine } from "../../timeline/index.js";
import { KNOWN } from "../known.js";
import { addRemark } from "../verbs/remark.js";
import { line, MATCH_WORDS, name, textMatch } from "./values.js";

const orNull = (right: string, words?: readonly string[]) =>
  z.union([words === undefined ? line(64) : line(64).meta({ enum: words }), z.null()], {
    error: right,
  });

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
  )
  .meta({
    enum: [...POWER_STATE_NAMES].flatMap(([number, name]) => [
      number,
      ...new Set([name.toUpperCase(), name, name.toLowerCase()]),
    ]),
  });

/** What one can ask about a server. */
export const serverShape = {
  status: line(64).meta({ enum: KNOWN.statuses }).optional().meta({
    description: "The one word that users see: ACTIVE, SHELVED_OFFLOADED.",
  }),
  vm_state: orNull("a vm_state such as active", KNOWN.vmStates).optional().meta({
    description: "What it is, for good: active, building, stopped.",
  }),
  task_state: orNull("a task_state such as spawning, or null", KNOWN.taskStates)
    .optional()
    .meta({ description: "What is being done to it: spawning, powering-off; null: nothing." }),
  power_state: powerState.optional().meta({
    description: "What its hypervisor says of it: RUNNING, SHUTDOWN, or the number.",
  }),
  host: orNull("the name of a host, or null").optional().meta({
    description: "The compute host it is on; null: none.",
  }),
  fault: textMatch.optional().meta({
    description: `What its fault says, as in nova show: ${MATCH_WORDS}`,
  }),
  gone: z.literal(true, { error: "true: the server must not exist" }).optional().meta({
    description: "true: there must be no such server (any more).",
  }),
};

/** The stored state of a server, as far as somebody cares. */
export const serverState = z
  .strictObject(serverShape)
  .refine((state) => Object.keys(state).length > 0, {
    error: "one of status, vm_state, task_state, power_state, host, fault, gone",
  })
  .meta({ minProperties: 1 });

const flowLine = line(1_000, "a line such as: nova-api -> nova-conductor   cast build_instances")
  .superRefine((text, issues) => {
    try {
      parseFlowLine(text);
    } catch (error) {
      if (!(error instanceof FlowSyntaxError)) throw error;
      const { message, column } = error;
      addRemark(issues, text, { message, word: text.slice(column - 1) || undefined });
    }
  })
  .meta({ pattern: FLOW_LINE.source });

/** A line that somebody's log must have. */
const logLine = z
  .strictObject({
    from: line(255, "a process: nova-compute, or nova-compute@compute-1").optional().meta({
      description: "Whose log: nova-compute, nova-compute@compute-1. Default: anybody's.",
    }),
    level: z
      .enum(["debug", "info", "warning", "error"])
      .optional()
      .meta({ description: "How grave it is. Default: any." }),
    says: textMatch.meta({ description: `What the line says: ${MATCH_WORDS}` }),
  })
  .meta({ description: "A line in a log." });

/** What may be left behind, and why it is. */
const leftover = z
  .strictObject({
    says: textMatch.meta({ description: `What is told of it: ${MATCH_WORDS}` }),
    because: line(1_000, "why it is left behind").meta({
      description: "Why it is left behind: the defect, or what the scenario did.",
    }),
  })
  .meta({ description: "Something that is left behind." });

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
  log: z
    .array(logLine)
    .max(1_000)
    .optional()
    .meta({ description: "What processes must have logged, each at least once." }),
  leftovers: z.array(leftover).max(1_000).optional().meta({
    description:
      "All that is left behind, such as the port of a deleted server, each with its reason; []: nothing is.",
  }),
  invariants: z
    .literal(true, { error: "true: what should hold of any cloud must hold" })
    .optional()
    .meta({
      description:
        "true: quotas, addresses, owners, hosts, outcomes and states are as they should be, but for what Juno itself breaks.",
    }),
  notifications: z
    .array(line(255, "an event type such as compute.instance.create.start"))
    .max(10_000)
    .optional()
    .meta({ description: "These event types in this order; others may stand between them." }),
});

export type ServerExpectation = z.infer<typeof serverState>;
export type LogExpectation = z.infer<typeof logLine>;
export type LeftoverExpectation = z.infer<typeof leftover>;
export type Expectation = z.infer<typeof expectation>;
