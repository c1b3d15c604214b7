/** The worked example of a service of one's own: it compiles with the tests, and does what it says. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";

const folder = path.resolve(import.meta.dirname, "../../examples/example-service");

afterEach(() => {
  vi.restoreAllMocks();
});

it("runs as an outsider would run it, over the package's public names (transcripts §T5)", async () => {
  const printed: string[] = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  await import("../../examples/example-service/main.js");
  expect(printed[0]).toBe('the board: ["compute-1 is loud"]');
  expect(printed[1]).toMatch(/\| nova-exampleservice \| controller \| internal \| enabled \| up /);
  expect(printed).toContain("nova-reader@library: the board says: compute-1 is loud");
  expect(printed).toContain("nova-client@admin calls get_notes");
  expect(printed).toContain("nova-reader@library calls get_notes");
});

it.each(["service.ts", "reader.ts", "main.ts"])("%s imports nothing but the package", (file) => {
  const text = readFileSync(path.join(folder, file), "utf8");
  const imports = [...text.matchAll(/from "([^"]+)"/g)].map(([, name]) => name ?? "");
  expect(imports.filter((name) => name !== "novasim" && !name.startsWith("./"))).toEqual([]);
});

it("joins a cloud in under twenty lines", () => {
  const text = readFileSync(path.join(folder, "main.ts"), "utf8");
  const code = text.slice(0, text.indexOf("// Anybody")).replace(/\/\*[\s\S]*?\*\//g, "");
  expect(code.split("\n").filter((line) => line.trim() !== "").length).toBeLessThan(20);
});
