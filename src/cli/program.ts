/**
 * The command line: its global options, and how it ends. Which commands there are is in `declared/`; what a
 * command does is brought in when it is asked for, so that `--help` does not wait for a whole cloud.
 */
import { Command, CommanderError } from "commander";
import { NOVASIM_VERSION } from "../cloud/version.js";
import { nearest } from "../text/nearest.js";
import { addChecks } from "./declared/checks.js";
import { addRecordings } from "./declared/recordings.js";
import { addRuns } from "./declared/runs.js";
import { addServing } from "./declared/serving.js";
import { EXAMPLES } from "./examples.js";
import { CliError, EXIT, type ExitCode } from "./exit.js";
import type { GlobalOptions, Session, SimulatorSession } from "./globals.js";
import type { Io } from "./io.js";
import { overProgress, Progress } from "./terminal/progress.js";
import { shellLine } from "./terminal/shell-quote.js";
import { Talk } from "./terminal/talk.js";

/** Run the command line `argv` (without `node` and the script). @returns the exit code; never throws */
export async function main(argv: readonly string[], outside: Io): Promise<ExitCode> {
  const ended: { code: ExitCode } = { code: EXIT.ok };
  const progress: Progress = new Progress(
    outside,
    () => program.opts<GlobalOptions>().quiet === true,
  );
  const io = overProgress(outside, progress);
  const program: Command = build(io, progress, ended);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return ended.code;
  } catch (error) {
    const talk = new Talk(io, program.opts<GlobalOptions>());
    const code = tell(error, talk);
    if (code !== EXIT.ok && argv.length > 0) talk.repeat(shellLine(["novasim", ...argv]));
    return code;
  } finally {
    progress.clear();
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

function build(io: Io, progress: Progress, ended: { code: ExitCode }): Command {
  const program = new Command("novasim");
  const session = (): Session => {
    const options = program.opts<GlobalOptions>();
    return { io, progress, options, version: NOVASIM_VERSION, talk: new Talk(io, options) };
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
  // Commander shows the help of the program for a command that there is none of.
  program.addHelpText("before", () => {
    refuseUnknown(program);
    return "";
  });
  program.hook("preAction", (_program, { args }) => {
    refuseEmpty(args);
  });
  const shared = { session, simulating, ended };
  addRuns(program, shared);
  addRecordings(program, shared);
  addChecks(program, shared);
  addServing(program, shared);
  return program;
}

/** @throws CliError if what was typed begins with no command */
function refuseUnknown({ args, commands }: Command): void {
  const words = args.filter((word) => !word.startsWith("-"));
  const [word] = words[0] === "help" ? words.slice(1) : words;
  const names = commands.map((command) => command.name());
  if (word === undefined || [...names, "help"].includes(word)) return;
  const close = nearest(word, names);
  const hint = close === undefined ? "`novasim --help` lists them." : `Did you mean ${close}?`;
  throw new CliError(`unknown command '${word}'`, hint);
}

/** An empty path is the folder where one is, and nobody means all of its scenarios by it. */
function refuseEmpty(args: readonly string[]): void {
  const place = args.indexOf("") + 1;
  if (place === 0) return;
  const which = args.length === 1 ? "the argument" : `argument ${String(place)}`;
  throw new CliError(`${which} is empty`, "Name a file; or is a variable of the shell not set?");
}
