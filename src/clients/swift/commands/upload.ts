/**
 * `swift upload`: files into a container, which is made if need be. How large they are is said with
 * `--size`, since there is no disk to look at; there are no folders either. Upstream: swiftclient/shell.py
 * (st_upload), service.py (upload, _create_container_job), 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import { bytesRepr } from "../../../python/index.js";
import { SwiftClientException } from "../../../services/swift/client/connection.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { flagOption, valueOption } from "../../openstack/options.js";
import { int } from "../../shell/parser/index.js";
import { verbosityOptions } from "../global-options.js";
import { LocalFile } from "../local-file.js";
import { usageOf } from "../print.js";
import { isMissing, SwiftError, type StorageApi } from "../storage-api.js";
import { splitHeaders, verbosity, words } from "./arguments.js";
import { short, threads } from "./options.js";
import { uploadObject, type UploadTold } from "./upload-object.js";

const FORM = [
  "[--changed] [--skip-identical] [--segment-size <size>]",
  "[--segment-container <container>] [--leave-segments]",
  "[--object-threads <thread>] [--segment-threads <threads>]",
  "[--header <header>] [--use-slo]",
  "[--object-name <object-name>]",
  "<container> <file_or_directory>\n",
].join("\n                    ");

export const upload: Command<StorageApi> = {
  name: "upload",
  about: "Upload files. Say with --size how large they are.",
  options: [
    valueOption("--size", "<size>", "How many bytes each file has: there is no disk here.", {
      type: int,
    }),
    short("-c", flagOption("--changed", "Only what is not there with that size and date.")),
    flagOption("--skip-identical", "Only what is not there with these bytes."),
    short("-S", valueOption("--segment-size", "<size>", "Larger files go in pieces.")),
    short("-C", valueOption("--segment-container", "<container>", "Where the pieces go.")),
    flagOption("--leave-segments", "Leave the pieces of what is overwritten."),
    threads("--object-threads", "sent"),
    threads("--segment-threads", "sent"),
    {
      ...short("-H", valueOption("--header", "<header>", "A header, any number of times.")),
      many: true,
    },
    flagOption("--use-slo", "With --segment-size: a static large object."),
    valueOption("--object-name", "<object-name>", "What one file is called there."),
    ...verbosityOptions,
  ],
  positionals: [words("<container> <file>", "A container, and files.")],
  check(args) {
    const [container, ...files] = args.texts("words");
    if (container === undefined || files.length === 0) throw usageOf("upload", FORM);
    if (args.text("object_name") !== undefined && files.length > 1) {
      throw new CommandError("object-name only be used with 1 file or dir");
    }
  },
  *run(swift, args, console) {
    this.check?.(args);
    const [container = "", ...paths] = args.texts("words");
    const quiet = verbosity(swift, args) === 0;
    const failures: string[] = [];
    const told: UploadTold = {
      object(name, attempts = 1) {
        if (quiet) return;
        console.print(attempts > 1 ? `${name} [after ${String(attempts)} attempts]` : name);
      },
      segment(name, index, attempts) {
        if (!quiet && attempts === 1) console.print(`${name} segment ${String(index)}`);
      },
      failed: (why) => failures.push(why),
    };
    const files = filesOf(swift, args, paths, told);
    yield* accountOf(swift);
    yield* containersFor(swift, args, container, told);
    const objectName = args.text("object_name");
    for (const file of files) {
      yield* uploadObject(swift, args, { container, file, name: objectName ?? file.path }, told);
    }
    if (failures.length > 0) throw new CommandError(failures.join("\n"));
  },
};

/** A file that nobody has told the size of is not there. */
function filesOf(
  swift: StorageApi,
  args: Arguments,
  paths: readonly string[],
  told: UploadTold,
): LocalFile[] {
  const size = args.number("size");
  if (size !== undefined) return paths.map((path) => new LocalFile(path, size, swift.epoch));
  for (const path of paths) {
    told.failed(
      `Local file '${path}' not found. There is no disk here: say with --size how many bytes it has.`,
    );
  }
  return [];
}

/** @throws SwiftError in the words of its own `str` */
function* accountOf(swift: StorageApi): Op<void> {
  try {
    yield* swift.head();
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new CommandError(new SwiftError("Account not found").message);
  }
}

/** What goes wrong is told, and the files are tried all the same. */
function* containersFor(
  swift: StorageApi,
  args: Arguments,
  container: string,
  told: UploadTold,
): Op<void> {
  const policy = splitHeaders(args, "header")["x-storage-policy"];
  const given = policy === undefined ? {} : { "X-Storage-Policy": policy };
  yield* made(swift, container, given, container, told);
  if (args.text("segment_size") === undefined) return;
  const segments = args.text("segment_container") ?? `${container}_segments`;
  let headers: Record<string, string> = given;
  if (policy === undefined) {
    try {
      const found = (yield* swift.head(container)).headers["x-storage-policy"];
      if (found !== undefined) headers = { "X-Storage-Policy": found };
    } catch (thrown) {
      told.failed(containerError(container, headers, yield* caught(thrown)));
      return;
    }
  }
  yield* made(swift, segments, headers, container, told);
}

/** @param named what is named where it fails: upstream always names the container of the objects */
function* made(
  swift: StorageApi,
  container: string,
  headers: Readonly<Record<string, string>>,
  named: string,
  told: UploadTold,
): Op<void> {
  try {
    yield* swift.containers.request({ method: "PUT", container, headers });
  } catch (thrown) {
    told.failed(containerError(named, headers, yield* caught(thrown)));
  }
}

function containerError(
  container: string,
  headers: Readonly<Record<string, string>>,
  error: Error,
): string {
  const policy = headers["X-Storage-Policy"];
  if (!(error instanceof SwiftClientException)) {
    return `Error trying to create container ${bytesRepr(container)}: ${error.message}`;
  }
  if (policy !== undefined) {
    return `Error trying to create container ${container} with Storage Policy ${policy.trim()}`;
  }
  const { status, reason, body } = error;
  const said = `${status === undefined ? "None" : String(status)} ${reason ?? "None"}`;
  const more = body === "" ? "" : `: ${body.slice(0, 60)}`;
  return `Error trying to create container ${bytesRepr(container)}: ${said}${more}`;
}
