/** Random scenarios: some of them here, thousands with `npm run properties`. */
import fs from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { loadScenario, runScenario } from "../../src/scenario/index.js";
import {
  holds,
  holdsTwice,
  RandomScenario,
  runTwice,
  scenarios,
} from "../../src/testing/fast-check/index.js";

describe("scenarios made by chance", () => {
  it("load, every one of them, and are files that say what they are", () => {
    const check = (scenario: RandomScenario): void => {
      const loaded = loadScenario({ file: "by-chance.yaml", text: scenario.text });
      if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
    };
    fc.assert(fc.property(scenarios(), check), { numRuns: 40, seed: 4 });
  });

  it("break no invariant but where Juno does, have the same bytes twice and the same end unwatched", () => {
    fc.assert(fc.property(scenarios({ maxSteps: 20 }), holdsTwice), { numRuns: 8, seed: 2 });
  });

  it("break none at all where nothing goes wrong, but for what two requests at once do", () => {
    fc.assert(fc.property(scenarios({ faults: false, maxSteps: 20 }), holds), {
      numRuns: 12,
      seed: 3,
    });
  });

  it("shrink to a scenario file that fails by itself", () => {
    const never = (scenario: RandomScenario): void => {
      if (scenario.text.includes("nova delete")) throw new Error("somebody deletes a server");
    };
    const { failed, counterexample } = fc.check(fc.property(scenarios(), never), {
      numRuns: 100,
      seed: 5,
    });
    expect(failed).toBe(true);
    const [shrunk] = counterexample ?? [];
    const steps = shrunk?.source.steps ?? [];
    expect(steps.map((step) => step["run"] ?? Object.keys(step)[0])).toEqual([
      expect.stringMatching(/^nova boot t1 /u),
      expect.stringMatching(/^nova delete t\d$/u),
      "advance",
      "advance",
    ]);
    expect(fc.stringify(shrunk)).toContain("scenario: by-chance\n");
    const loaded = loadScenario({ file: "by-chance.yaml", text: shrunk?.text ?? "" });
    if (!loaded.ok) throw new Error("it must load");
    const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]) => new Cloud(options);
    expect(runScenario({ loaded, makeWorld, version: "0" }).failures).toEqual([]);
  });
});

/** A scenario that is another one from a reading of it on, as nothing may be that is run twice. */
class Fickle extends RandomScenario {
  readonly #from: number;
  #readings = 0;

  constructor(from: number) {
    super({ scenario: "by-chance", seed: 1, cloud: {}, steps: [{ run: "nova list" }] });
    this.#from = from;
  }

  override get text(): string {
    this.#readings++;
    return this.#readings < this.#from
      ? super.text
      : super.text.replace("nova list", "nova image-list");
  }
}

describe("a run of npm run properties", () => {
  it("is done twice for the same bytes, and once more unwatched for the same end", () => {
    expect(() => runTwice(new Fickle(2))).toThrow(/^two runs differ at line \d+:/u);
    expect(() => runTwice(new Fickle(3))).toThrow(/^a recorder makes a difference:/u);
    expect(runTwice(new Fickle(4)).lines.length).toBeGreaterThan(1);
    const bench = fs.readFileSync(new URL("../../bench/properties.mjs", import.meta.url), "utf8");
    // But where it is asked to run each but once.
    expect(bench).toContain('const once = words.includes("--once")');
    expect(bench).toContain("once ? runRandom(scenario) : runTwice(scenario)");
  });
});
