/**
 * Every scenario that ships: it does what it says it does, twice with the same bytes, and as it was
 * recorded. A change of a recording is a change of behaviour, and its commit says which.
 */
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { NOVASIM_VERSION } from "../../src/cloud/version.js";
import { Cloud } from "../../src/cloud/cloud.js";
import {
  formatProblem,
  loadScenario,
  runScenario,
  ScenarioRun,
  scenarioJsonSchema,
  type Loaded,
  type Result,
} from "../../src/scenario/index.js";
import { MemoryTimeline, readTimeline } from "../../src/timeline/index.js";
import { renderMermaid, renderText } from "../../src/views/index.js";

const folder = path.resolve(import.meta.dirname, "../../scenarios");
const inFolder = (ending: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending));
const files = inFolder(".yaml");

function load(file: string, seed?: number): Loaded {
  const text = fs.readFileSync(path.join(folder, file), "utf8");
  const loaded = loadScenario({ file, text, ...(seed !== undefined && { seed }) });
  if (!loaded.ok) throw new Error(loaded.problems.map((each) => formatProblem(each)).join("\n"));
  return loaded;
}

const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]): Cloud => new Cloud(options);

interface Run {
  readonly result: Result;
  readonly lines: readonly string[];
}

function run(loaded: Loaded, detail: "flow" | "full" = "flow"): Run {
  const sink = new MemoryTimeline();
  const result = runScenario({ loaded, makeWorld, version: NOVASIM_VERSION, sink, detail });
  return { result, lines: sink.lines };
}

/** The index of the first line of another run that is not in `lines`, the header aside. */
function firstDifference(loaded: Loaded, lines: readonly string[]): number {
  const sink = new MemoryTimeline();
  const other = new ScenarioRun({ loaded, makeWorld, version: NOVASIM_VERSION, sink });
  let at = 1;
  for (let more = true; more;) {
    more = other.slice();
    for (; at < sink.lines.length; at++) if (sink.lines[at] !== lines[at]) return at;
  }
  return at === lines.length ? -1 : at;
}

describe.each(files)("%s", (file) => {
  const name = path.basename(file, ".yaml");
  const first = run(load(file));

  it("loads without a warning and is named like its file", () => {
    const loaded = load(file);
    expect(loaded.warnings).toEqual([]);
    expect(loaded.scenario.scenario).toBe(name);
    expect(loaded.scenario.title).toBeDefined();
    expect(loaded.scenario.about).toBeDefined();
  });

  it("meets its own expectations", () => {
    expect(first.result.failures).toEqual([]);
  });

  it("leaves nothing behind but what it says", () => {
    expect(first.result.leftovers).toEqual([]);
  });

  it("gives the same bytes a second time in the same process", () => {
    expect(run(load(file)).lines).toEqual(first.lines);
  });

  it("gives the bytes that were recorded", async () => {
    const recording = path.join(folder, file.replace(/\.yaml$/, ".timeline.jsonl"));
    await expect(`${first.lines.join("\n")}\n`).toMatchFileSnapshot(recording);
  });

  it("gives other bytes with another seed", () => {
    // Below the header, which names the seed; the first that differs is enough.
    expect(firstDifference(load(file, 4242), first.lines)).toBeGreaterThan(0);
  });

  it("happens in the same way whoever watches, and how closely", () => {
    const full = readTimeline(run(load(file), "full").lines);
    const flow = readTimeline(first.lines);
    // What is kept at `flow` is there at `full`, at the same moments and by the same actors.
    const told = (entries: typeof full.entries): string[] =>
      entries.map(({ at, kind, actor }) => `${at} ${kind} ${actor ?? ""}`);
    const loud = full.entries.filter((entry) => !("quiet" in entry));
    expect(told(loud)).toEqual(told(flow.entries));
  });

  it("can be drawn", () => {
    const timeline = readTimeline(first.lines);
    expect(renderText(timeline)).toContain(timeline.header.title);
    expect(renderMermaid(timeline)).toMatch(/^(---[\s\S]*?---\n)?sequenceDiagram/);
  });
});

describe("the folder of scenarios", () => {
  it("holds no recording without its scenario", () => {
    const recordings = inFolder(".timeline.jsonl");
    const scenarios = recordings.map((name) => name.replace(".timeline.jsonl", ".yaml"));
    expect(scenarios.sort()).toEqual([...files].sort());
  });

  it("has no two scenarios of one name, whatever folder they are in", () => {
    const names = files.map((file) => path.basename(file));
    expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
  });

  it("holds the schema that editors read, as the loader has it", async () => {
    const schema = `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
    await expect(schema).toMatchFileSnapshot(path.join(folder, "scenario.schema.json"));
  });
});
