/**
 * What `swift` prints alike everywhere: sizes, labels lined up at the colon, what headers say.
 * Upstream: swiftclient/utils.py (prt_bytes), multithreading.py (OutputManager.print_items),
 * command_helpers.py (headers_to_items), 2.3.1.
 */
import { CommandError } from "../../framework/apiclient/index.js";
import type { Headers } from "../../http/index.js";
import { dictOrder } from "../../python/index.js";
import type { Console } from "../shell/console.js";

export type Item = readonly [label: string, value: string];

/** A size in twelve places, or with `human` in four: `1.5K`. */
export function printedBytes(bytes: string | number, human: boolean): string {
  if (!human) return String(bytes).padStart(12);
  let size = Number(bytes);
  let suffix = "";
  for (const next of "KMGTPEZY") {
    if (size <= 1023) break;
    suffix = next;
    size /= 1024;
  }
  if (suffix === "") return String(bytes).padStart(4);
  return size >= 10
    ? `${String(Math.trunc(size)).padStart(3)}${suffix}`
    : `${size.toFixed(1)}${suffix}`;
}

/** `    Containers: 2`, the colons one below the other. */
export function printItems(console: Console, items: readonly Item[]): void {
  const width = Math.max(...items.map(([label]) => label.length));
  for (const [label, value] of items) {
    console.print(`${label.padStart(width)}: ${value}`.trimEnd());
  }
}

/** What headers say that is not shown otherwise, metadata first. */
export function headerItems(
  headers: Headers,
  metaPrefix: string,
  shown: (name: string) => boolean,
): Item[] {
  const names = dictOrder(dictOrder(Object.keys(headers))).filter((name) => !shown(name));
  const value = (name: string): string => headers[name] ?? "";
  const meta = names.filter((name) => name.startsWith(metaPrefix));
  return [
    ...meta.map((name): Item => [`Meta ${title(name.slice(metaPrefix.length))}`, value(name)]),
    ...names.filter((name) => !meta.includes(name)).map((name): Item => [title(name), value(name)]),
  ];
}

/** As `str.title` of Python. */
export const title = (text: string): string =>
  text.replace(/[a-z]+/giu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase());

/** How a command is typed, said where it was typed wrong; upstream the help page comes after it. */
export const usageOf = (name: string, form: string): CommandError =>
  new CommandError(`Usage: swift ${name} ${form}`);
