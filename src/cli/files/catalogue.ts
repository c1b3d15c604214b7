/** The scenarios that ship with the package, found relative to this file. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";

export interface Shipped {
  readonly name: string;
  readonly title: string;
  readonly file: string;
}

/** `scenarios/` of the package that this is a file of, be it the source or a bundle made of it. */
export const FOLDER = join(packageRoot(dirname(fileURLToPath(import.meta.url))), "scenarios");

function packageRoot(folder: string): string {
  const above = dirname(folder);
  return existsSync(join(folder, "package.json")) || above === folder ? folder : packageRoot(above);
}

/** By name, with their files as one would type them in `cwd`: those of the folder first, then of each below it. */
export function shippedScenarios(cwd: string): Shipped[] {
  let files: string[];
  try {
    files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
  // Sorted without the extension, or `boot-and-shelve` would come before `boot`.
  const short = files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.replace(/\.yaml$/u, ""));
  const place = (file: string): string => (file.includes(sep) ? dirname(file) : "");
  short.sort((a, b) => compared(place(a), place(b)) || compared(a, b));
  return short.map((file) => {
    const path = join(FOLDER, `${file}.yaml`);
    const name = basename(file);
    return { name, title: titleOf(path) ?? name, file: shorter(cwd, path) };
  });
}

const compared = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function titleOf(path: string): string | undefined {
  const title: unknown = parseDocument(readFileSync(path, "utf8")).get("title");
  return typeof title === "string" ? title : undefined;
}

function shorter(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near.startsWith("..") ? path : near;
}
