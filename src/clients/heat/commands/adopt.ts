/**
 * `stack-adopt`: a stack of what is there already, by what abandoning one has printed. An environment cannot be given,
 * since the program takes the list of its options for one. Upstream: heatclient/v1/shell.py (do_stack_adopt), 0.2.12.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Command } from "../../openstack/command.js";
import {
  NAME,
  pairsIn,
  parametersOption,
  rollbackOption,
  short,
  timeoutIn,
  timeoutOption,
  timeoutOfOld,
} from "../arguments.js";
import type { HeatUser } from "../login.js";
import { listStacks, warnOfTimeout } from "./stacks.js";

export const adopt: Command<HeatUser> = {
  name: "stack-adopt",
  about: "Adopt a stack.",
  options: [
    short("e", "environment-file", "<FILE or URL>", "A file with an environment.", { many: true }),
    timeoutOfOld,
    timeoutOption,
    short("a", "adopt-file", "<FILE or URL>", "What abandoning a stack has printed."),
    rollbackOption,
    parametersOption,
  ],
  positionals: [NAME],
  *run({ heat, reader }, args, console) {
    if (args.texts("environment_file").length > 0) {
      throw new CommandError("'list' object has no attribute 'find'");
    }
    const file = args.text("adopt_file") ?? "";
    if (file === "") throw new CommandError("Need to specify --adopt-file");
    const adopt_stack_data = yield* reader.read(reader.urlOf(file));
    warnOfTimeout(args, console);
    yield* heat.createStack({
      stack_name: args.exactText("name") ?? "",
      disable_rollback: !args.flag("enable_rollback"),
      adopt_stack_data,
      parameters: pairsIn(args.texts("parameters")),
      files: {},
      environment: {},
      ...timeoutIn(args),
    });
    yield* listStacks(heat, console);
  },
};
