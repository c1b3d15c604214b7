/**
 * The words behind a sub-command, a container and objects, as every command of `swift` takes them.
 * Upstream: the beginning of each `st_` function of swiftclient/shell.py, 2.3.1.
 */
import { CommandError } from "../../../framework/apiclient/index.js";
import { bytesRepr } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import type { PositionalSpec } from "../../shell/parser/index.js";
import { SwiftError, type StorageApi } from "../storage-api.js";

export const words = (metavar: string, about: string): PositionalSpec => ({
  dest: "words",
  metavar,
  count: "any",
  about,
});

/** @throws CommandError for a container with a slash in its name */
export function placeOf(args: Arguments): {
  readonly container: string | undefined;
  readonly objects: readonly string[];
} {
  const [container, ...objects] = args.texts("words");
  if (container?.includes("/") === true) {
    const meant = bytesRepr(container.replace("/", " "));
    throw new CommandError(
      `WARNING: / in container name; you might have meant ${meant} instead of ${bytesRepr(container)}.`,
    );
  }
  return { container, objects };
}

/** 0 if it shall be quiet, 2 if it shall say more. */
export const verbosity = (swift: StorageApi, args: Arguments): number =>
  args.flag("quiet") ? 0 : args.flag("verbose") ? 2 : swift.verbose;

/** `split_headers`: by names in lower case. @throws SwiftError for what has no colon */
export function splitHeaders(args: Arguments, option: string): Record<string, string> {
  const pairs = args.texts(option).map((item): readonly [string, string] => {
    const colon = item.indexOf(":");
    if (colon >= 0) return [item.slice(0, colon).toLowerCase(), item.slice(colon + 1).trim()];
    throw new SwiftError(
      `Metadata parameter ${item} must contain a ':'.\nExample: 'Color:Blue' or 'Size:Large'`,
    );
  });
  return Object.fromEntries(pairs);
}
