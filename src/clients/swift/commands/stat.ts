/**
 * `swift stat`: an account, a container or an object. Upstream: swiftclient/shell.py (st_stat),
 * service.py (stat), command_helpers.py, 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import type { Headers, HttpResponse } from "../../../http/index.js";
import type { Op } from "../../../kernel/index.js";
import { dictOrder } from "../../../python/index.js";
import {
  SwiftClientException,
  type SwiftConnection,
} from "../../../services/swift/client/connection.js";
import type { Command } from "../../openstack/command.js";
import { flagOption } from "../../openstack/options.js";
import { verbosityOptions } from "../global-options.js";
import { headerItems, printedBytes, printItems, usageOf, type Item } from "../print.js";
import { containerMissing, isMissing, SwiftError, type StorageApi } from "../storage-api.js";
import { placeOf, verbosity, words } from "./arguments.js";

const POLICY = "x-account-storage-policy-";

export const stat: Command<StorageApi> = {
  name: "stat",
  about: "Show what is known of the account, of a container or of an object.",
  options: [flagOption("--lh", "Sizes as people read them."), ...verbosityOptions],
  positionals: [words("[container] [object]", "A container, and an object in it.")],
  check(args) {
    if (placeOf(args).objects.length > 1) {
      throw usageOf("stat", "[--lh]\n                  [container] [object]\n");
    }
  },
  *run(swift, args, console) {
    const { container, objects } = placeOf(args);
    this.check?.(args);
    const size = (bytes = "0"): string => printedBytes(bytes, args.flag("lh")).trimStart();
    const more = verbosity(swift, args) > 1;
    const [obj] = objects;
    if (container === undefined) {
      const { headers } = yield* accountHead(swift);
      const access: Item[] = more ? secrets("StorageURL", "", swift.containers) : [];
      printItems(console, [...access, ...accountItems(swift, headers, size)]);
    } else if (obj === undefined) {
      const { headers } = yield* containerHead(swift, container);
      const access = more ? secrets("URL", `/${container}`, swift.containers) : [];
      const items = containerItems(swift, container, headers, size);
      printItems(console, [...access, ...items]);
    } else {
      const { headers } = yield* swift.object("HEAD", container, obj);
      const access = more ? secrets("URL", `/${container}/${obj}`, swift.objects) : [];
      const items = objectItems(swift, { container, obj }, headers, size);
      printItems(
        console,
        [...access, ...items].filter(([, value]) => value !== ""),
      );
    }
  },
};

/** Upstream both ends in a traceback, of which the last line is kept. */
const UNFINISHED = "KeyError: 'items'";

/** @throws CommandError whatever fails: a refusal is lost, and 404 is taken for an answer */
function* accountHead(swift: StorageApi): Op<HttpResponse> {
  try {
    return yield* swift.head();
  } catch (error) {
    if (!(error instanceof SwiftClientException)) throw error;
    const { status } = error;
    if (status === undefined || status === 404) throw new CommandError(UNFINISHED);
    const { message } = new SwiftError("Account not found");
    throw new CommandError(`swiftclient.service.SwiftError: ${message}`);
  }
}

/** @throws SwiftError if it is not there; CommandError for what else fails, which is lost */
function* containerHead(swift: StorageApi, container: string): Op<HttpResponse> {
  try {
    return yield* swift.head(container);
  } catch (error) {
    if (isMissing(error)) throw containerMissing(container);
    if (error instanceof SwiftClientException) throw new CommandError(UNFINISHED);
    throw error;
  }
}

const secrets = (label: string, path: string, { url, token }: SwiftConnection): Item[] => [
  [label, `${url}${path}`],
  ["Auth Token", token],
];

type Size = (bytes?: string) => string;

const accountOf = ({ url }: SwiftConnection): string => url.slice(url.lastIndexOf("/") + 1);

function accountItems({ containers }: StorageApi, headers: Headers, size: Size): Item[] {
  const policies = new Set(
    dictOrder(Object.keys(headers))
      .filter((name) => name.startsWith(POLICY))
      .map((name) => name.split("-").slice(0, -2).join("-").slice(POLICY.length)),
  );
  const ofPolicies = dictOrder([...policies]).flatMap((policy): Item[] => {
    const count = headers[`${POLICY}${policy}-container-count`];
    return [
      ...(count === undefined ? [] : [[`Containers in policy "${policy}"`, size(count)] as const]),
      [`Objects in policy "${policy}"`, size(headers[`${POLICY}${policy}-object-count`])],
      [`Bytes in policy "${policy}"`, size(headers[`${POLICY}${policy}-bytes-used`])],
    ];
  });
  return [
    ["Account", accountOf(containers)],
    ["Containers", String(Number(headers["x-account-container-count"] ?? "0"))],
    ["Objects", size(headers["x-account-object-count"])],
    ["Bytes", size(headers["x-account-bytes-used"])],
    ...ofPolicies,
    ...headerItems(
      headers,
      "x-account-meta-",
      (name) => ACCOUNT_SHOWN.includes(name) || name.startsWith(POLICY),
    ),
  ];
}

const ACCOUNT_SHOWN = [
  ...["content-length", "date", "x-account-container-count", "x-account-object-count"],
  "x-account-bytes-used",
];

function containerItems(
  { containers }: StorageApi,
  container: string,
  headers: Headers,
  size: Size,
): Item[] {
  return [
    ["Account", accountOf(containers)],
    ["Container", container],
    ["Objects", size(headers["x-container-object-count"])],
    ["Bytes", size(headers["x-container-bytes-used"])],
    ["Read ACL", headers["x-container-read"] ?? ""],
    ["Write ACL", headers["x-container-write"] ?? ""],
    ["Sync To", headers["x-container-sync-to"] ?? ""],
    ["Sync Key", headers["x-container-sync-key"] ?? ""],
    ...headerItems(headers, "x-container-meta-", (name) => CONTAINER_SHOWN.includes(name)),
  ];
}

const CONTAINER_SHOWN = [
  ...["content-length", "date", "x-container-object-count", "x-container-bytes-used"],
  ...["x-container-read", "x-container-write", "x-container-sync-to", "x-container-sync-key"],
];

function objectItems(
  { objects }: StorageApi,
  { container, obj }: { readonly container: string; readonly obj: string },
  headers: Headers,
  size: Size,
): Item[] {
  return [
    ["Account", accountOf(objects)],
    ["Container", container],
    ["Object", obj],
    ["Content Type", headers["content-type"] ?? ""],
    ["Content Length", size(headers["content-length"])],
    ["Last Modified", headers["last-modified"] ?? ""],
    ["ETag", headers["etag"] ?? ""],
    ["Manifest", headers["x-object-manifest"] ?? ""],
    ...headerItems(headers, "x-object-meta-", (name) => OBJECT_SHOWN.includes(name)),
  ];
}

const OBJECT_SHOWN = [
  ...["content-type", "content-length", "last-modified", "etag", "date", "x-object-manifest"],
];
