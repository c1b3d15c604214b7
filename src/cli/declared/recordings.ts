/** The commands that make something else of recordings: files for other tools, comparisons, counts. */
import { Option, type Command } from "commander";
import { VIEWS } from "../../views/index.js";
import { actors, parseChapter, parseName, parseSeed, parseView, set } from "../options.js";
import type { CoverageCommandOptions } from "../of-recordings/coverage.js";
import type { DiffCommandOptions } from "../of-recordings/diff.js";
import type { ExportCommandOptions } from "../of-recordings/export.js";
import { EXAMPLES_OF } from "../examples.js";
import type { Shared } from "./shared.js";

export function addRecordings(program: Command, { session, simulating, ended }: Shared): void {
  program
    .command("export")
    .description("make a file for other tools of a recording, or of a scenario that is run for it")
    .addHelpText("after", EXAMPLES_OF.export)
    .argument("<file>", "a recording (jsonl), a scenario, or a name of `novasim list`")
    .option("--to <format>", `what: ${[...VIEWS.keys()].join(", ")}`, parseView)
    .option("--out <file>", "where to write it, instead of standard output", parseName)
    .option(
      "--chapter <n>",
      "of one step alone, as the text counts them; 0 before the first",
      parseChapter,
    )
    .addOption(actors())
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .addOption(
      new Option("--detail <detail>", "how closely to record a scenario").choices(["flow", "full"]),
    )
    .addOption(set())
    .action(async (file: string, options: ExportCommandOptions) => {
      const { exportTo } = await import("../of-recordings/export.js");
      ended.code = await exportTo(session(), simulating, file, options);
    });
  program
    .command("diff")
    .description("what differs between two runs, by what led to what; exit 3 if anything does")
    .addHelpText("after", EXAMPLES_OF.diff)
    .argument("<a>", "a recording (jsonl), a scenario, or a name of `novasim list`")
    .argument("<b>", "another")
    .option("--times", "that something took longer is a difference as well")
    .addOption(new Option("--as <form>", "how").choices(["text", "html"]).default("text"))
    .option("--out <file>", "where the page of --as html goes", parseName)
    .action(async (a: string, b: string, options: DiffCommandOptions) => {
      const { diff } = await import("../of-recordings/diff.js");
      ended.code = await diff(session(), simulating, [a, b], options);
    });
  program
    .command("coverage")
    .description(
      "which RPC methods, REST routes, states and faults scenarios exercise, and which never",
    )
    .addHelpText("after", EXAMPLES_OF.coverage)
    .argument(
      "[files...]",
      "recordings (jsonl), scenarios or folders of them; all that ship if there is none",
    )
    .option("--missing", "name what never happens")
    .action(async (files: string[], options: CoverageCommandOptions) => {
      const { coverage } = await import("../of-recordings/coverage.js");
      ended.code = await coverage(session(), simulating, files, options);
    });
}
