/**
 * Whoever calls the library with what no compiler has looked at hears which function it was, what would be right and
 * what was given, in a few words and without a stack of somebody else's. Held against every name that is exported.
 */
import { beforeAll, describe, expect, it } from "vitest";
import * as byChance from "../../src/testing/fast-check/index.js";
import * as novasim from "../../src/index.js";

const { Cloud } = novasim;

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;

/** What somebody may give by mistake, or on purpose. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["zero", 0],
  ["less than nothing", -1],
  ["no number", NaN],
  ["for ever", Infinity],
  ["a fraction", 1.5],
  ["a huge number", 1e300],
  ["a bigint", 10n],
  ["true", true],
  ["an empty text", ""],
  ["a word", "x"],
  ["a very long word", "x".repeat(200_000)],
  ["__proto__", "__proto__"],
  ["constructor", "constructor"],
  ["control characters", "\u0000\n\u001b[31m"],
  ["a text that turns around", "\u202eabc"],
  ["a path", "../../etc?b#c/%zz"],
  ["an object", {}],
  ["a list", []],
  ["a mixed list", ["x", 1, null]],
  ["a function", () => 1],
  ["a symbol", Symbol("s")],
  ["a date", new Date(0)],
  ["an object without a prototype", Object.create(null) as unknown],
  ["an object in itself", cyclic],
  ["a map", new Map()],
];

/** Errors of the language, which say nothing to who reads them. */
const FOREIGN = [TypeError, RangeError, ReferenceError, SyntaxError, novasim.InvariantError];

/** What is wrong with how `call` answers, if anything. */
function wrong(call: () => unknown): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return `throws ${typeof error}`;
    const { message } = error;
    if (FOREIGN.some((kind) => error instanceof kind)) return `${error.name}: ${message}`;
    if (message.length > 2_000) return `${message.slice(0, 80)} and ${String(message.length)} more`;
    if (/\[object|\bundefined \(/u.test(message)) return message;
    return /[\u0000-\u0009\u000b-\u001f\u202e]/u.test(message)
      ? JSON.stringify(message)
      : undefined;
  }
}

/** By what was given, what is wrong with the answer. */
const answers = (call: (value: never) => unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(
    VALUES.flatMap(([name, value]) => {
      const said = wrong(() => call(value as never));
      return said === undefined ? [] : [[name, said]];
    }),
  );

type Calls = Readonly<Record<string, (value: never) => unknown>>;

/** Every member of a value that is a function, whatever class it is of. */
function methodsOf(value: object): string[] {
  const names = new Set<string>();
  for (let at: object = value; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const [name, { value: member }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof member === "function" && name !== "constructor") names.add(name);
    }
  }
  return [...names].sort();
}

describe("a cloud", () => {
  const cloud = new Cloud({ seed: 1 });
  const beside = "nova-compute@compute-1";
  let actors = 0;
  const calls: Calls = {
    add: (value) => cloud.add(value),
    "add, of a service": (value) => cloud.add({ binary: "nova-x", manager: value }),
    "add, with options": (value) => cloud.add({ binary: "nova-y" }, value),
    act: (value) => cloud.act(value),
    advance: (value) => {
      cloud.advance(value);
    },
    count: (value) => cloud.count(value),
    crash: (value) => {
      cloud.crash(value);
    },
    credentials: (value) => cloud.credentials(value),
    explain: (value) => cloud.explain(value),
    fork: (value) => cloud.fork(value),
    "fork, with faults": (value) => cloud.fork({ faults: value }),
    guest: (value) => cloud.guest(value),
    heal: (value) => {
      cloud.heal(value);
    },
    hold: (value) => cloud.hold(value),
    "hold, with options": (value) => cloud.hold("scheduler", value),
    id: (value) => cloud.id(value, "x"),
    "id, of a name": (value) => cloud.id("image", value),
    inject: (value) => cloud.inject(value),
    "inject, with an aim": (value) => cloud.inject({ drop: value }),
    "inject, with a method": (value) => cloud.inject({ drop: { method: value } }),
    "inject, so often": (value) => cloud.inject({ drop: { method: "x", times: value } }),
    "inject, of hardware": (value) =>
      cloud.inject({ driver: "spawn", host: "compute-1", error: value }),
    load: (value) => {
      cloud.load(value, {});
    },
    "load, of so much": (value) => {
      cloud.load("x", value);
    },
    partition: (value) => cloud.partition(value),
    "partition, from a peer": (value) => cloud.partition(beside, value),
    "partition, with options": (value) => cloud.partition(beside, undefined, value),
    quotas: (value) => cloud.quotas(value),
    run: (value) => cloud.run(value),
    runUntil: (value) => {
      cloud.runUntil(value, "1s");
    },
    "runUntil, within": (value) => {
      cloud.runUntil(() => true, value);
    },
    server: (value) => cloud.server(value),
    spawn: (value) =>
      cloud.spawn(value, function* () {
        /* It ends. */
      }),
    "spawn, of an operation": (value) => cloud.spawn(`k${String(actors++)}`, value),
    start: (value) => {
      cloud.start(value);
    },
    "start, with options": (value) => {
      cloud.start(beside, value);
    },
    stop: (value) => {
      cloud.stop(value);
    },
    tail: (value) => cloud.tail(value),
    user: (value) => cloud.user(value),
  };
  const kinds = [
    ...["servers", "nodes", "guests", "ports", "networks", "routers", "floatingIps", "images"],
    ...["volumes", "stacks", "alarms", "databases", "queues", "pools"],
  ] as const;
  const questions: Calls = Object.fromEntries(
    kinds.flatMap((kind) => [
      [kind, (value: never) => cloud[kind](value)],
      [`${kind}, by id`, (value: never) => cloud[kind]({ id: value })],
    ]),
  );
  const asked = { ...calls, ...questions };

  it("has each of its methods here that takes something", () => {
    const nothing = [
      "activity",
      "invariants",
      "leftovers",
      "settle",
      "snapshot",
      "step",
      "warnings",
    ];
    // What its layers hand to each other.
    const inner = ["crashOwn", "noted", "stored"];
    const here = new Set(Object.keys(asked).map((name) => name.split(",")[0]));
    expect(methodsOf(cloud).filter((name) => !here.has(name))).toEqual(
      [...nothing, ...inner].sort(),
    );
  });

  it.each(Object.keys(asked))("%s", (name) => {
    expect(answers(asked[name] ?? expect.fail())).toEqual({});
  });

  it.each([
    ...["seed", "computes", "services", "preset", "detail", "flags", "images", "networks"],
    ...["flavors", "users", "latency", "epoch", "observer", "controllers", "storage"],
  ])("is made with %s", (key) => {
    // What is taken is of no interest here, and a thousand hosts would be.
    const refused = VALUES.filter(([, value]) => typeof value !== "number" && value !== undefined);
    const said = refused.flatMap(([name, value]) => {
      const text = wrong(() => new Cloud({ [key]: value }));
      return text === undefined ? [] : [[name, text]];
    });
    expect(said).toEqual([]);
  });

  it.each([
    [
      "fork",
      () => cloud.fork({ seeds: 2 } as never),
      'fork: there is no option "seeds". Did you mean "seed"?',
    ],
    [
      "start",
      () => {
        cloud.start(beside, { backgroud: true } as never);
      },
      'start: there is no option "backgroud". Did you mean "background"?',
    ],
    [
      "inject",
      () => cloud.inject({ drop: { methd: "build_instances" } } as never),
      'inject: drop: there is no option "methd". Did you mean "method"?',
    ],
    [
      "inject, of a verb",
      () => cloud.inject({ dorp: { method: "build_instances" } } as never),
      'inject: there is no option "dorp". Did you mean "drop"?',
    ],
    [
      "inject, of a length of time",
      () => cloud.inject({ delay: { method: "x", by: "3s" } } as never),
      'inject: delay: by is a length of time, as seconds(3), not "3s"',
    ],
    [
      "sleep",
      () => cloud.run(novasim.sleep("3s" as never)),
      'sleep takes a length of time such as seconds(3), not "3s"',
    ],
    [
      "renderText",
      () => novasim.renderText(cloud as never),
      "renderText takes a timeline, as cloud.timeline is one or readTimeline(text) makes it: its own is in .timeline, not a mapping",
    ],
  ])("says of a mistake what was meant: %s", (_, call, words) => {
    expect(call).toThrow(words);
  });
});

describe("a user", () => {
  const cloud = new Cloud({ seed: 1 });
  const demo = cloud.user("demo");
  const calls: Calls = {
    as: (value) => demo.as(value),
    "as, on a host": (value) => demo.as("keeper", value),
    begin: (value) => demo.begin(value),
    command: (value) => demo.command(value),
    request: (value) => demo.request(value, "GET", "/"),
    "request, with a method": (value) => demo.request("compute", value, "/servers"),
    "request, of a path": (value) => demo.request("compute", "GET", value),
    "request, with a body": (value) => demo.request("compute", "POST", "/servers", value),
  };

  it.each(Object.keys(calls))("%s", (name) => {
    const call = calls[name] ?? expect.fail();
    const run = (value: never): void => {
      const made = call(value);
      const isOp = typeof made === "object" && made !== null && Symbol.iterator in made;
      if (isOp) cloud.run(made as novasim.Op<unknown>);
    };
    expect(answers(run)).toEqual({});
  });
});

describe("a client", () => {
  const cloud = new Cloud({ seed: 1 });
  const { nova, neutron, heat, swift, ceilometer, keystone, trove } = cloud.user("demo");
  const calls: Calls = {
    "nova.show": (value) => nova.show(value),
    "nova.delete": (value) => nova.delete(value),
    "nova.resize": (value) => nova.resize(value, "m1.nano"),
    "neutron.networks.show": (value) => neutron.networks.show(value),
    "neutron.networks.delete": (value) => neutron.networks.delete(value),
    "neutron.networks.list": (value) => neutron.networks.list(value),
    "heat.show": (value) => heat.show(value),
    "heat.create": (value) => heat.create(value),
    "heat.update": (value) => heat.update("words", value),
    "swift.createContainer": (value) => swift.createContainer(value),
    "swift.get": (value) => swift.get("box", value),
    "ceilometer.alarm": (value) => ceilometer.alarm(value),
    "ceilometer.meters": (value) => ceilometer.meters(value),
    "keystone.rolesOf": (value) => keystone.rolesOf(value),
    "trove.instances.createUser": (value) => trove.instances.createUser("db", value),
  };

  // What of all this is a text goes to the service, and that is another one's affair.
  const wrongType = VALUES.filter(([, value]) => typeof value !== "string");

  it.each(Object.keys(calls))("%s", (name) => {
    const call = calls[name] ?? expect.fail();
    const foreign = wrongType.flatMap(([what, value]) => {
      try {
        const made: unknown = call(value as never);
        cloud.run(made as novasim.Op<unknown>);
        return [];
      } catch (error) {
        const known = FOREIGN.some((kind) => error instanceof kind);
        return known ? [[what, String(error)]] : [];
      }
    });
    expect(foreign).toEqual([]);
  });

  it("says which argument cannot go over a wire", () => {
    expect(() => nova.show((() => "t1") as never)).toThrow(
      "demo.nova.show: its first argument cannot go over a wire: only texts, numbers, true, false, null, lists and objects can, not function",
    );
  });
});

describe("a function", () => {
  let cloud: InstanceType<typeof Cloud>;
  beforeAll(() => {
    cloud = new Cloud({ seed: 1 });
    cloud.user("demo").command("nova list");
  });
  const { timeline } = new Cloud({ seed: 1 });
  const op = (value: unknown): novasim.Op<unknown> => value as novasim.Op<unknown>;
  const calls: Calls = {
    assertGood: (value) => {
      byChance.assertGood(value);
    },
    aloud: (value) => cloud.run(novasim.aloud(value)),
    describeEntry: (value) => novasim.describeEntry(value, value),
    diffTimelines: (value) => novasim.diffTimelines(value, timeline),
    explainServer: (value) => novasim.explainServer(value, "t1"),
    "explainServer, of a name": (value) => novasim.explainServer(timeline, value),
    firstDifference: (value) => novasim.firstDifference(value, []),
    formatProblem: (value) => novasim.formatProblem(value),
    holds: (value) => {
      byChance.holds(value);
    },
    holdsTwice: (value) => {
      byChance.holdsTwice(value);
    },
    hours: (value) => novasim.hours(value),
    loadScenario: (value) => novasim.loadScenario(value),
    "loadScenario, of a text": (value) => novasim.loadScenario({ file: "x.yaml", text: value }),
    matchFlow: (value) => novasim.matchFlow(value, []),
    "matchFlow, of lines": (value) => novasim.matchFlow(timeline.entries, value),
    microseconds: (value) => novasim.microseconds(value),
    milliseconds: (value) => novasim.milliseconds(value),
    minutes: (value) => novasim.minutes(value),
    parseFlowLine: (value) => novasim.parseFlowLine(value),
    quietly: (value) => cloud.run(novasim.quietly(value)),
    readTimeline: (value) => novasim.readTimeline(value),
    renderJsonl: (value) => novasim.renderJsonl(value),
    renderMermaid: (value) => novasim.renderMermaid(value),
    "renderMermaid, with options": (value) => novasim.renderMermaid(timeline, value),
    renderScheduler: (value) => novasim.renderScheduler(value),
    renderSvg: (value) => novasim.renderSvg(value),
    renderText: (value) => novasim.renderText(value),
    runRandom: (value) => byChance.runRandom(value),
    runScenario: (value) => novasim.runScenario(value),
    runTwice: (value) => byChance.runTwice(value),
    seconds: (value) => novasim.seconds(value),
    sleep: (value) => cloud.run(novasim.sleep(value)),
    withTimeout: (value) => cloud.run(novasim.withTimeout(value, "x", op(undefined))),
    writeTimeline: (value) => {
      novasim.writeTimeline(value, value);
    },
  };

  it.each(Object.keys(calls))("%s", (name) => {
    expect(answers(calls[name] ?? expect.fail())).toEqual({});
  });

  it("is here, or takes what only a service of one's own has, or anything", () => {
    const anything = ["defineScenario", "done", "formatDuration", "join", "scenarioJsonSchema"];
    const ofServices = [
      ...[
        "authToken",
        "authTokenFlags",
        "booleanFlag",
        "call",
        "cast",
        "clientOf",
        "defineProject",
      ],
      ...["defineRpcApi", "endpoint", "faults", "floatFlag", "identified", "identityContext"],
      ...["integerFlag", "listFlag", "onController", "optionalStringFlag", "otherwise"],
      ...["policyMaker", "process", "requestId", "required", "respond", "routeMaker", "shortcut"],
      ...["store", "stringFlag", "tell", "webService"],
    ];
    const made = ["faultStep", "scenarios", "userAction"];
    const exported = Object.entries({ ...novasim, ...byChance }).flatMap(([name, value]) =>
      typeof value === "function" && !/^class\b/u.test(Function.prototype.toString.call(value))
        ? [name]
        : [],
    );
    const known = new Set([...Object.keys(calls), ...anything, ...ofServices, ...made]);
    expect(exported.filter((name) => !known.has(name))).toEqual([]);
  });
});
