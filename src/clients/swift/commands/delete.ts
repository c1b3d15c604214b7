/**
 * `swift delete`: objects, a container with all that is in it, or everything. Upstream:
 * swiftclient/shell.py (st_delete), service.py (delete, _delete_object, _delete_container), 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { caught, type Op } from "../../../kernel/index.js";
import type { Command } from "../../openstack/command.js";
import { flagOption } from "../../openstack/options.js";
import { verbosityOptions } from "../global-options.js";
import { usageOf } from "../print.js";
import { isMissing, type StorageApi } from "../storage-api.js";
import { placeOf, verbosity, words } from "./arguments.js";
import { threads } from "./options.js";

const FORM = [
  "[-all] [--leave-segments]",
  "[--object-threads <threads>]",
  "[--container-threads <threads>]",
  "<container> [object]\n",
].join("\n                    ");

/** Takes what is told: a name that is gone, or why one is not. */
interface Told {
  done(container: string, obj: string, attempts: number, segment?: boolean): void;
  failed(why: string): void;
}

export const remove: Command<StorageApi> = {
  name: "delete",
  about: "Delete objects, or a container with what is in it.",
  options: [
    { ...flagOption("--all", "Everything in the account."), names: ["--all", "-a"] },
    flagOption("--leave-segments", "Leave what a manifest is made of."),
    threads("--object-threads", "deleted"),
    threads("--container-threads", "deleted"),
    ...verbosityOptions,
  ],
  positionals: [words("[container] [object]", "A container, and objects in it.")],
  check(args) {
    const [container] = args.texts("words");
    if ((container !== undefined) === args.flag("all")) throw usageOf("delete", FORM);
    placeOf(args);
  },
  *run(swift, args, console) {
    this.check?.(args);
    const [container, ...objects] = args.texts("words");
    const all = args.flag("all");
    const quiet = verbosity(swift, args) === 0;
    const failures: string[] = [];
    const told: Told = {
      done(within, obj, attempts, segment = false) {
        if (quiet) return;
        const name = all || segment ? `${within}/${obj}` : obj;
        console.print(attempts > 1 ? `${name} [after ${String(attempts)} attempts]` : name);
      },
      failed: (why) => failures.push(`An unexpected error occurred whilst deleting: ${why}`),
    };
    const leave = args.flag("leave_segments");
    if (container !== undefined && objects.length > 0) {
      yield* deleteObjects(swift, container, objects, leave, told);
    } else {
      const containers = container === undefined ? yield* swift.names() : [container];
      for (const name of containers) yield* deleteContainer(swift, name, leave, told);
    }
    if (failures.length > 0) throw new CommandError(failures.join("\n"));
  },
};

function* deleteContainer(
  swift: StorageApi,
  container: string,
  leave: boolean,
  told: Told,
): Op<void> {
  try {
    const objects = yield* swift.names(container);
    yield* deleteObjects(swift, container, objects, leave, told);
    yield* swift.containers.request({ method: "DELETE", container });
  } catch (thrown) {
    told.failed((yield* caught(thrown)).message);
  }
}

function* deleteObjects(
  swift: StorageApi,
  container: string,
  objects: readonly string[],
  leave: boolean,
  told: Told,
): Op<void> {
  for (const obj of objects) {
    try {
      yield* deleteObject(swift, container, obj, leave, told);
    } catch (thrown) {
      told.failed((yield* caught(thrown)).message);
    }
  }
}

/** A manifest first, then what it is made of. */
function* deleteObject(
  swift: StorageApi,
  container: string,
  obj: string,
  leave: boolean,
  told: Told,
): Op<void> {
  const { manifest, slo } = leave ? WHOLE : yield* kindOf(swift, container, obj);
  const query = slo ? { query: { "multipart-manifest": "delete" } } : {};
  yield* swift.object("DELETE", container, obj, query);
  const { attempts } = swift.objects;
  if (manifest !== "") {
    const slash = manifest.indexOf("/");
    const within = decodeURIComponent(manifest.slice(0, slash));
    const prefix = `${decodeURIComponent(manifest.slice(slash + 1)).replace(/\/+$/, "")}/`;
    for (const segment of yield* swift.names(within, { prefix })) {
      yield* swift.object("DELETE", within, segment);
      told.done(within, segment, swift.objects.attempts, true);
    }
  }
  told.done(container, obj, attempts);
}

interface Kind {
  readonly manifest: string;
  readonly slo: boolean;
}

const WHOLE: Kind = { manifest: "", slo: false };

/** What is not there is tried all the same. */
function* kindOf(swift: StorageApi, container: string, obj: string): Op<Kind> {
  try {
    const { headers } = yield* swift.object("HEAD", container, obj);
    const slo = /^(?:true|1|yes|on|t|y)$/i.test(headers["x-static-large-object"] ?? "");
    return { manifest: headers["x-object-manifest"] ?? "", slo };
  } catch (error) {
    if (isMissing(error)) return WHOLE;
    throw error;
  }
}
