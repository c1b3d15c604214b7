import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommandReading } from "../../src/clients/index.js";
import { formatProblem, KNOWN, loadScenario } from "../../src/scenario/index.js";

const SAMPLE = `scenario: b
cloud: { computes: 2, flags: { a: 1 }, latency: { rest: 2ms..5ms } }
steps:
  - run: nova boot t3 --flavor m1.nano --image cirros
    expect: { exit: 0, stdout: { contains: [a, b] } }
  - repeat: { times: 2, steps: [{ wait: { server: t3, status: ACTIVE, within: 2m } }] }
expect: { server: { t3: { status: ACTIVE } }, flow: [nova-api -> nova-conductor cast x] }
`;

/** Whatever the text is, it loads or is refused with problems that can be shown. */
function answers(text: string, set: readonly string[] = []): string[] {
  const outcome = loadScenario({ file: "x.yaml", text, set });
  const problems = outcome.ok ? outcome.warnings : outcome.problems;
  if (!outcome.ok) expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) {
    expect(formatProblem(problem)).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|undefined|\[object/u,
    );
  }
  return problems.map(({ message }) => message);
}

describe("the loader answers", () => {
  it("any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        answers(text);
      }),
      { seed: 1 },
    );
  });

  it("any value at any key of a scenario", () => {
    const keys = [
      "scenario",
      "steps",
      "cloud",
      "expect",
      "seed",
      "about",
      "constructor",
      "toString",
    ];
    const value = fc.jsonValue({ maxDepth: 4 });
    const scenario = fc.dictionary(fc.constantFrom(...keys), value);
    fc.assert(
      fc.property(scenario, (data) => {
        answers(JSON.stringify({ scenario: "b", steps: [{ run: "x" }], ...data }));
      }),
      { seed: 2 },
    );
  });

  it("any step", () => {
    const kinds = [
      "note",
      "run",
      "wait",
      "advance",
      "fault",
      "heal",
      "check",
      "together",
      "repeat",
      "as",
    ];
    const step = fc.dictionary(fc.constantFrom(...kinds), fc.jsonValue({ maxDepth: 3 }), {
      maxKeys: 3,
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        answers(JSON.stringify({ scenario: "b", steps }));
      }),
      { seed: 3 },
    );
  });

  it("a good scenario with some of its letters changed", () => {
    const change = fc.tuple(fc.nat(SAMPLE.length), fc.nat(5), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        answers(
          changes.reduce(
            (text, [at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone),
            SAMPLE,
          ),
        );
      }),
      { seed: 4, numRuns: 500 },
    );
  });

  it("any override", () => {
    const path = fc.array(
      fc.constantFrom("cloud", "steps", "0", "1", "repeat", "computes", "x", "__proto__", "expect"),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(path, fc.string({ maxLength: 20 }), (keys, value) => {
        answers(SAMPLE, [`${keys.join(".")}=${value}`]);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it("a great many mistakes with few words, and without looking at each of them", () => {
    const keys = Array.from({ length: 80_000 }, (_, i) => `k${String(i)}: 1`).join("\n");
    expect(answers(keys)).toEqual(["this mapping has more than 20000 keys"]);
    const steps = `scenario: b\nsteps:\n${"  - nte: x\n".repeat(50_000)}`;
    expect(answers(steps)).toEqual(Array(20).fill("unknown kind of step `nte`"));
  });

  it("a great many command lines by reading each of them twice", () => {
    const read: string[] = [];
    const readCommand = (line: string): CommandReading => {
      read.push(line);
      return KNOWN.readCommand?.(line) ?? expect.fail();
    };
    const text = `scenario: b\nsteps:\n${"  - run: nova list\n".repeat(500)}`;
    expect(loadScenario({ file: "x.yaml", text, known: { ...KNOWN, readCommand } }).ok).toBe(true);
    // For the names in it, and for what is wrong with it.
    expect(read).toHaveLength(1_000);
  });
});
