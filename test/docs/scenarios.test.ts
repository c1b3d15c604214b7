/** The page about the language of scenarios: what it shows loads, and what is a whole file runs and holds. */
import { describe, expect, it } from "vitest";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { Cloud } from "../../src/cloud/cloud.js";
import {
  formatProblem,
  KNOWN,
  loadScenario,
  runScenario,
  scenarioJsonSchema,
  type Loaded,
} from "../../src/scenario/index.js";
import { MemoryTimeline } from "../../src/timeline/index.js";
import { read } from "./juno.js";

const page = read("docs/scenarios.md");
const blocks = [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gmu)].map(([, text = ""]) => text);
const isWhole = (text: string): boolean => text.startsWith("scenario:");

/** A part of a file as a whole one. */
function completed(text: string): string {
  if (isWhole(text)) return text;
  if (text.startsWith("- ")) return `scenario: part\nsteps:\n${text}`;
  return `scenario: part\nsteps: [{ note: nothing }]\n${text}`;
}

function load(text: string): Loaded {
  const known = { ...KNOWN, catalogue: flagCatalogue() };
  const loaded = loadScenario({ file: "docs/scenarios.md", text: completed(text), known });
  if (!loaded.ok) throw new Error(loaded.problems.map((one) => formatProblem(one)).join("\n"));
  return loaded;
}

describe("docs/scenarios.md", () => {
  it.each(blocks)("shows what loads without a warning:\n%s", (text) => {
    expect(load(text).warnings).toEqual([]);
  });

  it.each(blocks.filter(isWhole))("shows a scenario that holds:\n%s", (text) => {
    const loaded = load(text);
    const sink = new MemoryTimeline();
    const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]) => new Cloud(options);
    const { failures, warnings } = runScenario({ loaded, makeWorld, version: "0", sink });
    expect(failures).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it("shows every step, every fault and every key of a cloud", () => {
    interface Node {
      readonly properties?: Readonly<Record<string, Node>>;
      readonly anyOf?: readonly Node[];
    }
    const schema: Node & { readonly definitions?: Readonly<Record<string, Node>> } =
      scenarioJsonSchema();
    const verbs = ["step", "fault"].flatMap((language) =>
      (schema.definitions?.[language]?.anyOf ?? []).map(
        ({ properties = {} }) => Object.keys(properties)[0] ?? "",
      ),
    );
    const cloud = Object.keys(schema.properties?.["cloud"]?.properties ?? {});
    expect(verbs.length).toBeGreaterThan(20);
    const missing = [...verbs, ...cloud].filter(
      (key) => !new RegExp(`(?:^|[\\s{\`])${key}:`, "mu").test(page),
    );
    expect(missing).toEqual([]);
  });
});
