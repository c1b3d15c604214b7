import { describe, expect, it } from "vitest";
import {
  loadScenario,
  runScenario,
  ScenarioRun,
  type Loaded,
  type Result,
} from "../../src/scenario/index.js";
import { LONGEST_RUN } from "../../src/kernel/index.js";
import { MemoryTimeline, type Entry } from "../../src/timeline/index.js";
import { TinyCloud } from "./fake-cloud.js";

const makeWorld = (options: ConstructorParameters<typeof TinyCloud>[0]): TinyCloud =>
  new TinyCloud(options);

function load(text: string, seed?: number): Loaded {
  const loaded = loadScenario({ file: "x.yaml", text, seed, known: TinyCloud.known });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded;
}

function run(
  text: string,
  seed?: number,
): Result & { lines: readonly string[]; entries_: readonly Entry[] } {
  const sink = new MemoryTimeline();
  const result = runScenario({ loaded: load(text, seed), makeWorld, version: "0", sink });
  return { ...result, lines: sink.lines, entries_: sink.entries };
}

const BOOT = `
scenario: boot
title: Boot
seed: 7
steps:
  - note: Look.
  - run: nova boot t3 --flavor m1.nano --image cirros
  - wait: { server: t3, status: ACTIVE, within: 1m }
expect:
  flow:
    - nova-client -> nova-api POST /v2/{tenant}/servers 202
    - notification compute.instance.create.end
  notifications: [compute.instance.create.start, compute.instance.create.end]
  server: { t3: { status: ACTIVE, task_state: null, power_state: RUNNING } }
`;

describe("a run of a scenario", () => {
  it("is the same bytes each time, and other bytes with another seed", () => {
    const first = run(BOOT);
    expect(first.failures).toEqual([]);
    expect(run(BOOT).lines).toEqual(first.lines);
    expect(run(BOOT, 8).lines.slice(1)).not.toEqual(first.lines.slice(1));
  });

  it("records what a teacher asks, in the turns of a repeat and before it", () => {
    const { entries_ } = run(
      `scenario: b
steps:
  - repeat: { times: 2, steps: [{ advance: 1s, question: "Turn {n}?", answer: "{n}." }] }
    question: How often?
    answer: Twice.
`,
    );
    expect(entries_.filter(({ kind }) => kind === "step")).toMatchObject([
      { text: "", question: "How often?", answer: "Twice." },
      { index: 1, text: "let 1s go by", question: "Turn 1?", answer: "1." },
      { index: 2, text: "let 1s go by", question: "Turn 2?", answer: "2." },
    ]);
  });

  it("happens the same whether it is recorded or not, whole or in slices", () => {
    const recorded = run(BOOT);
    const text = BOOT.slice(0, BOOT.indexOf("expect:"));
    const task = new ScenarioRun({ loaded: load(text), makeWorld, version: "0" });
    let slices = 0;
    while (task.slice()) slices++;
    expect(slices).toBeGreaterThan(2);
    expect(task.result()).toMatchObject({ entries: 0, at: recorded.at, events: recorded.events });
  });

  it("can be repeated from the header of its recording alone", () => {
    const { lines } = run(BOOT, 9);
    const header = JSON.parse(lines[0] ?? "") as { source: unknown; seed: number };
    expect(header.seed).toBe(9);
    expect(run(JSON.stringify(header.source)).lines).toEqual(lines);
  });

  it("records each step, and as its consequence what it leads to", () => {
    const { entries_ } = run(BOOT);
    expect(entries_.filter(({ kind }) => kind === "step")).toMatchObject([
      { index: 0, text: "", note: "Look." },
      { index: 1, text: "nova boot t3 --flavor m1.nano --image cirros" },
      { index: 2, text: "wait for server t3: status ACTIVE, within 1m" },
    ]);
    const step = entries_.find((entry) => entry.kind === "step" && entry.index === 1);
    expect(entries_.find(({ kind }) => kind === "rest.request")?.cause).toBe(step?.seq);
  });

  it("does not hide that its recording failed", () => {
    const sink = {
      write: () => {
        throw new Error("no more room");
      },
    };
    expect(() => runScenario({ loaded: load(BOOT), makeWorld, version: "0", sink })).toThrow(
      "no more room",
    );
  });

  it("lets what the last step began come to its end", () => {
    const text =
      "scenario: b\nsteps: [{ run: nova boot t }]\nexpect: { server: { t: { status: ACTIVE } } }\n";
    expect(run(text).failures).toEqual([]);
  });
});

describe("a step", () => {
  const failing = (steps: string): Result["failures"][number] => {
    const [failure, ...others] = run(`scenario: b\nsteps:\n${steps}\n`).failures;
    expect(others).toEqual([]);
    if (failure === undefined) throw new Error("it passed");
    return failure;
  };

  it("that runs a command fails with its output when the exit code is not 0", () => {
    const failure = failing("  - run: nova fly t3");
    expect(failure).toMatchObject({
      kind: "expectation",
      what: "`nova fly t3` did not end as expected",
    });
    expect(failure.details).toEqual([
      "exit code 2 instead of 0",
      "stdout was empty",
      "stderr was:",
      "  error: argument <subcommand>: invalid choice: 'fly'",
    ]);
    expect(failure.place).toMatchObject({ line: 3, column: 10 });
  });

  it("may expect an exit code and output", () => {
    const expecting =
      "  - run: nova fly t3\n    expect: { exit: 2, stderr: { matches: 'invalid\\s+choice', lacks: [a b] } }";
    expect(run(`scenario: b\nsteps:\n${expecting}\n`).failures).toEqual([]);
    expect(failing(expecting.replace("2,", "0, stdout: hello,")).details.slice(0, 2)).toEqual([
      "exit code 2 instead of 0",
      'stdout does not contain "hello"',
    ]);
  });

  it("that waits in vain says for what, how it stands, and who was doing what", () => {
    const failure = failing(
      "  - run: nova boot t3\n  - wait: { server: t3, status: SHELVED, within: 1s }",
    );
    expect(failure.what).toBe("waited in vain for server t3: status SHELVED, within 1s");
    expect(failure.details).toEqual([
      "waited 1s for: status SHELVED",
      "state: t3 has status BUILD, vm_state building, task_state spawning, power_state 0, host none",
      "meanwhile:",
      "  nova-compute@compute-1 report_state, waiting for 10 s to pass",
      expect.stringMatching(
        /^ {2}nova-compute@compute-1 build_and_run_instance, waiting for \d\.\d+ s to pass$/u,
      ),
    ]);
  });

  it("that waits for what nobody made says so", () => {
    const failure = failing("  - wait: { server: nobody, status: ACTIVE, within: 1s }");
    expect(failure.details[1]).toBe("state: there is no server nobody");
  });

  it("that waits for a server to be gone is content when there is none", () => {
    expect(
      run("scenario: b\nsteps: [{ wait: { server: nobody, gone: true } }]\n").failures,
    ).toEqual([]);
  });

  it("advances by exactly its time", () => {
    expect(run("scenario: b\nsteps: [{ advance: 90s }, { advance: 1500us }]\n").at).toBe(
      90_001_500,
    );
  });

  it("that would go past the end of virtual time fails, and so does one that might", () => {
    // What steps let go by is counted before a run; what commands take is not.
    const nearTheEnd = (step: string): Result["failures"] =>
      runScenario({
        loaded: load(`scenario: b\nsteps:\n  - run: nova list\n  - ${step}\n`),
        makeWorld: (options) => new TinyCloud({ ...options, start: LONGEST_RUN - 3_600_000_000 }),
        version: "0",
      }).failures;
    const past = { kind: "step", what: "virtual time would go past 876000h, where every run ends" };
    expect(nearTheEnd("advance: 1h")).toMatchObject([{ ...past, place: { line: 4 } }]);
    expect(nearTheEnd("wait: { server: t, gone: true, within: 2h }")).toMatchObject([past]);
    expect(nearTheEnd("advance: 30m")).toEqual([]);
  });

  it("types commands together before any has had an answer", () => {
    const text = `
scenario: race
steps:
  - run: nova boot t3
  - wait: { server: t3, status: ACTIVE }
  - together:
      - { run: nova shelve t3 }
      - { run: nova shelve t3, as: admin, expect: { exit: 1, stderr: "HTTP 409" } }
`;
    const { failures, entries_ } = run(text, 2);
    expect(failures).toEqual([]);
    const clients = entries_.filter((entry) => entry.kind === "client").slice(1);
    expect(clients.map(({ user, exit }) => [user, exit])).toEqual([
      ["admin", 1],
      ["demo", 0],
    ]);
  });

  it("of a repeat is done each time with its number", () => {
    const text = `
scenario: many
steps:
  - repeat:
      times: 3
      steps:
        - run: nova boot t{n}
        - wait: { server: "t{{n}}", status: ACTIVE }
expect: { server: { t1: { status: ACTIVE }, t3: { status: ACTIVE } } }
`;
    expect(run(text)).toMatchObject({ failures: [], steps: 6 });
  });

  it("that names what the world does not know fails with the reason", () => {
    expect(failing("  - crash: keystone@controller")).toMatchObject({
      kind: "step",
      what: 'there is no service or host "keystone@controller"',
    });
  });

  it("fails at a check in the middle", () => {
    expect(
      failing("  - run: nova boot t\n  - check: { server: { t: { status: ACTIVE } } }"),
    ).toMatchObject({
      what: "server t: status ACTIVE",
      details: ["expected: status ACTIVE", expect.stringContaining("t has status BUILD")],
      place: { line: 4 },
    });
  });

  it("ended by a programming mistake is not a failure of the scenario", () => {
    expect(() => run("scenario: b\nsteps: [{ run: bug }]\n")).toThrow("x is not a function");
  });

  it("that can never end is ended by the ceiling, with everyone who waits", () => {
    const failure = failing("  - run: never");
    expect(failure).toMatchObject({ kind: "broken", what: "Stalled: never cannot end; parked:" });
    expect(failure.details[0]).toContain("nova-client never, waiting for");
  });

  it("may inject a fault and lift it", () => {
    const text = `
scenario: b
steps:
  - fault: { driver: spawn, host: compute-1, times: 1 }
  - run: nova boot a
  - wait: { server: a, status: ERROR, fault: No valid host }
  - fault: { driver: spawn, host: compute-1 }
  - heal:
  - run: nova boot b
  - wait: { server: b, status: ACTIVE }
`;
    expect(run(text).failures).toEqual([]);
  });
});

describe("expectations at the end", () => {
  it("are all answered, each with its place", () => {
    const text = `
scenario: b
steps: [{ run: nova boot t }]
expect:
  server:
    t: { status: SHELVED }
    u: { gone: true }
  flow: [nova-api -> nova-conductor cast build_instances]
  notifications: [compute.instance.create.end, compute.instance.create.start]
`;
    const { failures, entries_ } = run(text);
    expect(failures.map(({ what, place }) => [place?.line, what])).toEqual([
      [6, "server t: status SHELVED"],
      [8, "flow line 1 was not found: nova-api -> nova-conductor cast build_instances"],
      [9, "notification compute.instance.create.start was not sent"],
    ]);
    expect(entries_.filter((entry) => entry.kind === "check").map(({ passed }) => passed)).toEqual([
      false,
      true,
      false,
      false,
    ]);
  });
});
