import fs from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { flagProblems } from "../../src/cloud/flags/check.js";
import { declaredNames } from "../../src/cloud/flags/names.js";
import { readFlagSources } from "../../src/cloud/flags/sources.js";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { KNOWN, loadScenario, scenarioJsonSchema } from "../../src/scenario/index.js";
import { FLOW_LINE, FlowSyntaxError, parseFlowLine } from "../../src/timeline/index.js";

interface Node {
  readonly properties: Record<string, Node>;
  readonly items: { readonly $ref: string };
  readonly anyOf: readonly { readonly properties: Record<string, Node> }[];
  readonly additionalProperties: boolean;
}

describe("the JSON Schema of scenarios", () => {
  const schema = scenarioJsonSchema() as unknown as Node & {
    readonly $schema: string;
    readonly required: readonly string[];
    readonly definitions: Record<string, Node>;
  };

  it("is draft-07, which editors read, and refuses unknown keys", () => {
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema.additionalProperties).toBe(false);
    expect(schema.required).toEqual(["scenario", "steps"]);
  });

  it("has an alternative for every kind of step", () => {
    const kinds = schema.definitions["step"]?.anyOf.map(
      ({ properties }) => Object.keys(properties)[0],
    );
    expect(kinds).toEqual([
      ...["run", "request", "horizon", "wait", "advance", "fault", "heal", "start", "stop"],
      ...["crash", "load", "check", "together", "repeat", "note"],
    ]);
  });

  it("describes what is written in the file: durations are texts", () => {
    expect(schema.properties["cloud"]?.properties["latency"]?.properties["rest"]).toMatchObject({
      type: "string",
    });
  });
});

describe("an editor, which has the JSON Schema alone", () => {
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
  const fits = ajv.compile(scenarioJsonSchema());
  const known = { ...KNOWN, catalogue: flagCatalogue() };
  const loads = (text: string): boolean => loadScenario({ file: "x.yaml", text, known }).ok;

  const folder = path.resolve(import.meta.dirname, "../../scenarios");
  const shipped = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".yaml"));

  it("has nothing against the scenarios that ship", () => {
    expect(shipped.length).toBeGreaterThan(30);
    for (const name of shipped) {
      const written: unknown = parse(fs.readFileSync(path.join(folder, name), "utf8"));
      expect([name, fits(written), fits.errors]).toEqual([name, true, null]);
    }
  });

  const steps = (...some: readonly string[]): string =>
    `scenario: x\nsteps:\n${some.map((step) => `  - ${step}\n`).join("")}`;
  const cloud = (options: string): string => `${steps("run: nova list")}cloud: { ${options} }\n`;
  const expected = (what: string): string => `${steps("run: nova list")}expect: { ${what} }\n`;
  const flow = (line: string): string => expected(`flow: ["${line}"]`);

  it.each([
    steps("note: only words", "run: nova list\n    note: words beside it"),
    steps("run: nova boot t --flavor 42 --image cirros", "wait: { server: t, gone: true }"),
    steps("heal:", "heal: true", "heal: stall", "heal: compute-1"),
    steps("fault: { driver: spawn, host: compute-1, times: 2, error: no disk }"),
    steps("fault: { restart_broker: {} }", "fault: { drop: { method: a, for: 2m } }"),
    steps("request: { to: network, path: /v2.0/ports, expect: { error: refused } }"),
    steps("request: { to: http://controller:9696, path: /, expect: { status: [300, 200] } }"),
    steps("together: [{ run: nova list }, { request: { to: nova, path: /servers } }]"),
    steps("repeat: { times: 3, steps: [{ run: 'nova show t{n}', expect: { exit: 1 } }] }"),
    expected("server: { t: { vm_state: soft-delete, task_state: null, power_state: Shutdown } }"),
    flow("nova-client@demo -> nova-api GET /v2/{t}/servers?limit=1 200"),
    flow("* -> scheduler   call select_destinations fails NoValidHost"),
    flow("notification compute.instance.update"),
    flow("compute.compute-1 notification compute.instance.update"),
    flow("server t building/none"),
    cloud("flags: { shelved_offload_time: 0, nova-compute: { glance: { num_retries: '3' } } }"),
    cloud("flags: { glance.num_retries: 1, cpu_allocation_ratio: '1.5' }"),
    cloud("flags: { scheduler_default_filters: [RamFilter], periodic_enable: 'On' }"),
    cloud("epoch: 2014-10-16T12:00:00.5Z, latency: { rest: 2ms..5ms, spawn: 3s }"),
  ])("lets pass what loads: %s", (text) => {
    expect(loads(text)).toBe(true);
    expect([fits(parse(text)), fits.errors]).toEqual([true, null]);
  });

  it.each([
    "scenario: x\nsteps: []\n",
    "scenario: No Name\nsteps: [{ run: nova list }]\n",
    "scenario: x\nversion: 2\nsteps: [{ run: nova list }]\n",
    steps("rnu: nova list"),
    steps("{}"),
    steps("run: nova list\n    advance: 3s"),
    steps("run: nova list\n    kind: run"),
    steps("advance: 3 seconds"),
    steps("heal: 3"),
    steps("check: { server: { t: {} } }"),
    steps("fault: {}"),
    steps("fault: drop"),
    steps("fault: { drop: {}, delay: { by: 1s } }"),
    steps("fault: { dorp: {} }"),
    steps("fault: { driver: spwan, host: compute-1 }"),
    steps("fault: { driver: teleport, host: compute-1 }"),
    steps("fault: { driver: spawn }"),
    steps("fault: { delay: {} }"),
    steps("fault: { drop: { of: mail } }"),
    steps("fault: { drop: { nth: 0 } }"),
    steps("fault: { answer: { path: / } }"),
    steps("fault: { reset: { method: get } }"),
    steps("wait: { server: t }"),
    steps("wait: { server: t, within: 5m }"),
    steps("wait: { server: t, status: ACTVE }"),
    steps("wait: { server: t, status: active }"),
    steps("wait: { server: t, vm_state: bulding }"),
    steps("wait: { server: t, task_state: powering_off }"),
    steps("wait: { server: t, power_state: 2 }"),
    steps("wait: { server: t, power_state: UP }"),
    steps("wait: { server: t, gone: false }"),
    steps("run: nova list\n    expect: { stdout: {} }"),
    steps("run: nova list\n    expect: { exit: 256 }"),
    steps("request: { to: nova, path: servers }"),
    steps("request: { to: nova, method: get, path: /servers }"),
    steps("request: { to: nvoa, path: /servers }"),
    steps("request: { to: nova, path: /servers, expect: { status: 99 } }"),
    steps("request: { to: nova, path: /servers, expect: { error: refused, status: 200 } }"),
    steps("request: { to: nova, path: /servers, keep: { 1: id } }"),
    steps("together: [{ advance: 1s }]"),
    steps("repeat: { times: 0, steps: [{ run: nova list }] }"),
    steps("repeat: { times: 2, steps: [{ wait: { server: t } }] }"),
    expected("server: { t: {} }"),
    expected("server: { t: { status: ACTIV } }"),
    expected("flw: []"),
    flow("nova-api -> nova-conductor shout hello"),
    flow("nova-api nova-conductor cast hello"),
    flow("nova-client -> nova-api get /v2"),
    flow("nova-client -> nova-api GET v2"),
    flow("nova-client -> nova-api GET /v2 20"),
    flow("nova-api -> compute cast hello fails X Y"),
    flow("server t"),
    flow("server t a/b/c"),
    flow("notification"),
    cloud("computes: 0"),
    cloud("preset: maximal"),
    cloud("services: [nova-cells]"),
    cloud("epoch: 2014-13-01T00:00:00Z"),
    cloud("epoch: 1969-12-31T23:59:59Z"),
    cloud("latency: { rest: 3 }"),
    cloud("latency: { sapwn: 3s }"),
    cloud("networks: [{ name: a, cidr: 300.1.1.0/24 }]"),
    cloud("flags: { shelved_ofload_time: 0 }"),
    cloud("flags: { shelved_offload_time: soon }"),
    cloud("flags: { shelved_offload_time: 1.5 }"),
    cloud("flags: { shelved_offload_time: -2 }"),
    cloud("flags: { shelved_offload_time: true }"),
    cloud("flags: { periodic_enable: maybe }"),
    cloud("flags: { periodic_enable: null }"),
    cloud("flags: { periodic_fuzzy_delay: '' }"),
    cloud("flags: { nova-compte: { shelved_offload_time: 0 } }"),
    cloud("flags: { nova-conductor: { shelved_offload_time: 0 } }"),
    cloud("flags: { glance: { num_retrys: 1 } }"),
    cloud("flags: { glance.num_retries: [] }"),
    cloud("flag_files: { nova.conf: { path: x } }"),
  ])("refuses what does not load: %s", (text) => {
    expect(loads(text)).toBe(false);
    expect(fits(parse(text))).toBe(false);
  });

  /** The names in as few lists as can be, none of which has a flag by two of its names. */
  function unmixed(names: ReturnType<typeof declaredNames>): string[][] {
    const lists: { readonly names: string[]; readonly flags: Set<unknown> }[] = [];
    for (const [name, flag] of names) {
      let list = lists.find(({ flags }) => !flags.has(flag));
      if (list === undefined) lists.push((list = { names: [], flags: new Set() }));
      list.names.push(name);
      list.flags.add(flag);
    }
    return lists.map((list) => list.names);
  }

  const every = new Ajv({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    allErrors: true,
  });
  const fitsEvery = every.compile(scenarioJsonSchema());

  /** The flags of `binary` that the schema refuses. */
  function unfitFlags(flags: object, binary: string): ReadonlySet<string> {
    fitsEvery({ scenario: "x", steps: [{ run: "nova list" }], cloud: { flags } });
    const inside = `/cloud/flags/${binary}/`;
    const paths = (fitsEvery.errors ?? []).map(({ instancePath }) => instancePath);
    expect(paths.filter((path) => !path.startsWith(inside))).toEqual([]);
    return new Set(paths.map((path) => path.slice(inside.length).split("/")[0] ?? ""));
  }

  it("takes for each flag of each service what the flag takes", () => {
    const words = ["", "x", "1", " 7 ", "1.5", "oN", "a:b", "10.0.0.1", "300.0.0.1", "::1"];
    const values = [...words, null, 0, 1, 1.5, -3, true, [], ["a"]];
    const differing: string[] = [];
    let compared = 0;
    for (const [binary, sets] of known.catalogue) {
      const catalogue = new Map([[binary, sets]]);
      for (const names of unmixed(declaredNames(sets))) {
        for (const value of values) {
          const flags = { [binary]: Object.fromEntries(names.map((name) => [name, value])) };
          const problems = flagProblems(readFlagSources(flags, {}, catalogue), catalogue);
          const said = new Map(problems.map(({ path, message }) => [path?.at(-1), message]));
          const unfit = unfitFlags(flags, binary);
          for (const name of names) {
            const message = said.get(name);
            // Bounds of a number that is written as a text are the loader's to see.
            if (typeof value === "string" && /from|least|most/u.test(message ?? "")) continue;
            compared++;
            if (unfit.has(name) !== (message !== undefined))
              differing.push(`${binary} ${name}: ${String(value)}`);
          }
        }
      }
    }
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(4_000);
  });

  it("tells a line of a flow from any other as its parser does", () => {
    const words = ["server", "notification", "fanout", "->", "*", "nova-api", "call", "cast"];
    const more = ["fails", "GET", "get", "/x", "202", "20", "a/b", "a/", "a/b/c", "run_it", "a.b"];
    const line = fc
      .array(fc.constantFrom(...words, ...more), { maxLength: 7 })
      .chain((some) => fc.constantFrom(some.join(" "), ` ${some.join("  ")} `));
    const parses = (text: string): boolean => {
      try {
        parseFlowLine(text);
        return true;
      } catch (error) {
        if (error instanceof FlowSyntaxError) return false;
        throw error;
      }
    };
    const property = fc.property(line, (text) => FLOW_LINE.test(text) === parses(text));
    fc.assert(property, { numRuns: 20_000, seed: 1 });
  });

  it("can say of every key what it is for", () => {
    type Place = Readonly<Record<string, unknown>>;
    const { definitions } = scenarioJsonSchema() as { definitions: Record<string, Place> };
    const described = (node: Place): boolean => {
      const { description, $ref } = node;
      if (typeof $ref === "string") return described(definitions[$ref.slice(14)] ?? {});
      return typeof description === "string" && description.length > 4;
    };
    const silent: string[] = [];
    let keys = 0;
    const look = (value: unknown, at: string): void => {
      if (typeof value !== "object" || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        look(inner, `${at}/${key}`);
        if (!at.endsWith("/properties") || at.endsWith("/properties/properties")) continue;
        keys++;
        if (!described(inner as Place)) silent.push(`${at}/${key}`);
      }
    };
    look(scenarioJsonSchema(), "");
    expect(silent).toEqual([]);
    expect(keys).toBeGreaterThan(300);
  });

  it("is offered the words that may stand in a place", () => {
    const text = JSON.stringify(scenarioJsonSchema());
    const lists = [KNOWN.statuses, KNOWN.taskStates, KNOWN.services, ["GET", "HEAD", "POST"]];
    for (const words of lists) expect(text).toContain(JSON.stringify(words).slice(0, -1));
    expect(text).toContain(
      '"enum":["connect","spawn","snapshot","power_off","power_on","soft_reboot","reboot","pause","unpause","suspend","resume","rescue","unrescue","destroy","delete_instance_files","attach_volume","detach_volume","migrate_disk_and_power_off","finish_migration","finish_revert_migration","attach_interface","detach_interface","live_migration"]',
    );
  });
});
