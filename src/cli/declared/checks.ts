/** The commands that run nothing that anybody wants to see: they check, begin and describe. */
import { Argument, type Command } from "commander";
import type { Shell } from "../commands/completion.js";
import type { FlagsCommandOptions } from "../commands/flags.js";
import { EXAMPLES_OF } from "../examples.js";
import { set } from "../options.js";
import type { Shared } from "./shared.js";

export function addChecks(program: Command, { session, simulating, ended }: Shared): void {
  program
    .command("check")
    .description("validate scenario files without running them")
    .addHelpText("after", EXAMPLES_OF.check)
    .argument("<scenarios...>", "files, folders of them, or names of `novasim list`")
    .addOption(set())
    .action(async (files: string[], options: { set: string[] }) => {
      const { check } = await import("../commands/check.js");
      ended.code = await check(await simulating(), files, options.set);
    });
  program
    .command("init")
    .description("write a first scenario; never overwrites")
    .addHelpText("after", EXAMPLES_OF.init)
    .argument("[file]", "where to", "scenario.yaml")
    .action(async (file: string) => {
      const { init } = await import("../commands/init.js");
      ended.code = init(session(), file);
    });
  program
    .command("schema")
    .description("print the JSON Schema of scenario files")
    .addHelpText("after", EXAMPLES_OF.schema)
    .action(async () => {
      const { schema } = await import("../commands/schema.js");
      ended.code = schema(session());
    });
  program
    .command("list")
    .description("list the scenarios that ship")
    .addHelpText("after", EXAMPLES_OF.list)
    .action(async () => {
      const { list } = await import("../commands/list.js");
      ended.code = list(session());
    });
  program
    .command("flags")
    .description("list the flags that services read, with types, defaults and help")
    .addHelpText("after", EXAMPLES_OF.flags)
    .argument("[service]", "one service, such as nova-compute")
    .option("--scenario <file>", "show the values that a scenario gives, and where")
    .addOption(set())
    .action(async (service: string | undefined, options: FlagsCommandOptions) => {
      const { flags } = await import("../commands/flags.js");
      ended.code = flags(await simulating(), service, options);
    });
  program
    .command("doctor")
    .description("check this installation")
    .addHelpText("after", EXAMPLES_OF.doctor)
    .action(async () => {
      const { doctor } = await import("../commands/doctor.js");
      ended.code = await doctor(await simulating());
    });
  program
    .command("completion")
    .description("print a script for your shell, which then completes what you type")
    .addHelpText("after", EXAMPLES_OF.completion)
    .addArgument(new Argument("<shell>", "which shell it is").choices(["bash", "zsh", "fish"]))
    .action(async (shell: Shell) => {
      const { completion } = await import("../commands/completion.js");
      ended.code = completion(session(), program, shell);
    });
}
