/**
 * What `glance-cache-manage` does. Nobody sits before it to answer a question, so without `--force` a question
 * is an error. Errors are printed like everything else. Upstream: glance/cmd/cache_manage.py at 2014.2.
 */
import type { Op } from "../../kernel/index.js";
import { caught } from "../../kernel/index.js";
import { Exception, isObject, str, type Json } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import type { Command } from "../openstack/command.js";
import { flagOption } from "../openstack/options.js";
import type { Console } from "../shell/console.js";
import { Exit, type OptionSpec, type PositionalSpec } from "../shell/parser/index.js";
import type { CacheClient } from "./cache-client.js";
import { Forbidden, NotFound } from "./errors.js";
import { prettyTable } from "./pretty-table.js";

/** The client, and what the line says before its command. */
export interface CacheShell {
  readonly client: CacheClient;
  readonly force: boolean;
  readonly verbose: boolean;
  /** `2014-09-18T04:03:09`, of seconds since 1970. */
  readonly dateOf: (seconds: Json | undefined) => string;
}

/** They stand before the command or behind it. */
export const manners: readonly OptionSpec[] = [
  { ...flagOption("--verbose", "Say what was done."), names: ["--verbose", "-v"] },
  { ...flagOption("--force", "Do not ask whether one is sure."), names: ["--force", "-f"] },
];

const images: PositionalSpec = {
  dest: "ids",
  metavar: "<IMAGE_ID>",
  count: "any",
  about: "The id of an image.",
};

type Work = (shell: CacheShell, args: Arguments, console: Console) => Op<void>;

const command = (
  name: string,
  about: string,
  action: string,
  run: Work,
  positionals: readonly PositionalSpec[] = [],
): Command<CacheShell> => ({
  name,
  about,
  options: manners,
  positionals,
  run: (shell, args, console) => guarded(action, shell, console, run(shell, args, console)),
});

/** @throws Exit 1 with what went wrong printed. Upstream: catch_error */
function* guarded(
  action: string,
  { client }: CacheShell,
  console: Console,
  work: Op<void>,
): Op<void> {
  try {
    yield* work;
  } catch (thrown) {
    if (thrown instanceof Exit) throw thrown;
    const error = yield* caught(thrown);
    if (error instanceof NotFound) {
      console.print(`Cache management middleware not enabled on host ${client.host}`);
    } else if (error instanceof Forbidden) {
      console.print("Not authorized to make this request.");
    } else {
      console.print(`Failed to ${action}. Got error:`);
      for (const piece of error.message.split("\n")) console.print(piece);
    }
    throw new Exit(1, "", "");
  }
}

const one = (
  name: string,
  action: string,
  words: { readonly verb: string; readonly question: string; readonly done: string },
  about: string,
  ask: (client: CacheClient, id: string) => Op<void>,
): Command<CacheShell> =>
  command(
    name,
    about,
    action,
    function* (shell, args, console) {
      const ids = args.texts("ids");
      const [id] = ids;
      if (id === undefined || ids.length !== 1) {
        console.print("Please specify one and only ID of the image you wish to ");
        console.print(`${words.verb} from the cache as the first argument`);
        throw new Exit(1, "", "");
      }
      confirm(
        shell,
        args,
        console,
        words.question.replace("%", () => id),
      );
      yield* ask(shell.client, id);
      if (shell.verbose || args.flag("verbose")) {
        console.print(words.done.replace("%", () => id));
      }
    },
    [images],
  );

const all = (kind: "cached" | "queued", action: string, about: string): Command<CacheShell> =>
  command(`delete-all-${kind}-images`, about, action, function* (shell, args, console) {
    confirm(shell, args, console, `Delete all ${kind} images?`);
    const count = yield* shell.client.deleteAll(`${kind}_images`);
    if (shell.verbose || args.flag("verbose")) {
      console.print(`Deleted ${str(count)} ${kind} images`);
    }
  });

/** @throws Exception: there is nobody to answer */
function confirm({ force }: CacheShell, args: Arguments, console: Console, question: string): void {
  if (force || args.flag("force")) return;
  console.write(`${question} [y/N] `);
  throw new Exception("EOF when reading a line");
}

export const cacheCommands: readonly Command<CacheShell>[] = [
  command(
    "list-cached",
    "List all images currently cached.",
    "show cached images",
    function* ({ client, dateOf }, _args, console) {
      const cached = (yield* client.list("cached_images")).filter(isObject);
      if (cached.length === 0) {
        console.print("No cached images.");
        return;
      }
      console.print(`Found ${String(cached.length)} cached images...`);
      const rows = cached.map((image) => [
        str(image["image_id"] ?? null),
        image["last_accessed"] === 0 ? "N/A" : dateOf(image["last_accessed"]),
        dateOf(image["last_modified"]),
        str(image["size"] ?? null),
        str(image["hits"] ?? null),
      ]);
      console.write(prettyTable(CACHED_COLUMNS, rows));
    },
  ),
  command(
    "list-queued",
    "List all images currently queued for caching.",
    "show queued images",
    function* ({ client }, _args, console) {
      const queued = yield* client.list("queued_images");
      if (queued.length === 0) {
        console.print("No queued images.");
        return;
      }
      console.print(`Found ${String(queued.length)} queued images...`);
      console.write(
        prettyTable(
          [{ width: 36, label: "ID" }],
          queued.map((id) => [str(id)]),
        ),
      );
    },
  ),
  one(
    "queue-image",
    "queue the specified image for caching",
    {
      verb: "queue",
      question: "Queue image % for caching?",
      done: "Queued image % for caching",
    },
    "Queue an image for caching.",
    (client, id) => client.queue(id),
  ),
  one(
    "delete-cached-image",
    "delete the specified cached image",
    { verb: "delete", question: "Delete cached image %?", done: "Deleted cached image %" },
    "Remove an image from the cache.",
    (client, id) => client.delete("cached_images", id),
  ),
  all("cached", "Delete all cached images", "Remove all images from the cache."),
  one(
    "delete-queued-image",
    "delete the specified queued image",
    { verb: "delete", question: "Delete queued image %?", done: "Deleted queued image %" },
    "Remove an image from the queue.",
    (client, id) => client.delete("queued_images", id),
  ),
  all("queued", "Delete all queued images", "Remove all images from the queue."),
];

const CACHED_COLUMNS = [
  { width: 36, label: "ID" },
  { width: 19, label: "Last Accessed (UTC)" },
  { width: 19, label: "Last Modified (UTC)" },
  { width: 14, label: "Size", right: true },
  { width: 10, label: "Hits", right: true },
];
