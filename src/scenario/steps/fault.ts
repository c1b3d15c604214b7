/** `fault:` Something goes wrong from here on. What can, is the language of `faults/`. */
import { faults } from "../faults/index.js";
import { verb } from "../verbs/verb.js";

export const fault = verb({
  key: "fault",
  schema: { fault: faults.schema },
  text: (step) => `fault: ${faults.text(step.fault) ?? ""}`,
  names: (step, known) =>
    faults.names(step.fault, known).map((use) => ({ ...use, at: ["fault", ...use.at] })),
  run: (context, step) => faults.run(context, step.fault),
});
