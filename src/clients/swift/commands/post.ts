/**
 * `swift post`: metadata and access of an account, a container or an object; a container that is not
 * there is made. That a refusal is not told unless an object was meant is upstream's. Upstream:
 * swiftclient/shell.py (st_post), service.py (post, split_headers, _post_container_job), 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Op } from "../../../kernel/index.js";
import {
  SwiftClientException,
  type SwiftRequest,
} from "../../../services/swift/client/connection.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { Command } from "../../openstack/command.js";
import { valueOption } from "../../openstack/options.js";
import { verbosityOptions } from "../global-options.js";
import { usageOf } from "../print.js";
import { isMissing, SwiftError, type StorageApi } from "../storage-api.js";
import { placeOf, words } from "./arguments.js";
import { short } from "./options.js";

/** What only a container has, and in which header it is sent. */
const OF_CONTAINERS = [
  ["read_acl", "x-container-read"],
  ["write_acl", "x-container-write"],
  ["sync_to", "x-container-sync-to"],
  ["sync_key", "x-container-sync-key"],
] as const;

const FORM = [
  "[--read-acl <acl>] [--write-acl <acl>] [--sync-to]",
  "[--sync-key <sync-key>] [--meta <name:value>]",
  "[--header <header>]",
  "[container] [object]\n",
].join("\n                  ");

export const post: Command<StorageApi> = {
  name: "post",
  about:
    "Change metadata of the account, of a container, which is made if need be, or of an object.",
  options: [
    short("-r", valueOption("--read-acl", "<acl>", "Who may read a container.")),
    short("-w", valueOption("--write-acl", "<acl>", "Who may write to a container.")),
    short("-t", valueOption("--sync-to", "<sync-to>", "Which container a container is copied to.")),
    short("-k", valueOption("--sync-key", "<sync-key>", "The key for that.")),
    {
      ...short("-m", valueOption("--meta", "<name:value>", "Metadata, any number of times.")),
      many: true,
    },
    {
      ...short("-H", valueOption("--header", "<header>", "A header, any number of times.")),
      many: true,
    },
    ...verbosityOptions,
  ],
  positionals: [words("[container] [object]", "A container, and an object in it.")],
  check(args) {
    const { container, objects } = placeOf(args);
    if (container === undefined && OF_CONTAINERS.some(([dest]) => args.text(dest) !== undefined)) {
      throw new CommandError("-r, -w, -t, and -k options only allowed for containers");
    }
    if (objects.length > 1) throw usageOf("post", FORM);
    headersOf(args, "");
  },
  *run(swift, args) {
    this.check?.(args);
    const { container, objects } = placeOf(args);
    const [obj] = objects;
    if (container === undefined) {
      const headers = headersOf(args, "x-account-meta-");
      yield* untold(swift.containers.request({ method: "POST", headers }), "Account not found");
    } else if (obj === undefined) {
      yield* untold(posted(swift, container, args), `Container '${container}' not found`);
    } else {
      yield* swift.object("POST", container, obj, { headers: headersOf(args, "x-object-meta-") });
    }
  },
};

function* posted(swift: StorageApi, container: string, args: Arguments): Op<void> {
  const headers = { ...headersOf(args, "x-container-meta-"), ...ofContainers(args) };
  const request: Omit<SwiftRequest, "method"> = {
    container,
    headers: { "content-length": "0", ...headers },
  };
  try {
    yield* swift.containers.request({ method: "POST", ...request });
  } catch (error) {
    if (!isMissing(error)) throw error;
    yield* swift.containers.request({ method: "PUT", ...request });
  }
}

const ofContainers = (args: Arguments): Record<string, string> =>
  Object.fromEntries(
    OF_CONTAINERS.flatMap(([dest, header]) => {
      const value = args.exactText(dest);
      return value === undefined ? [] : [[header, value] as const];
    }),
  );

/** Of what Swift refuses, only that it is not there is told. @throws SwiftError */
function* untold(op: Op<unknown>, missing: string): Op<void> {
  try {
    yield* op;
  } catch (error) {
    if (isMissing(error)) throw new SwiftError(missing);
    if (!(error instanceof SwiftClientException)) throw error;
  }
}

/** @throws SwiftError for what has no colon */
function headersOf(args: Arguments, prefix: string): Record<string, string> {
  const pairs = (dest: string, before: string): (readonly [string, string])[] =>
    args.texts(dest).map((item) => {
      const colon = item.indexOf(":");
      if (colon >= 0) {
        return [`${before}${item.slice(0, colon)}`.toLowerCase(), item.slice(colon + 1).trim()];
      }
      throw new SwiftError(
        `Metadata parameter ${item} must contain a ':'.\nExample: 'Color:Blue' or 'Size:Large'`,
      );
    });
  return Object.fromEntries([...pairs("meta", prefix), ...pairs("header", "")]);
}
