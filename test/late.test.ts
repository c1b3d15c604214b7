/** What the built library reads before anybody asks it for anything: not what few clouds start (`tools/late.mjs`). */
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const dist = path.resolve(import.meta.dirname, "../dist");

/** The files that are read when `file` is imported. */
function readWith(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  const text = fs.readFileSync(file, "utf8");
  for (const [, other = ""] of text.matchAll(
    /^(?:import|export) (?:[^;"]* from )?"(\.[^"]+)";$/gm,
  )) {
    readWith(path.resolve(path.dirname(file), other), known);
  }
  return known;
}

/** The modules of `src` in them; the bundler writes each one's name above it. */
function modulesIn(files: Iterable<string>): readonly string[] {
  return [...files].flatMap((file) =>
    [...fs.readFileSync(file, "utf8").matchAll(/^\/\/ (src\/\S+|node_modules\/[^/]+)/gm)].map(
      ([, name = ""]) => name,
    ),
  );
}

const read = modulesIn(readWith(path.join(dist, "index.js")));

it("the library reads what a small cloud starts", () => {
  expect(read).toContain("src/cloud/cloud.ts");
  expect(read).toContain("src/services/nova/compute/index.ts");
});

it.each([
  "src/services/heat/engine/resources/",
  "src/services/horizon/project/instances",
  "src/services/cinder/volume/index",
  "src/clients/openstackclient/commands/",
  "src/clients/heat/program",
  "src/scenario/steps/",
  "src/cli/",
  "node_modules/commander",
  "node_modules/yaml",
  "node_modules/re2js",
])("the library does not read %s until it is asked for", (name) => {
  const all = fs.readdirSync(path.join(dist, "chunks")).filter((file) => file.endsWith(".js"));
  const everywhere = modulesIn(all.map((file) => path.join(dist, "chunks", file)));
  // The name is one that there is.
  expect(everywhere.some((module) => module.startsWith(name))).toBe(true);
  expect(read.filter((module) => module.startsWith(name))).toEqual([]);
});
