/**
 * The command line: which commands and options there are, and what they say of themselves. What a
 * command does is brought in when it is asked for, so that `--help` does not wait for a whole cloud.
 */
import { Command, CommanderError, Option } from "commander";
import { VIEWS } from "../views/index.js";
import { NOVASIM_VERSION } from "../cloud/version.js";
import type { FlagsCommandOptions } from "./commands/flags.js";
import type { InspectCommandOptions } from "./commands/inspect.js";
import type { PlayCommandOptions } from "./commands/play.js";
import type { ShowCommandOptions } from "./commands/show.js";
import type { TeachCommandOptions } from "./commands/teach.js";
import type { ViewCommandOptions } from "./commands/view.js";
import { EXAMPLES, EXAMPLES_OF } from "./examples.js";
import { CliError, EXIT, type ExitCode } from "./exit.js";
import type { GlobalOptions, Session, SimulatorSession } from "./globals.js";
import type { RunCommandOptions } from "./loaded-run.js";
import type { Io } from "./io.js";
import { addOfRecordings } from "./of-recordings/commands.js";
import {
  actors,
  explained,
  filter,
  kind,
  parseOut,
  parseSeed,
  parseSpeed,
  parseView,
  request,
  server,
  service,
  set,
  what,
  type Explained,
} from "./options.js";
import { shellLine } from "./terminal/shell-quote.js";
import { Talk } from "./terminal/talk.js";

/** Run the command line `argv` (without `node` and the script). @returns the exit code; never throws */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  const ended: { code: ExitCode } = { code: EXIT.ok };
  const program = build(io, ended);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return ended.code;
  } catch (error) {
    const talk = new Talk(io, program.opts<GlobalOptions>());
    const code = tell(error, talk);
    if (code !== EXIT.ok && argv.length > 0) talk.repeat(shellLine(["novasim", ...argv]));
    return code;
  }
}

function tell(error: unknown, talk: Talk): ExitCode {
  // Commander has printed its own errors, help and version already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.bad;
  if (error instanceof CliError) {
    talk.error(error);
    return error.exit;
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const first = what.split("\n")[0] ?? what;
  talk.error(
    new CliError(
      `novasim itself failed: ${first}`,
      "This is a bug. Please report it with the output of `novasim doctor` and of the same command with -v.",
    ),
  );
  if (talk.verbose && error instanceof Error) talk.details((error.stack ?? "").split("\n"));
  return EXIT.failed;
}

function build(io: Io, ended: { code: ExitCode }): Command {
  const program = new Command("novasim");
  const session = (): Session => {
    const options = program.opts<GlobalOptions>();
    return { io, options, version: NOVASIM_VERSION, talk: new Talk(io, options) };
  };
  const simulating = async (): Promise<SimulatorSession> => ({
    ...session(),
    simulator: await io.simulator(),
  });
  program
    .description(
      "Run, record and replay an OpenStack control plane (Juno) in memory, message by message.",
    )
    .version(NOVASIM_VERSION, "-V, --version", "print the version")
    .option("--json", "one JSON document on standard output, for programs")
    .option("-q, --quiet", "say only what went wrong")
    .option("-v, --verbose", "say more; show quiet entries; stack traces of bugs")
    .option("--no-color", "no colours (so does NO_COLOR)")
    .addHelpText("after", EXAMPLES)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.stdout.write(text);
      },
      writeErr: (text) => {
        io.stderr.write(text);
      },
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    .showSuggestionAfterError();
  program
    .command("run")
    .description("run scenarios; the flow of one is printed, of several how each ended")
    .addHelpText("after", EXAMPLES_OF.run)
    .argument("<scenarios...>", "files, folders of them, or names of `novasim list`")
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .option(
      "--record <out>",
      "write the timeline to a file as the run goes; one run at a time",
      parseOut,
    )
    .option("--as <view>", `what to print: ${[...VIEWS.keys()].join(", ")}`, parseView)
    .addOption(actors())
    .addOption(request())
    .addOption(server())
    .addOption(service())
    .addOption(kind())
    .addOption(filter())
    .addOption(
      new Option(
        "--explain <what>",
        "why it came so, in tables: scheduler (of detail full)",
      ).choices(["scheduler"]),
    )
    .addOption(
      new Option("--detail <detail>", "how closely to record")
        .choices(["flow", "full"])
        .default("flow"),
    )
    .addOption(set())
    .option("--follow", "show each message when its virtual time has come")
    .option(
      "--speed <n>",
      "of --follow: so many virtual seconds in a real one; 1 by default",
      parseSpeed,
    )
    .option("--watch", "run again whenever a file changes that the scenarios read")
    .action(async (files: string[], options: RunCommandOptions & Explained) => {
      const wanted = explained(options);
      const { run } = await import("./commands/run.js");
      ended.code = await run(await simulating(), files, wanted);
    });
  program
    .command("show")
    .description("show recordings in any view; nothing is run")
    .addHelpText("after", EXAMPLES_OF.show)
    .argument("<recordings...>", "recordings (jsonl)")
    .option("--as <view>", `how: ${[...VIEWS.keys()].join(", ")}`, parseView, "text")
    .addOption(actors())
    .addOption(request())
    .addOption(server())
    .addOption(service())
    .addOption(kind())
    .addOption(filter())
    .action(async (files: string[], options: ShowCommandOptions) => {
      const { show } = await import("./commands/show.js");
      ended.code = await show(session(), files, options);
    });
  program
    .command("view")
    .description("make a page of a run, to look at in a browser: one file, nothing else needed")
    .addHelpText("after", EXAMPLES_OF.view)
    .argument("<file>", "a recording (jsonl), a scenario, or a name of `novasim list`")
    .option("--out <page>", "where to write it; by default NAME.html beside you")
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .addOption(set())
    .addOption(
      new Option("--detail <detail>", "how closely to record a scenario")
        .choices(["flow", "full"])
        .default("full"),
    )
    .action(async (file: string, options: ViewCommandOptions) => {
      const { view } = await import("./commands/view.js");
      ended.code = await view(session(), simulating, file, options);
    });
  program
    .command("play")
    .description("step through a run in the terminal: by row, entry, step or problem")
    .addHelpText("after", EXAMPLES_OF.play)
    .argument("<file>", "a recording (jsonl), a scenario, or a name of `novasim list`")
    .option("--prompt", "line by line, on a terminal too; so it is in a pipe")
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .addOption(set())
    .action(async (file: string, options: PlayCommandOptions) => {
      const { play } = await import("./commands/play.js");
      ended.code = await play(session(), simulating, file, options);
    });
  program
    .command("teach")
    .description(
      "the scenarios that ship as lessons: with pauses, and questions before their answers",
    )
    .addHelpText("after", EXAMPLES_OF.teach)
    .argument("[lesson]", "its name or number; without one, all in their order")
    .option("--list", "the lessons; those with a ? ask questions")
    .option("--handout <file>", "write it to hand out: .md, answers at the end, or .html, a page")
    .action(async (lesson: string | undefined, options: TeachCommandOptions) => {
      const { teach } = await import("./commands/teach.js");
      ended.code = await teach(session(), simulating, lesson, options);
    });
  program
    .command("inspect")
    .description("what there was at an instant of a run: servers, queues, rows, in tables")
    .addHelpText("after", EXAMPLES_OF.inspect)
    .argument("<file>", "a recording (jsonl), a scenario, or a name of `novasim list`")
    .option("--at <time>", "so long after its beginning: 12.5s, 250ms; by default at its end")
    .option("--seq <entry>", "once this entry had happened")
    .addOption(what())
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .addOption(set())
    .action(async (file: string, options: InspectCommandOptions) => {
      const { inspect } = await import("./commands/inspect.js");
      ended.code = await inspect(session(), simulating, file, options);
    });
  program
    .command("replay")
    .description(
      "run again from recordings, interrupted ones as far as they go; exit 3 at the first entry that differs",
    )
    .addHelpText("after", EXAMPLES_OF.replay)
    .argument("<timelines...>", "recordings (jsonl)")
    .action(async (files: string[]) => {
      const { replay } = await import("./commands/replay.js");
      ended.code = await replay(await simulating(), files);
    });
  addOfRecordings(program, { session, simulating, ended });
  program
    .command("check")
    .description("validate scenario files without running them")
    .addHelpText("after", EXAMPLES_OF.check)
    .argument("<scenarios...>", "files, folders of them, or names of `novasim list`")
    .addOption(set())
    .action(async (files: string[], options: { set: string[] }) => {
      const { check } = await import("./commands/check.js");
      ended.code = check(await simulating(), files, options.set);
    });
  program
    .command("init")
    .description("write a first scenario; never overwrites")
    .addHelpText("after", EXAMPLES_OF.init)
    .argument("[file]", "where to", "scenario.yaml")
    .action(async (file: string) => {
      const { init } = await import("./commands/init.js");
      ended.code = init(session(), file);
    });
  program
    .command("schema")
    .description("print the JSON Schema of scenario files")
    .addHelpText("after", EXAMPLES_OF.schema)
    .action(async () => {
      const { schema } = await import("./commands/schema.js");
      ended.code = schema(session());
    });
  program
    .command("list")
    .description("list the scenarios that ship")
    .addHelpText("after", EXAMPLES_OF.list)
    .action(async () => {
      const { list } = await import("./commands/list.js");
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
      const { flags } = await import("./commands/flags.js");
      ended.code = flags(await simulating(), service, options);
    });
  program
    .command("doctor")
    .description("check this installation")
    .addHelpText("after", EXAMPLES_OF.doctor)
    .action(async () => {
      const { doctor } = await import("./commands/doctor.js");
      ended.code = await doctor(await simulating());
    });
  return program;
}
