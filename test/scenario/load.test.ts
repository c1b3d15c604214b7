import { describe, expect, it } from "vitest";
import { integer } from "../../src/framework/index.js";
import {
  formatProblem,
  KNOWN,
  loadScenario,
  type Loaded,
  type Problem,
} from "../../src/scenario/index.js";

const MINIMAL = "scenario: b\nsteps: [{ run: nova list }]\n";
const COMPUTE = { shelved_offload_time: integer(0, "", { min: -1 }) };
const KNOWN_HERE = { ...KNOWN, catalogue: new Map([["nova-compute", [COMPUTE]]]) };

function problemsOf(text: string, set: readonly string[] = []): readonly Problem[] {
  const outcome = loadScenario({ file: "x.yaml", text, set, known: KNOWN_HERE });
  return outcome.ok ? outcome.warnings : outcome.problems;
}

/** `12:3 message | hint` of each problem. */
function told(text: string, set: readonly string[] = []): string[] {
  return problemsOf(text, set).map(({ place, message, hint }) => {
    const where =
      place.override ??
      (place.line === undefined ? "-" : `${String(place.line)}:${String(place.column)}`);
    return `${where} ${message}${hint === undefined ? "" : ` | ${hint}`}`;
  });
}

function loaded(text: string, options: { set?: string[]; seed?: number } = {}): Loaded {
  const outcome = loadScenario({ file: "x.yaml", text, ...options });
  if (!outcome.ok)
    throw new Error(outcome.problems.map((problem) => formatProblem(problem)).join("\n"));
  return outcome;
}

describe("a complaint about a scenario", () => {
  it("shows the line with a caret under the place, and what would be right", () => {
    const [problem] = problemsOf(
      "scenario: b\nsteps:\n  - wait: { server: a, status: A, within: 2 minutes }\n",
    );
    expect(problem && formatProblem(problem)).toBe(
      [
        'x.yaml:3:43: error: steps[0].wait.within: expected a duration such as 250ms, 3s, 2m or 1h (at most 720h), not "2 minutes"',
        "  3 |   - wait: { server: a, status: A, within: 2 minutes }",
        "    |                                           ^^^^^^^^^",
      ].join("\n"),
    );
  });

  it("is one of several, in the order of the file", () => {
    expect(
      told(
        "scenario: b\ncloud:\n  imagez: []\n  computes: three\nsteps:\n  - rnu: nova list\n  - hello\n",
      ),
    ).toEqual([
      "3:3 unknown key `imagez` in cloud | Did you mean `images`?",
      '4:13 cloud.computes: expected how many hosts (1 to 10000), or a list of them: [{ name: compute-1, vcpus: 8 }], not "three"',
      "6:5 unknown kind of step `rnu` | Did you mean `run`?",
      '7:5 steps[1]: expected a step: { run | request | horizon | wait | advance | fault | heal | start | stop | crash | load | check | together | repeat | note: ... }, not "hello"',
    ]);
  });

  it("names the key that is missing", () => {
    expect(told("scenario: b\n")).toEqual(["1:1 `steps` is missing | Expected a list of steps."]);
  });

  it("tells two steps in one from one", () => {
    expect(told("scenario: b\nsteps:\n  - run: nova list\n    advance: 3s\n")).toEqual([
      "4:5 one step does one thing, this one has `run` and `advance` | Make two steps of it.",
    ]);
  });

  it("asks for the question of an answer", () => {
    const lines = ["scenario: b", "steps:", "  - run: nova list", "    answer: None.", ""];
    expect(told(lines.join("\n"))).toEqual([
      "4:5 an answer: without a question: | Write question: beside it, or make a note: of it.",
    ]);
    const text = (question: string): string => `scenario: b\nsteps: [{ note: n, ${question} }]\n`;
    expect(told(text("question: Why?, answer: So."))).toEqual([]);
    expect(told(text("question: [1]"))[0]).toMatch(/question: expected .*, not a list/u);
    expect(told(text("qestion: Why?"))[0]).toContain("Did you mean `question`?");
  });

  it("looks into repeat and together", () => {
    const text =
      "scenario: b\nsteps:\n  - repeat: { times: 0, steps: [{ together: [{ run: '' }] }] }\n";
    expect(told(text)).toEqual([
      "3:22 steps[0].repeat.times: expected a whole number from 1 to 1000000, not 0",
      '3:53 steps[0].repeat.steps[0].together[0].run: expected a command line such as: nova list, not ""',
    ]);
  });

  it("never passes on what steers a terminal", () => {
    const [problem] = problemsOf('scenario: b\nsteps: [{ run: "nova list", as: "\\e[31m" }]\n');
    expect(problem && formatProblem(problem)).not.toContain("\u001b");
  });
});

describe("YAML that cannot be a scenario", () => {
  it.each([
    [
      "two keys of one name",
      "scenario: b\nscenario: c\n",
      "2:1 the key `scenario` is written twice in one mapping | Keep one of the two.",
    ],
    [
      "tabs",
      "scenario: b\nsteps:\n\t- a\n",
      "3:1 a tab is used for indentation | Indent with spaces.",
    ],
    ["an empty file", "", "- the file is empty"],
    ["only a comment", "# nothing\n", "- the file is empty"],
    ["a list", "- a\n", "- the file is not a mapping"],
    ["binary data", "\u0000\u0001", "- the file is not text"],
    ["two documents", "a: 1\n---\nb: 2\n", "2:1 a second document begins here"],
    ["a tag", "a: !!js/function b\n", "1:4 Unresolved tag: tag:yaml.org,2002:js/function"],
    ["an alias of nothing", "a: *b\n", "1:4 there is no anchor &b before this"],
    ["a key that is a list", "? [a]\n: b\n", "1:3 a key must be a plain name"],
    ["__proto__", "__proto__: { polluted: true }\n", "1:1 unknown key `__proto__`"],
    [
      "more than a megabyte",
      `# ${"x".repeat(1_000_000)}`,
      "- the file is too large: over 1000000 characters",
    ],
    ["brackets without end", "[".repeat(200_000), "- the file is nested too deeply"],
    ["dashes without end", `${"- ".repeat(200_000)}x`, "- the file is nested too deeply"],
  ])("is refused with its place: %s", (_what, text, message) => {
    expect(told(text)[0]).toContain(message);
  });

  it("is refused when its aliases multiply, before they do", () => {
    const lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"];
    for (let i = 1; i < 12; i++) {
      lines.push(
        `a${String(i)}: &a${String(i)} [${Array(9)
          .fill(`*a${String(i - 1)}`)
          .join()}]`,
      );
    }
    expect(told(lines.join("\n"))).toEqual([
      "2:10 the aliases of this file multiply to too many copies | Write the values out, or use `repeat:`.",
    ]);
    expect(told(`a: &a 1\nb: [${"*a,".repeat(100_000)}]`)[0]).toContain("multiply");
  });

  it("leaves Object.prototype alone", () => {
    told("scenario: b\nsteps: []\nconstructor: { prototype: { polluted: 1 } }\n");
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("bounds", () => {
  it.each([
    ["seed: 1e99", "seed: expected a whole number from 0 to 4294967295, not 1e+99"],
    ["seed: .nan", "not NaN"],
    ["seed: 1.5", "not 1.5"],
    ["cloud: { computes: 10001 }", "expected a whole number from 1 to 10000, not 10001"],
    ["cloud: { latency: { rest: 5ms..2ms } }", "a range with the smaller one first"],
    [
      "cloud: { networks: [{ name: a, cidr: 300.1.1.0/24 }] }",
      "an IPv4 network such as 192.168.1.0/24",
    ],
    ["cloud: { epoch: yesterday }", "a date such as 2014-09-18T04:03:09Z"],
    ["version: 2", "1, the version of this format"],
  ])("hold: %s", (line, message) => {
    expect(told(`${MINIMAL}${line}\n`).join()).toContain(message);
  });

  it("hold for repetitions of repetitions", () => {
    const bomb =
      "{ repeat: { times: 1000000, steps: [{ repeat: { times: 1000000, steps: [{ run: x }] } }] } }";
    expect(told(`scenario: b\nsteps: [${bomb}]\n`)[0]).toContain("the steps come to 1000000000000");
  });
});

describe("names", () => {
  const boot = (options: string): string =>
    `scenario: b\nsteps:\n  - run: nova boot t ${options}\n`;

  it("must exist where that can be known before the run", () => {
    expect(told(boot("--flavor m1.nan --image cirrus --nic net-id=privat"))).toEqual([
      '3:31 there is no flavor "m1.nan" | Did you mean "m1.nano"?',
      '3:46 there is no image "cirrus" | Did you mean "cirros"?',
      '3:66 there is no network "privat" | Did you mean "private"?',
    ]);
  });

  it("may be unknown where the command is expected to fail", () => {
    expect(told(`${boot("--flavor nope --image cirros")}    expect: { exit: 1 }\n`)).toEqual([]);
  });

  it("may be made by an earlier command, as shelve makes an image", () => {
    const text =
      "scenario: b\nsteps:\n  - run: nova shelve t3\n  - run: nova boot t4 --image t3-shelved --flavor 42\n";
    expect(told(text)).toEqual([]);
  });

  it("are declared once", () => {
    expect(told(`${MINIMAL}cloud: { images: [{ name: a }, { name: a }] }\n`)).toEqual([
      '3:40 the name "a" is given twice in cloud.images | Names must differ.',
    ]);
  });

  it("of users and flags are checked, with the nearest one", () => {
    expect(
      told(
        "scenario: b\nsteps: [{ run: nova list, as: dmo }]\ncloud: { flags: { shelved_ofload_time: 0, nova-compte: { x: 1 } } }\n",
      ),
    ).toEqual([
      '2:31 there is no user "dmo" | Did you mean "demo"?',
      '3:19 there is no flag "shelved_ofload_time" | Did you mean "shelved_offload_time"?',
      '3:43 there is no service "nova-compte" | Did you mean "nova-compute"?',
    ]);
  });

  it("of hosts are checked, whether they are named or numbered", () => {
    const steps = "scenario: b\nsteps: [{ fault: { driver: spawn, host: compute-3 } }]\n";
    expect(told(`${steps}cloud: { computes: 3 }\n`)).toEqual([]);
    expect(told(`${steps}cloud: { computes: 2 }\n`)).toEqual([
      '2:41 there is no compute host "compute-3" | Did you mean "compute-1"?',
    ]);
    expect(told(`${steps}cloud: { computes: [{ name: left }] }\n`)[0]).toContain("There is: left.");
  });

  it("of hosts that are stopped or crashed are checked, with or without a process", () => {
    const steps = (target: string): string =>
      `scenario: b\nsteps:\n  - repeat: { times: 2, steps: [{ crash: ${target} }] }\ncloud: { computes: 2 }\n`;
    for (const target of ["controller", "compute-2", "nova-compute@compute-1"]) {
      expect(told(steps(target))).toEqual([]);
    }
    expect(told(steps("nova-compute@compute-9"))).toEqual([
      '3:42 there is no process "nova-compute@compute-9" | Did you mean "nova-compute@compute-1"?',
    ]);
    expect(told(steps("nova-conducter@controller"))[0]).toContain('"nova-conductor@controller"?');
    expect(told(steps('"nova-api:2@controller"'))).toEqual([]);
    const service = "services: [{ name: nova-network, host: net-1 }]";
    const crash = `scenario: b\nsteps: [{ crash: nova-network@net-1 }]\ncloud: { ${service} }\n`;
    expect(told(crash)).toEqual([]);
    expect(told("scenario: b\nsteps: [{ crash: nova-network@controller }]\n")).toHaveLength(1);
    expect(told(steps("nova-compute"))[0]).toContain("a process is named with its host");
    expect(told("scenario: b\nsteps: [{ stop: nope }]\n")[0]).toMatch(
      /\| There is: controller, compute-1\.$/u,
    );
  });

  it("of those who speak in a flow are checked, and of topics they are not", () => {
    const flow = (line: string): string =>
      `scenario: b\nsteps: [{ run: nova list }]\nexpect: { flow: ["${line}"] }\n`;
    for (const line of [
      "nova-client -> nova-api GET /v2/{t}/servers",
      "nova-client@demo -> keystone@controller POST /v2.0/tokens 200",
      "nova-api:2@controller -> controller:9292 GET /v1/images",
      "* -> scheduler call select_destinations",
      "nova-compute notification compute.instance.create.end",
      "compute.compute-1 notification compute.instance.create.end",
    ]) {
      expect(told(flow(line))).toEqual([]);
    }
    expect(told(flow("nova-apy -> nova-conductor cast x"))).toEqual([
      '3:19 there is no actor "nova-apy" | Did you mean "nova-api"?',
    ]);
    expect(told(flow("nova-client -> nova-apy GET /x"))[0]).toContain('no actor "nova-apy"');
    expect(told(flow("nova-compute@compute-2 notification x"))).toHaveLength(1);
  });

  it("of statuses are those that a server can have", () => {
    const wait = (status: string): string =>
      `scenario: b\nsteps: [{ run: nova boot t --flavor 42 --image cirros }, { wait: { server: t, status: ${status} } }]\n`;
    expect(told(wait("SHELVED_OFFLOADED"))).toEqual([]);
    expect(told(wait("ACTVE"))).toEqual([
      '2:87 there is no status "ACTVE" | Did you mean "ACTIVE"?',
    ]);
    expect(told(`${MINIMAL}expect: { server: { t: { status: active } } }\n`)).toEqual([
      '3:34 there is no status "active" | Did you mean "ACTIVE"?',
    ]);
  });

  it("of states are Nova's own, in waits, in expectations and in lines of a flow", () => {
    const wait = (state: string): string =>
      `scenario: b\nsteps: [{ run: nova boot t --flavor 42 --image cirros }, { wait: { server: t, ${state} } }]\n`;
    expect(told(wait("vm_state: soft-delete, task_state: null"))).toEqual([]);
    expect(told(wait("task_state: powering-off"))).toEqual([]);
    expect(told(wait("vm_state: activ"))).toEqual([
      '2:89 there is no vm_state "activ" | Did you mean "active"?',
    ]);
    // With a hyphen upstream, as by mistake its neighbours have none.
    expect(told(wait("task_state: powering_off"))).toEqual([
      '2:91 there is no task_state "powering_off" | Did you mean "powering-off"?',
    ]);
    expect(told(wait("power_state: RUNING"))[0]).toContain("a power state: NOSTATE, RUNNING,");
    expect(told(wait("power_state: 2"))[0]).toContain("or its number, not 2");
    const expected = (text: string): string[] => told(`${MINIMAL}expect: { ${text} }\n`);
    expect(expected("server: { t: { task_state: spawnin } }")).toEqual([
      '3:38 there is no task_state "spawnin" | Did you mean "spawning"?',
    ]);
    expect(expected("flow: [server t building/none, server t active/-]")).toEqual([]);
    expect(expected("flow: [server t bulding/spawnig]")).toEqual([
      '3:27 there is no vm_state "bulding" | Did you mean "building"?',
      '3:35 there is no task_state "spawnig" | Did you mean "spawning"?',
    ]);
  });

  it("of what is healed are those of a fault's kind, a process or a host", () => {
    const heal = (what: string): string[] => told(`scenario: b\nsteps: [{ heal: ${what} }]\n`);
    for (const what of ["", "true", "delay", "driver", "compute-1", "nova-api@controller"]) {
      expect(heal(what)).toEqual([]);
    }
    expect(heal("dealy")).toEqual([
      '2:17 there is no process or host "dealy", and no fault of this kind | Did you mean "delay"?',
    ]);
    expect(heal("compute-2")[0]).toContain('Did you mean "compute-1"?');
    expect(heal("nova-apy@controller")[0]).toContain('Did you mean "nova-api@controller"?');
    expect(heal("__proto__")[0]).toContain('there is no process or host "__proto__"');
  });

  it("of servers that no step boots are a warning only", () => {
    const problems = problemsOf("scenario: b\nsteps: [{ wait: { server: t3, status: ACTIVE } }]\n");
    expect(problems.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: there is no server "t3"',
    ]);
  });

  it("with a line of flow that cannot be read is an error at that line", () => {
    const text = `${MINIMAL}expect:\n  flow:\n    - nova-api -> nova-conductor   shout hello\n`;
    expect(told(text)[0]).toMatch(/^5:\d+ .*shout/u);
  });
});

describe("a command line", () => {
  const step = (line: string, more = ""): string =>
    `scenario: b\nsteps:\n  - run: ${line}\n${more === "" ? "" : `    expect: { ${more} }\n`}`;

  it("that its client would refuse is an error at the word that is wrong", () => {
    expect(told(step("nova bot t4"))).toEqual([
      "3:15 this would end with exit code 2: argument <subcommand>: invalid choice: u'bot' | Did you mean \"boot\"?",
    ]);
    expect(told(step("nova delete t9 --frobnicate"))).toEqual([
      "3:25 this would end with exit code 2: unrecognized arguments: --frobnicate | If that is meant, say so: expect: { exit: 2 }",
    ]);
    expect(told(step("nova boot t4 --imgae=cirros --flavor 42"))).toEqual([
      '3:23 this would end with exit code 2: unrecognized arguments: --imgae=cirros | Did you mean "--image"?',
    ]);
    expect(told(step("nova boot t4 --image cirros --flavor 42 --num-instances few"))).toEqual([
      "3:50 this would end with exit code 2: argument --num-instances: invalid int value: u'few' | If that is meant, say so: expect: { exit: 2 }",
    ]);
    expect(told(step("nova shelve"))).toEqual([
      "3:10 this would end with exit code 2: too few arguments | Write: nova shelve <server>",
    ]);
    expect(told(step("nvoa list"))).toEqual([
      '3:10 this would end with exit code 127: bash: nvoa: command not found | Did you mean "nova"?',
    ]);
    expect(told(step("nova show 'a b"))).toEqual([
      "3:20 this would end with exit code 2: bash: unexpected EOF while looking for matching `'' | If that is meant, say so: expect: { exit: 2 }",
    ]);
    expect(told(step("nova boot t --flavor 42 --image cirros --nic net=a"))[0]).toMatch(
      /^3:10 this would end with exit code 1: Invalid nic argument 'net=a'/u,
    );
  });

  it("shows the word with a caret", () => {
    const [problem] = problemsOf(step("nova boot boot --flavor 42 --image cirros --min-count no"));
    expect(problem && formatProblem(problem).split("\n").slice(1, 3)).toEqual([
      "  3 |   - run: nova boot boot --flavor 42 --image cirros --min-count no",
      "    |                                                    ^^^^^^^^^^^^^^",
    ]);
  });

  it("may be wrong in the way that is expected, and in no other", () => {
    expect(told(step("nova bot t4", "exit: 2"))).toEqual([]);
    expect(told(step("nova help"))).toEqual([]);
    expect(told(step("nova bot t4", "exit: 1"))[0]).toContain("with exit code 2, not 1: argument");
    expect(told(step("nova help", "exit: 1"))[0]).toContain("with exit code 0, not 1: this only");
  });

  it("is read as its first turn in a repeat, and with its references", () => {
    const repeated = (line: string): string =>
      `scenario: b\nsteps:\n  - repeat: { times: 2, steps: [{ run: "${line}" }] }\n`;
    const boot = "nova boot t{n} --flavor 42 --image cirros";
    expect(told(repeated(`${boot} --num-instances {n}`))).toEqual([]);
    expect(told(repeated(`${boot}-{n}`))).toEqual([]);
    expect(told(repeated(`${boot} --max-count x{n}`))[0]).toContain("invalid int value: u'x1'");
    expect(told(step('nova show "{{ server t 3 }}"'))).toEqual([]);
    expect(told(step("nova show {{server a'b}}", "exit: 1"))).toEqual([]);
  });

  it("is checked in every place where one may stand", () => {
    const text = "scenario: b\nsteps: [{ together: [{ run: nova list }, { run: nova lst }] }]\n";
    expect(told(text)).toEqual([
      "2:54 this would end with exit code 2: argument <subcommand>: invalid choice: u'lst' | Did you mean \"list\"?",
    ]);
  });

  it("makes no guesses worse: what it would have made is not missed", () => {
    const text = `${step("nova boot t4 --flavour 42")}  - wait: { server: t4, status: ACTIVE }\n`;
    expect(told(text)).toHaveLength(1);
  });

  it("is nobody's to judge where a world has commands of its own", () => {
    const known = { ...KNOWN, readCommand: undefined };
    expect(loadScenario({ file: "x.yaml", text: step("fly"), known })).toMatchObject({
      ok: true,
      warnings: [],
    });
  });
});

describe("virtual time", () => {
  it("is bounded in each step", () => {
    expect(told("scenario: b\nsteps: [{ advance: 99999999h }]\n")).toEqual([
      '2:20 steps[0].advance: expected a duration such as 250ms, 3s, 2m or 1h (at most 720h), not "99999999h"',
    ]);
  });

  it("is bounded in their sum, repetitions counted, at the step that goes beyond", () => {
    const text = (times: number): string => `scenario: b
steps:
  - advance: 10h
  - repeat: { times: ${String(times)}, steps: [{ note: x }, { advance: 720h }] }
  - advance: 1h
`;
    expect(told(text(1_216))).toEqual([]);
    expect(told(text(1_217))).toEqual([
      "4:49 up to here the steps let 876250h of virtual time go by, repetitions counted | A run lasts at most 876000h, a hundred years.",
    ]);
  });
});

describe("--set", () => {
  it("puts values in before the schema judges", () => {
    const { scenario } = loaded(MINIMAL, {
      set: ["cloud.computes=3", "steps.0.run=nova show x"],
      seed: 9,
    });
    expect(scenario).toMatchObject({
      seed: 9,
      cloud: { computes: 3 },
      steps: [{ run: "nova show x" }],
    });
  });

  it("takes an entry of a list as messages name it", () => {
    expect(loaded(MINIMAL, { set: ["steps[0].run=nova show x"] }).scenario).toMatchObject({
      steps: [{ run: "nova show x" }],
    });
  });

  it.each([
    ["cloud.computes=x", "--set cloud.computes=x cloud.computes: expected how many hosts"],
    ["cloud.computes", "--set cloud.computes this is not key=value"],
    ["scenario.x=1", "--set scenario.x=1 scenario is one value, it has no x"],
    [
      "steps.4.run=x",
      "--set steps.4.run=x steps is a list without an entry 4 | Its entries are 0 to 0.",
    ],
    ["cloud={", "--set cloud={ the value is not YAML"],
    ["__proto__.x=1", "--set __proto__.x=1 no scenario has such a key"],
    ["clod.computes=3", "--set clod.computes=3 unknown key `clod` | Did you mean `cloud`?"],
  ])("is blamed for what it does: %s", (set, message) => {
    expect(told(MINIMAL, [set]).join()).toContain(message);
  });
});

describe("the source of a loaded scenario", () => {
  it("loads to the same scenario again, overrides included", () => {
    const first = loaded("scenario: b\nsteps:\n  - &s { run: nova list }\n  - *s\n", {
      set: ["cloud.flags.nova-compute.x=[a]"],
      seed: 7,
    });
    const second = loaded(JSON.stringify(first.source));
    expect(second.scenario).toEqual(first.scenario);
    expect(second.source).toEqual(first.source);
  });
});
