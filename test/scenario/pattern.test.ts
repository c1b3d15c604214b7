/** Patterns of a scenario: refused where they are written, and never the end of a run. */
import { describe, expect, it } from "vitest";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import { TinyCloud } from "./fake-cloud.js";

/** What `expect: { stdout: { matches: SOURCE } }` is answered. */
function complaints(source: string): string[] {
  const text = `scenario: b\nsteps:\n  - run: nova list\n    expect: { stdout: { matches: '${source}' } }\n`;
  const loaded = loadScenario({ file: "x.yaml", text });
  const problems = loaded.ok ? [] : loaded.problems;
  return problems.map(({ place, message }) => {
    const { line, column = 1, width = 0, source: shown = "" } = place;
    return `${String(line)} ${shown.slice(column - 1, column - 1 + width)} ${message}`;
  });
}

describe("a pattern in a scenario", () => {
  it("that has what is not supported is refused where it is written", () => {
    expect(complaints("up (?=1)")).toEqual([
      "4 (?= this is no pattern: look-ahead, (?=, is not supported: patterns take linear time",
    ]);
    expect(complaints("(a)\\2")).toEqual([
      "4 \\2 this is no pattern: a reference back, \\2, is not supported: patterns take linear time",
    ]);
    expect(complaints("[")).toEqual(["4 [ this is no pattern: missing closing ]"]);
  });

  it("whose attempts multiply ends, and with it the run", () => {
    const text = `scenario: b
steps:
  - repeat: { times: 30, steps: [{ run: "nova boot {n}abcdefgh-abcdefgh" }] }
  - { run: nova list, expect: { stdout: { matches: '(([-+|A-Za-z0-9 \\n]+)+)+!' } } }
`;
    const loaded = loadScenario({ file: "x.yaml", text, known: TinyCloud.known });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const { failures } = runScenario({
      loaded,
      makeWorld: (options) => new TinyCloud(options),
      version: "0",
    });
    expect(failures[0]?.details[0]).toBe("stdout does not match /(([-+|A-Za-z0-9 \\n]+)+)+!/");
  });
});
