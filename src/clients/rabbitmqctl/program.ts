/**
 * The program `rabbitmqctl`: what an operator looks at to see what waits where. Only `list_queues`,
 * with `--like=TEXT` for the grep that everybody puts behind it; it asks the broker itself, and so
 * takes no time and sends no message. Upstream: RabbitMQ's own tool, whose columns these are.
 */
import type { QueueReport } from "../../bus/index.js";
import type { Op } from "../../kernel/index.js";
import { Exit } from "../shell/parser/index.js";
import type { Program } from "../shell/program.js";

const COLUMNS: ReadonlyMap<string, (queue: QueueReport) => string | number> = new Map<
  string,
  (queue: QueueReport) => string | number
>([
  ["name", ({ name }) => name],
  ["messages", ({ depth, unacknowledged }) => depth + unacknowledged],
  ["messages_ready", ({ depth }) => depth],
  ["messages_unacknowledged", ({ unacknowledged }) => unacknowledged],
  ["consumers", ({ consumers }) => consumers],
]);

const DEFAULT_COLUMNS = ["name", "messages"];

const PROGRAM: Program = {
  name: "rabbitmqctl",

  read(words) {
    const { columns, like } = listingOf(words);
    return {
      program: "rabbitmqctl",
      subcommand: "list_queues",
      options: new Map(like === "" ? [] : [["--like", [like]]]),
      positionals: columns,
      names: [],
    };
  },

  *run({ bus }, words, _env, console): Op<number> {
    const { columns, like } = listingOf(words);
    const queues = bus.bus.queues().filter(({ name }) => name.includes(like));
    const rows = queues.map((queue) =>
      columns.map((column) => String(COLUMNS.get(column)?.(queue) ?? "")),
    );
    const widths = columns.map((_, at) => Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
    console.print("Listing queues ...");
    for (const row of rows) {
      console.print(
        row
          .map((cell, at) => cell.padEnd(widths[at] ?? 0))
          .join("  ")
          .trimEnd(),
      );
    }
    console.print("...done.");
    return 0;
  },
};

export const rabbitmqctl = (): Program => PROGRAM;

interface QueueListing {
  readonly columns: readonly string[];
  /** Only queues with this in their name. */
  readonly like: string;
}

/** @throws Exit for anything but `list_queues [--like=TEXT] [COLUMN ...]` */
function listingOf([command, ...words]: readonly string[]): QueueListing {
  const LIKE = "--like=";
  const like = words.find((word) => word.startsWith(LIKE))?.slice(LIKE.length) ?? "";
  const columns = words.filter((word) => !word.startsWith(LIKE));
  const unknown = columns.find((name) => !COLUMNS.has(name));
  if (command === "list_queues" && unknown === undefined) {
    return { columns: columns.length === 0 ? DEFAULT_COLUMNS : columns, like };
  }
  const wrong =
    command === "list_queues"
      ? `there is no column ${unknown ?? ""}; there are ${[...COLUMNS.keys()].join(", ")}`
      : "only list_queues is known here";
  const advice =
    command === "list_queues"
      ? { word: unknown ?? "", known: [...COLUMNS.keys()] }
      : { word: command ?? "", known: ["list_queues"] };
  throw new Exit(2, "", `Error: ${wrong}\n`, wrong, advice);
}
