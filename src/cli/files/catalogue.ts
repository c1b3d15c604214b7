/** The scenarios that ship with the package, found relative to this file. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";

export interface Shipped {
  readonly name: string;
  readonly title: string;
  readonly file: string;
}

const FOLDER = fileURLToPath(new URL("../../../scenarios/", import.meta.url));

/** By name, with their files as one would type them in `cwd`. */
export function shippedScenarios(cwd: string): Shipped[] {
  let names: string[];
  try {
    names = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml"));
  } catch {
    return [];
  }
  // Sorted without the extension, or `boot-and-shelve` would come before `boot`.
  const short = names.map((name) => name.replace(/\.yaml$/u, "")).sort();
  return short.map((name) => {
    const path = join(FOLDER, `${name}.yaml`);
    return { name, title: titleOf(path) ?? name, file: shorter(cwd, path) };
  });
}

function titleOf(path: string): string | undefined {
  const title: unknown = parseDocument(readFileSync(path, "utf8")).get("title");
  return typeof title === "string" ? title : undefined;
}

function shorter(cwd: string, path: string): string {
  const near = relative(cwd, path);
  return near.startsWith("..") ? path : near;
}
