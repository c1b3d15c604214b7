/** `expect: { leftovers: [...] }`: all that a run leaves behind, each with its reason. */
import { describe, expect, it } from "vitest";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import { MemoryTimeline } from "../../src/timeline/index.js";
import { TinyCloud } from "./fake-cloud.js";

function run(expected: string, leftovers: readonly string[]) {
  const text = `scenario: x\nsteps:\n  - advance: 1s\n${expected}`;
  const loaded = loadScenario({ file: "x.yaml", text, known: TinyCloud.known });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const sink = new MemoryTimeline();
  const makeWorld = (options: ConstructorParameters<typeof TinyCloud>[0]) =>
    Object.assign(new TinyCloud(options), { leftovers: () => [...leftovers] });
  const result = runScenario({ loaded, makeWorld, version: "0", sink });
  return { ...result, checks: sink.entries.filter(({ kind }) => kind === "check") };
}

const PORT = "port p1 (10.0.0.3): there is no server s1";
const NAMED = "expect: { leftovers: [{ says: port p1, because: it was on no host }] }\n";

describe("what a run leaves behind", () => {
  it("is told in its result, and the run is good, if the scenario says nothing of it", () => {
    const result = run("", [PORT]);
    expect(result).toMatchObject({ ok: true, leftovers: [PORT], checks: [] });
  });

  it("may be what the scenario names, and is told with the reason", () => {
    const result = run(NAMED, [PORT]);
    expect(result).toMatchObject({ ok: true, leftovers: [] });
    expect(result.checks).toMatchObject([
      { what: "left behind: it was on no host", passed: true, actual: [PORT] },
    ]);
  });

  it("must not be more than the scenario names", () => {
    const { failures } = run(NAMED, [PORT, "volume v1: was to go with server s1"]);
    expect(failures).toMatchObject([
      { what: "left behind: volume v1: was to go with server s1", place: { line: 4 } },
    ]);
    expect(run("expect: { leftovers: [] }\n", [PORT]).failures).toMatchObject([
      { what: `left behind: ${PORT}`, details: ["Left behind are:", `  ${PORT}`] },
    ]);
  });

  it("must not be less", () => {
    expect(run(NAMED, []).failures).toMatchObject([
      {
        what: 'not left behind: what was expected because of "it was on no host"',
        details: ["Nothing is left behind."],
      },
    ]);
  });

  it("is nothing where that is expected and so", () => {
    const result = run("expect: { leftovers: [] }\n", []);
    expect(result.ok).toBe(true);
    expect(result.checks).toMatchObject([{ what: "nothing is left behind", passed: true }]);
  });

  it("needs a reason for each", () => {
    const text = "scenario: x\nsteps: []\nexpect: { leftovers: [{ says: port }] }\n";
    const loaded = loadScenario({ file: "x.yaml", text, known: TinyCloud.known });
    expect(loaded).toMatchObject({ ok: false });
    expect(JSON.stringify(loaded)).toContain("because");
  });
});
