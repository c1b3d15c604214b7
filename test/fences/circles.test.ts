/**
 * Imports make no circle, types included, so that any file can be read with what stands below it. The
 * kernel's own is the thing itself: a greenthread knows its kernel, and the kernel its greenthreads.
 */
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../../src");

const sources = (): string[] =>
  fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.split(path.sep).join("/"));

/** The files of `src` that `file` imports or exports from. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(fs.readFileSync(path.join(root, file), "utf8"));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => path.posix.join(path.posix.dirname(file), fileName))
    .map((target) => target.replace(/\.js$/, ".ts"));
}

/** Files that reach each other, by Tarjan's algorithm; a file alone is no circle. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const number = new Map<string, number>();
  const stack: string[] = [];
  const visit = (file: string): number => {
    const own = number.size;
    number.set(file, own);
    let low = own;
    stack.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!number.has(target)) low = Math.min(low, visit(target));
      else if (stack.includes(target)) low = Math.min(low, number.get(target) ?? low);
    }
    if (low === own) {
      const members = stack.splice(stack.indexOf(file));
      if (members.length > 1) found.push(members.sort());
    }
    return low;
  };
  for (const file of graph.keys()) if (!number.has(file)) visit(file);
  return found;
}

describe("imports", () => {
  it("are found to go round where they do", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", ["a"]],
      ["d", []],
    ]);
    expect(circles(graph)).toEqual([["a", "b", "c"]]);
  });

  it("make no circle but the kernel's", () => {
    const graph = new Map(sources().map((file) => [file, importsOf(file)]));
    expect(graph.size).toBeGreaterThan(600);
    const outside = circles(graph).filter(
      (members) => !members.every((file) => file.startsWith("kernel/")),
    );
    expect(outside).toEqual([]);
  });
});
