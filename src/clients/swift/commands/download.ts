/**
 * `swift download`: objects, or all of a container or an account, with how long each took. They go nowhere:
 * there is no disk. `-o -`, which breaks in 2.3.1 as soon as there is something to print, does so here.
 * Upstream: swiftclient/shell.py (st_download), service.py (download, _download_object_job), 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Micros, type Op } from "../../../kernel/index.js";
import { SwiftClientException } from "../../../services/swift/client/connection.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import type { Console } from "../../shell/console.js";
import { verbosityOptions } from "../global-options.js";
import { usageOf } from "../print.js";
import type { StorageApi } from "../storage-api.js";
import { placeOf, splitHeaders, verbosity, words } from "./arguments.js";
import { short, threads } from "./options.js";

const FORM = [
  "[--all] [--marker] [--prefix <prefix>]",
  "[--output <out_file>] [--object-threads <threads>]",
  "[--container-threads <threads>] [--no-download]",
  "[--skip-identical] <container> <object>\n",
].join("\n                      ");

export const download: Command<StorageApi> = {
  name: "download",
  about: "Download objects. There is no disk here: they go nowhere.",
  options: [
    short("-a", flagOption("--all", "Everything in the account.")),
    short("-m", valueOption("--marker", "<marker>", "Where to begin.")),
    short("-p", valueOption("--prefix", "<prefix>", "Only what begins with it.")),
    short("-o", valueOption("--output", "<out_file>", "For one object: where it goes.")),
    threads("--object-threads", "fetched"),
    threads("--container-threads", "fetched"),
    flagOption("--no-download", "Fetch it and write nothing."),
    {
      ...short("-H", valueOption("--header", "<header>", "A header, any number of times.")),
      many: true,
    },
    flagOption("--skip-identical", "There is no file that it could be identical with."),
    ...verbosityOptions,
  ],
  positionals: [words("[container] [object]", "A container, and objects in it.")],
  check(args) {
    const given = args.texts("words");
    if (args.text("output") !== undefined && given.length !== 2) {
      throw new CommandError("-o option only allowed for single file downloads");
    }
    if (given.length > 0 === args.flag("all")) throw usageOf("download", FORM);
    placeOf(args);
  },
  *run(swift, args, console) {
    this.check?.(args);
    const [container, ...named] = args.texts("words");
    const failures: string[] = [];
    const query = { prefix: args.text("prefix"), marker: args.text("marker") };
    const containers = container === undefined ? yield* swift.names(undefined, query) : [container];
    let count = 0;
    for (const within of containers) {
      const objects = named.length > 0 ? named : yield* swift.names(within, query);
      for (const obj of objects) {
        const failure = yield* downloaded(swift, args, { container: within, obj, count }, console);
        if (failure !== undefined) failures.push(failure);
        count++;
      }
    }
    if (failures.length > 0) throw new CommandError(failures.join("\n"));
  },
};

interface Wanted {
  readonly container: string;
  readonly obj: string;
  /** How many were asked for before. */
  readonly count: number;
}

/** @returns what went wrong */
function* downloaded(
  swift: StorageApi,
  args: Arguments,
  { container, obj, count }: Wanted,
  console: Console,
): Op<string | undefined> {
  const path = (args.flag("all") ? `${container}/${obj}` : obj).replace(/^\/+/, "");
  const connection = swift.pooled(count);
  const began = swift.now;
  try {
    const headers = splitHeaders(args, "header");
    const response = yield* connection.request({ method: "GET", container, obj, headers });
    const size = Number(response.headers["content-length"] ?? 0);
    if (args.text("output") === "-") {
      if (size === 0) return undefined;
      return `Error downloading object '${container}/${obj}': ${broken(path, size)}`;
    }
    if (verbosity(swift, args) === 0) return undefined;
    const auth = after(began, connection.authEnd);
    const total = after(began, swift.now);
    const times = `auth ${fixed(auth)}s, headers ${fixed(total)}s, total ${fixed(total)}s`;
    const speed = path.endsWith("/") ? "pseudo" : `${fixed(size / (total - auth) / 1e6)} MB/s`;
    const tries = connection.attempts > 1 ? ` after ${String(connection.attempts)} attempts` : "";
    console.print(`${path} [${times}, ${speed}${tries}]`);
    return undefined;
  } catch (thrown) {
    const error = yield* caught(thrown);
    if (error instanceof SwiftClientException && error.status === 404) {
      return `Object '${container}/${obj}' not found`;
    }
    return `Error downloading object '${container}/${obj}': ${error.message}`;
  }
}

const broken = (path: string, size: number): string =>
  `'Error downloading ${path}: read_length != content_length, 0 != ${String(size)}'`;

/** Seconds, negative for what was before. */
const after = (from: Micros, to: Micros): number => (to - from) / 1e6;

const fixed = (value: number): string => value.toFixed(3);
