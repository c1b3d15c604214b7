/** `fault:` and `heal:` in scenario files, from the text to the run. */
import { describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";
import { loadScenario, runScenario, type Result } from "../../src/scenario/index.js";
import { MemoryTimeline } from "../../src/timeline/index.js";

const scenario = (...steps: string[]): string =>
  `scenario: f\ncloud: { services: [nova-exampleservice] }\nsteps:\n${steps.map((step) => `  - ${step}\n`).join("")}`;

function run(text: string): {
  result: Result;
  steps: string[];
  faults: string[];
  delivered: number;
} {
  const loaded = loadScenario({ file: "f.yaml", text });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join("\n"));
  const sink = new MemoryTimeline();
  const makeWorld = (options: ConstructorParameters<typeof Cloud>[0]) => new Cloud(options);
  const result = runScenario({ loaded, makeWorld, version: "0", sink });
  const of = (kind: string, name: string): string[] =>
    sink.entries.flatMap((entry) =>
      entry.kind === kind ? [String((entry as unknown as Record<string, unknown>)[name])] : [],
    );
  return {
    result,
    steps: of("step", "text"),
    faults: of("fault", "event"),
    delivered: of("rpc.delivered", "id").length,
  };
}

function complaints(step: string): string[] {
  const loaded = loadScenario({ file: "f.yaml", text: scenario(step) });
  return loaded.ok ? [] : loaded.problems.map(({ message, hint = "" }) => `${message} ${hint}`);
}

describe("a fault of a scenario", () => {
  it("strikes what it is aimed at, and its step says what it does", () => {
    const { result, steps, faults, delivered } = run(
      scenario(
        "fault: { drop: { topic: exampleservice, method: write_note, times: 2 } }",
        "run: rpc cast exampleservice write_note text=a",
        "run: rpc cast exampleservice write_note text=b",
        "run: rpc cast exampleservice write_note text=c",
        "run: rpc call exampleservice get_notes",
        "check: { flow: [nova-client -> nova-exampleservice call get_notes] }",
      ),
    );
    expect(result.failures).toEqual([]);
    expect(result.warnings).toEqual([]);
    expect(steps[0]).toBe("fault: drop write_note on exampleservice, 2 times");
    expect(faults).toEqual(["declared", "struck", "struck"]);
    expect(delivered).toBe(2);
  });

  it.each([
    ["delay: { method: get_notes, by: 1s }", "delay get_notes by 1 s"],
    ["duplicate: { method: get_notes }", "duplicate get_notes"],
    ["reorder: { method: get_notes, within: 1s }", "reorder get_notes"],
    [
      "stall: { host: controller, topic: exampleservice, for: 2s }",
      "stall controller on exampleservice for 2 s",
    ],
    [
      "cut_off: { host: controller, direction: out, for: 2s }",
      "cut off controller one way, outwards for 2 s",
    ],
    ["restart_broker: { down: 500ms }", "restart the broker, down for 500 ms"],
    [
      "drop: { of: reply, method: get_notes, part: ending }",
      "drop the ending of the reply to get_notes",
    ],
    ["lose_reply: { method: get_notes, nth: 1 }", "lose number 1 of the reply to get_notes"],
  ])("may be { %s }", (fault, text) => {
    const { result, steps, faults } = run(
      scenario(
        `fault: { ${fault} }`,
        "run: rpc call exampleservice get_notes --timeout 5\n    expect: { exit: 0 }",
      ),
    );
    expect(steps[0]).toBe(`fault: ${text}`);
    expect(faults).toContain("struck");
    expect(result.warnings).toEqual([]);
  });

  it("that never struck is a warning of the run, which succeeds", () => {
    const { result } = run(
      scenario("fault: { drop: { method: get_nodes } }", "run: rpc call exampleservice get_notes"),
    );
    expect(result.ok).toBe(true);
    expect(result.warnings).toEqual(["this fault never struck: drop get_nodes"]);
  });

  it.each([
    ["cut_off: { host: compute-7 }", 'process or host "compute-7" Did you mean "compute-1"?'],
    ["cut_off: { host: controller, peer: broke }", 'there is no process or host "broke"'],
    ["drop: { from: nova-apy@controller }", 'Did you mean "nova-api@controller"?'],
    ["delay: { host: nova-compute@compute-2, by: 1s }", '"nova-compute@compute-2"'],
    ["reset: { host: constructor }", 'there is no process or host "constructor"'],
    ["break_connection: { host: __proto__ }", 'there is no process or host "__proto__"'],
  ])("{ %s } is aimed at nobody, and that is known before it runs", (fault, words) => {
    expect(complaints(`fault: { ${fault} }`).join("\n")).toContain(words);
  });

  it.each([
    [
      "answer: { status: 503, path: /v2.0/tokens }",
      "answer 503 Service Unavailable to any /v2.0/tokens",
    ],
    ["answer: { status: 418, method: GET, body: { a: [1] } }", "answer 418 to GET"],
    ["slow: { method: POST, by: 1s, when: after }", "slow down POST, after the work by 1 s"],
    [
      "reset: { path: /v2.0/tok*, nth: 1, from: demo, host: keystone@controller }",
      "reset number 1 of any /v2.0/tok* from demo to keystone@controller",
    ],
    [
      "cut_off: { host: demo, peer: keystone@controller, for: 1s }",
      "cut off demo from keystone@controller for 1 s",
    ],
    [
      "break_connection: { host: nova-api@controller }",
      "break the connection of nova-api@controller to the broker",
    ],
  ])("of REST or of a connection may be { %s }", (fault, text) => {
    const { steps, faults, result } = run(scenario(`fault: { ${fault} }`, "run: nova list"));
    expect(steps[0]).toBe(`fault: ${text}`);
    expect(faults).toContain("struck");
    expect(result.warnings).toEqual([]);
  });

  it("is lifted by its kind", () => {
    const { faults } = run(scenario("fault: { stall: { host: controller } }", "heal: stall"));
    expect(faults).toEqual(["declared", "lifted"]);
  });

  it.each([
    ["fault: { }", "a fault: { driver | drop | delay"],
    ["fault: drop", "a fault: { driver | drop | delay"],
    [
      "fault: { drop: {}, delay: { by: 1s } }",
      "one fault does one thing, this one has `drop` and `delay` Make two faults of it.",
    ],
    ["fault: { host: compute-1 }", "unknown kind of fault `host` A fault is one of: driver, drop,"],
    ["fault: { driver: spawn }", "`host` is missing Expected a name"],
    ["fault: { drop: {}, host: compute-1 }", "unknown key `host` in steps[0].fault Known here: "],
    ["fault: { dorp: {} }", "unknown kind of fault `dorp` Did you mean `drop`?"],
    ["fault: { drop: {}, kind: drop }", "unknown key `kind`"],
    ["fault: { drop: { metod: x } }", "unknown key `metod`"],
    ["fault: { delay: {} }", "`by` is missing"],
    ["fault: { drop: { nth: 0 } }", "a whole number from 1"],
    ["fault: { drop: { of: mail } }", "one of request, reply, notification"],
    ["fault: { cut_off: { host: a, direction: up } }", "one of in, out, both"],
    ["fault: { answer: { path: / } }", "`status` is missing"],
    ["fault: { answer: { status: 99 } }", "a whole number from 200"],
    ["fault: { answer: { status: 503, method: get } }", "a method: GET, HEAD, POST"],
    ["fault: { reset: { when: during } }", "one of before, after"],
    ["fault: { slow: {} }", "`by` is missing"],
    ["fault: { break_connection: {} }", "`host` is missing"],
  ])("written as %s is refused with what would be right", (step, right) => {
    expect(complaints(step).join("\n")).toContain(right);
  });
});
