/** The flags of a cloud: which service reads what, which value counts, what is refused. */
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { flagProblems } from "../../src/cloud/flags/check.js";
import { readFlagSources } from "../../src/cloud/flags/sources.js";
import { CloudFlags } from "../../src/cloud/flags/cloud-flags.js";
import type { FlagOptions, FlagCatalogue } from "../../src/cloud/flags/types.js";
import { FlagError, Flags, integer, list, option, string } from "../../src/framework/index.js";
import { parseIni, type FlagSet } from "../../src/framework/flags/index.js";

const common = { report_interval: integer(10, "", { min: 0 }) };
const api = { retries: option("glance.num_retries", integer(0, ""), ["glance_num_retries"]) };
const compute = {
  my_ip: string("127.0.0.1", ""),
  url: string("http://$my_ip", ""),
  l: list([], ""),
};
const catalogue: FlagCatalogue = new Map<string, readonly FlagSet[]>([
  ["nova-api", [common, api]],
  ["nova-compute", [common, compute]],
  ["neutron-server", [common]],
]);

const flags = (options: FlagOptions, files: Readonly<Record<string, string>> = {}): CloudFlags =>
  new CloudFlags(options, catalogue, files);

const interval = (cloud: CloudFlags, binary: string): number =>
  cloud.for(binary).read(common).report_interval;

describe("a value counts", () => {
  const files = {
    "nova.conf": "[DEFAULT]\nreport_interval = 1\n",
    "nova-compute.conf": "[DEFAULT]\nreport_interval = 2\n",
  };

  it("for one service before all, in flags before files, in a service's file before its project's", () => {
    expect(interval(flags({}), "nova-api")).toBe(10);
    expect(interval(flags({}, files), "nova-api")).toBe(1);
    expect(interval(flags({}, files), "nova-compute")).toBe(2);
    expect(interval(flags({}, files), "neutron-server")).toBe(10);
    const all = { report_interval: 3 };
    expect(interval(flags(all, files), "nova-compute")).toBe(3);
    const one = { ...all, "nova-compute": { report_interval: 4 } };
    expect(interval(flags(one, files), "nova-compute")).toBe(4);
    expect(interval(flags(one, files), "nova-api")).toBe(3);
  });

  it.each<[string, FlagOptions]>([
    ["with a dot", { "glance.num_retries": 3 }],
    ["in any case of its group", { "Glance.num_retries": 3 }],
    ["as a section", { glance: { num_retries: 3 } }],
    ["in a service's section", { "nova-api": { glance: { num_retries: 3 } } }],
    ["by the key that code reads it by", { retries: 3 }],
    ["by a former name", { glance_num_retries: "3" }],
  ])("for an option of a group: %s", (_how, options) => {
    expect(flags(options).for("nova-api").read(api).retries).toBe(3);
  });

  it("under the present name before a former one", () => {
    const both = { glance_num_retries: 1, "glance.num_retries": 2 };
    expect(flags(both).for("nova-api").read(api).retries).toBe(2);
  });

  it("in others that name it with a dollar", () => {
    const read = (options: FlagOptions) => flags(options).for("nova-compute").read(compute);
    expect(read({}).url).toBe("http://127.0.0.1");
    expect(read({ my_ip: "10.0.0.1" }).url).toBe("http://10.0.0.1");
    expect(read({ l: ["$my_ip", "b"] }).l).toEqual(["127.0.0.1", "b"]);
    expect(read({ url: "$$x \\$y $1" }).url).toBe("$x $y $1");
  });

  it("once for all processes of a binary, whatever they do", () => {
    const cloud = flags({ report_interval: 3 });
    expect(cloud.for("nova-api")).toBe(cloud.for("nova-api"));
    expect(cloud.for("nova-api").read(common)).toBe(cloud.for("nova-api").read(common));
  });
});

describe("it is refused", () => {
  const problems = (options: FlagOptions, files: Readonly<Record<string, string>> = {}): string[] =>
    flagProblems(readFlagSources(options, files, catalogue), catalogue).map(
      ({ message, hint }) => `${message} | ${hint ?? ""}`,
    );

  it.each<[FlagOptions, string]>([
    [{ report_intervl: 1 }, 'there is no flag "report_intervl" | Did you mean "report_interval"?'],
    [
      { "nova-compte": { x: 1 } },
      'there is no service "nova-compte" | Did you mean "nova-compute"?',
    ],
    [{ glnce: { x: 1 } }, 'there is no service "glnce" | Did you mean "glance"?'],
    [
      { "nova-api": { my_ip: "x" } },
      'nova-api reads no flag "my_ip" | It is read by nova-compute.',
    ],
    [{ "nova-api": { glnce: {} } }, 'there is no group of flags "glnce" | Did you mean "glance"?'],
    [
      { glance: { num_retrys: 1 } },
      'there is no flag "glance.num_retrys" | Did you mean "glance.num_retries"?',
    ],
    [{ report_interval: -1 }, "flag report_interval takes a whole number of at least 0, not -1 | "],
    [
      { report_interval: null },
      "flag report_interval takes a whole number of at least 0, not null | ",
    ],
    [
      { report_interval: true },
      "flag report_interval takes a whole number of at least 0, not true | ",
    ],
    [
      { report_interval: ["1"] },
      'flag report_interval takes a whole number of at least 0, not ["1"] | ',
    ],
    [{ my_ip: ["a"] }, 'flag my_ip takes a text, not ["a"] | '],
    [
      { url: "$nope" },
      "flag url refers to $nope, and there is no such flag | Write $$ for a dollar.",
    ],
    [{ my_ip: "$url" }, "flag my_ip refers to itself: my_ip -> url -> my_ip | "],
  ])("%j", (options, problem) => {
    expect(problems(options)).toContain(problem);
    expect(() => flags(options)).toThrow(FlagError);
  });

  it("once, however many services read it, and all of it at once", () => {
    expect(problems({ report_interval: "x", nope: 1 })).toEqual([
      'there is no flag "nope" | `novasim flags` lists them.',
      'flag report_interval takes a whole number of at least 0, not "x" | ',
    ]);
  });

  it("where it is an option of Juno that nothing here reads, with that said", () => {
    expect(problems({ vnc_enabled: true })).toEqual([
      'no service here reads "vnc_enabled", an option of Juno\'s nova | In a file of flag_files it is ignored, as by Juno.',
    ]);
  });

  it("with the place in the error that a program gets", () => {
    expect(() => flags({}, { "nova.conf": "[DEFAULT]\n\nreport_interval = x\n" })).toThrow(
      'flag report_interval takes a whole number of at least 0, not "x" (nova.conf:3:1)',
    );
    expect(() => flags({ "nova-api": { my_ip: "x" } })).toThrow(
      'flags.nova-api.my_ip: nova-api reads no flag "my_ip". It is read by nova-compute.',
    );
  });

  it("never by anything but a FlagError, whatever the text", () => {
    const line = fc.constantFrom(
      "[DEFAULT]",
      "[glance]",
      "report_interval = 5",
      "my_ip=$url",
      "x",
      "--a",
      "--flagfile=nova.conf",
      " y",
      "[",
      "=",
      "url: '$my_ip",
      "#",
      "",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(line).map((lines) => lines.join("\n")),
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        try {
          flags({}, { "nova.conf": one, "nova-compute.conf": other });
        } catch (error) {
          expect(error).toBeInstanceOf(FlagError);
        }
      }),
    );
  });
});

describe("ini", () => {
  it("is read back as it was written, for whatever keys and values", () => {
    const word = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/u);
    const value = fc.stringMatching(/^[a-z0-9]([ -~]{0,20}[a-z0-9])?$/u);
    fc.assert(
      fc.property(fc.dictionary(word, fc.dictionary(word, value)), (groups) => {
        const text = Object.entries(groups).flatMap(([group, options]) => [
          `[${group}]`,
          ...Object.entries(options).map(([name, one]) => `${name} = ${one}`),
        ]);
        const source = parseIni("x", text.join("\n"));
        const expected = Object.entries(groups).flatMap(([group, options]) =>
          Object.entries(options).map(([name, one]) => [`${group}.${name}`, one]),
        );
        expect([...source].map(([name, given]) => [name, given.at(-1)?.value])).toEqual(expected);
      }),
    );
  });
});

describe("the catalogue", () => {
  const real = flagCatalogue();

  it("has no default that its own flag refuses", () => {
    for (const [binary, sets] of real) {
      const asGiven = Object.fromEntries(
        sets.flatMap((set) =>
          Object.entries(set).map(([key, flag]) => [flag.name ?? key, flag.default]),
        ),
      );
      const reader = Flags.of(new Flags(asGiven).sources, sets);
      for (const set of sets) expect(() => reader.read(set), binary).not.toThrow();
    }
  });

  it("knows every set of flags that a service declares", () => {
    const root = path.resolve(import.meta.dirname, "../../src/services");
    const catalogued = new Set([...real.values()].flat().flatMap((set) => Object.keys(set)));
    const files = readdirSync(root, { recursive: true, encoding: "utf8" });
    const declared = files
      .filter((file) => file.endsWith("flags.ts"))
      .flatMap((file) => {
        const text = readFileSync(path.join(root, file), "utf8");
        return [
          ...text.matchAll(
            /^ {2}(\w+): (?:option|string|integer|float|boolean|list|optionalString|dict|ip|multiString|secret)\(/gmu,
          ),
        ].map(([, key = ""]) => `${file} ${key}`);
      });
    expect(declared.length).toBeGreaterThan(50);
    expect(declared.filter((one) => !catalogued.has(one.split(" ")[1] ?? ""))).toEqual([]);
  });

  it("says the same of a flag wherever several services read it", () => {
    const seen = new Map<string, string>();
    for (const set of [...real.values()].flat()) {
      for (const [key, flag] of Object.entries(set)) {
        // What else it is called may differ: Swift's daemons have a section each for the same option.
        const { default: _default, help: _help, deprecated: _deprecated, ...shape } = flag;
        const told = JSON.stringify(shape);
        expect(`${key} ${seen.get(key) ?? told}`).toBe(`${key} ${told}`);
        seen.set(key, told);
      }
    }
  });
});
