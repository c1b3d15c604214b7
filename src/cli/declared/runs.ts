/** The commands that run scenarios, and those that show runs: whole, step by step, at an instant, once more. */
import { Option, type Command } from "commander";
import { VIEWS } from "../../views/index.js";
import type { InspectCommandOptions } from "../commands/inspect.js";
import type { PlayCommandOptions } from "../commands/play.js";
import type { ShowCommandOptions } from "../commands/show.js";
import type { TeachCommandOptions } from "../commands/teach.js";
import type { ViewCommandOptions } from "../commands/view.js";
import { EXAMPLES_OF } from "../examples.js";
import type { RunCommandOptions } from "../loaded-run.js";
import {
  actors,
  explained,
  filter,
  kind,
  parseName,
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
} from "../options.js";
import type { Shared } from "./shared.js";

export function addRuns(program: Command, { session, simulating, ended }: Shared): void {
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
      const { run } = await import("../commands/run.js");
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
      const { show } = await import("../commands/show.js");
      ended.code = await show(session(), files, options);
    });
  program
    .command("view")
    .description("make a page of a run, to look at in a browser: one file, nothing else needed")
    .addHelpText("after", EXAMPLES_OF.view)
    .argument("<file>", "a recording (jsonl), a scenario, or a name of `novasim list`")
    .option("--out <page>", "where to write it; by default NAME.html beside you", parseName)
    .option("--seed <n>", "another seed than the scenario's", parseSeed)
    .addOption(set())
    .addOption(
      new Option("--detail <detail>", "how closely to record a scenario")
        .choices(["flow", "full"])
        .default("full"),
    )
    .action(async (file: string, options: ViewCommandOptions) => {
      const { view } = await import("../commands/view.js");
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
      const { play } = await import("../commands/play.js");
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
      const { teach } = await import("../commands/teach.js");
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
      const { inspect } = await import("../commands/inspect.js");
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
      const { replay } = await import("../commands/replay.js");
      ended.code = await replay(await simulating(), files);
    });
}
