/** A project of one's own, as an outsider writes it: it runs, prints what its README says, and is small. */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../examples/toy-service");
const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
const files = readdirSync(folder).filter((file) => file.endsWith(".ts"));

afterEach(() => {
  vi.restoreAllMocks();
});

it("prints what its README shows", async () => {
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  await import("../../examples/toy-service/main.js");
  const [, shown = ""] = /main\.ts\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
  expect(printed).toEqual(shown.trimEnd().split("\n"));
});

it.each(files)("%s imports nothing but the package", (file) => {
  const imports = [...read(file).matchAll(/from "([^"]+)"/g)].map(([, name]) => name ?? "");
  expect(imports.filter((name) => name !== "novasim" && !name.startsWith("./"))).toEqual([]);
});

it("is a REST service with a database in at most 4 files and 120 lines", () => {
  expect(files.length).toBeLessThanOrEqual(4);
  const lines = files.flatMap((file) => read(file).trimEnd().split("\n"));
  expect(lines.length).toBeLessThanOrEqual(120);
});
