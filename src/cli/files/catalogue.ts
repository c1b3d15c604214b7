/** The scenarios that ship with the package, found relative to this file. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseDocument } from "yaml";

export interface Shipped {
  readonly name: string;
  readonly title: string;
  /** As one would type it from here. */
  readonly file: string;
}

const FOLDER = fileURLToPath(new URL("../../../scenarios/", import.meta.url));

/** By name. */
export function shippedScenarios(): Shipped[] {
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
    return { name, title: titleOf(path) ?? name, file: shorter(path) };
  });
}

function titleOf(path: string): string | undefined {
  const title: unknown = parseDocument(readFileSync(path, "utf8")).get("title");
  return typeof title === "string" ? title : undefined;
}

function shorter(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith("..") ? path : near;
}
