/** The steps of a scenario: what an operator would type, one thing each. */
import { z } from "zod";
import { expectation, serverShape } from "./expectation.js";
import { fault } from "./fault.js";
import { duration, line, name, prose, textMatch, whole } from "./values.js";

/** Any step may say beside its deed what it is for. */
const note = prose.optional();

const command = z.strictObject({
  run: line(8_192, "a command line such as: nova list").meta({
    description: "A command line, as a user would type it.",
    examples: ["nova boot t3 --flavor m1.nano --image cirros --nic net-id=private"],
  }),
  as: name.optional().meta({ description: "The user who types it. Default: demo." }),
  expect: z
    .strictObject({
      exit: whole(0, 255).optional(),
      stdout: textMatch.optional(),
      stderr: textMatch.optional(),
    })
    .optional()
    .meta({ description: "Exit code (default 0) and output." }),
});

const condition = z
  .strictObject({ server: name, ...serverShape, within: duration.optional() })
  .refine((wait) => Object.keys(wait).some((key) => key !== "server" && key !== "within"), {
    error:
      "something to wait for: one of status, vm_state, task_state, power_state, host, fault, gone",
  })
  .meta({
    description: "Let time go by until a server's stored state is this. within: default 5m.",
  });

const target = line(255, "a service and its host (nova-compute@compute-1), or a host (compute-1)");

const steps = {
  note: z.strictObject({ note: prose }),
  run: command.extend({ note }),
  wait: z.strictObject({ wait: condition, note }),
  advance: z.strictObject({ advance: duration, note }),
  fault: z.strictObject({ fault, note }),
  heal: z.strictObject({
    heal: z.union([z.null(), z.literal(true), line(255)], {
      error:
        "whose faults to lift (a host, a process, or a kind such as delay), or nothing for all",
    }),
    note,
  }),
  start: z.strictObject({ start: target, note }),
  stop: z.strictObject({ stop: target, note }),
  crash: z.strictObject({ crash: target, note }),
  check: z.strictObject({ check: expectation, note }),
  together: z.strictObject({ together: z.array(command).min(1).max(100), note }),
};

type Plain = z.infer<(typeof steps)[keyof typeof steps]>;
export interface RepeatStep {
  repeat: { times: number; steps: Step[] };
  note?: string | undefined;
}
/** One step. Which one it is, its main key tells. */
export type Step = Plain | RepeatStep;
export type RunStep = z.infer<typeof command>;
export type WaitCondition = z.infer<typeof condition>;

/** The main keys, in the order of the schema's alternatives; `note` last, as it goes with all. */
export const STEP_KINDS = [
  "run",
  "wait",
  "advance",
  "fault",
  "heal",
  "start",
  "stop",
  "crash",
  "check",
  "together",
  "repeat",
  "note",
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

const stepRight = `a step: { ${STEP_KINDS.slice(0, -1).join(" | ")} | note: ... }`;

const repeat: z.ZodType<RepeatStep> = z.strictObject({
  repeat: z.strictObject({
    times: whole(1, 1_000_000),
    steps: z.lazy(() => z.array(step).min(1).max(1_000)),
  }),
  note,
});

export const step: z.ZodType<Step> = z
  .union(
    [
      steps.run,
      steps.wait,
      steps.advance,
      steps.fault,
      steps.heal,
      steps.start,
      steps.stop,
      steps.crash,
      steps.check,
      steps.together,
      repeat,
      steps.note,
    ],
    { error: stepRight },
  )
  .meta({ id: "step", description: "One thing that an operator does." });
