import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FlagCatalogue } from "../../src/cloud/flags/types.js";
import { integer, list, option, secret, string } from "../../src/framework/index.js";
import { folder, novasim, type Outcome } from "./bed.js";

const common = { report_interval: integer(10, "Seconds between reports", { min: 0 }) };
const catalogue: FlagCatalogue = new Map([
  [
    "nova-api",
    [
      common,
      { retries: option("glance.num_retries", integer(0, "How often"), ["glance_retries"]) },
    ],
  ],
  [
    "nova-compute",
    [
      common,
      {
        shelved_offload_time: integer(0, "Seconds until a shelved server leaves", { min: -1 }),
        filters: list(["A", "B"], "Which"),
        compute_driver: string("libvirt", "Which driver", ["libvirt", "fake"]),
        password: secret(string("s3cret", "Told to nobody")),
      },
    ],
  ],
  ["nova-client", []],
]);

const flags = (cwd: string, ...argv: string[]): Promise<Outcome> =>
  novasim(cwd, ["flags", ...argv], { catalogue });

const STEPS = "steps: [{ run: nova list }]\n";

describe("novasim flags", () => {
  it("lists what a service reads, by group, with type, default and help", async () => {
    expect((await flags(folder(), "nova-api")).stdout).toBe(
      [
        "nova-api",
        "  [DEFAULT]",
        "  report_interval = 10",
        "        integer, at least 0",
        "      Seconds between reports",
        "  [glance]",
        "  num_retries = 0",
        "        integer; also retries, glance_retries",
        "      How often",
        "",
        "",
      ].join("\n"),
    );
  });

  it("says once what all services read, and tells no secrets", async () => {
    const { code, stdout } = await flags(folder());
    expect(code).toBe(0);
    expect(stdout.split("\n").filter((line) => /^\S/u.test(line))).toEqual([
      "every service",
      "nova-api",
      "nova-compute",
    ]);
    expect(stdout.match(/report_interval/gu)).toHaveLength(1);
    expect(stdout).toContain("  password = ****\n");
    expect(stdout).not.toContain("s3cret");
  });

  it("shows the values of a scenario, and the place of each", async () => {
    const cwd = folder({
      "s.yaml": `scenario: s
cloud:
  flags:
    report_interval: 5
    nova-compute: { shelved_offload_time: 60 }
  flag_files:
    nova.conf: |
      [DEFAULT]
      report_interval = 7
      filters = X, Y
    nova-compute.conf: { file: etc/compute.conf }
${STEPS}`,
    });
    mkdirSync(join(cwd, "etc"));
    writeFileSync(join(cwd, "etc", "compute.conf"), "[DEFAULT]\ncompute_driver = fake\n");
    const { stdout } = await flags(cwd, "nova-compute", "--scenario", "s.yaml");
    const told = (name: string): string =>
      new RegExp(`^  ${name} = .*\n.*$`, "mu").exec(stdout)?.[0] ?? "";
    expect(told("report_interval")).toContain(
      "= 5\n        integer, at least 0; default 10; from s.yaml:4:22",
    );
    expect(told("shelved_offload_time")).toContain("= 60\n");
    expect(told("shelved_offload_time")).toContain("from s.yaml:5:43");
    expect(told("filters")).toContain("= X,Y\n        list; default A,B; from nova.conf:3:1");
    expect(told("compute_driver")).toContain("from nova-compute.conf:2:1");
    const set = ["--set", "cloud.flags.report_interval=1"];
    expect((await flags(cwd, "nova-compute", "--scenario", "s.yaml", ...set)).stdout).toContain(
      "from --set cloud.flags.report_interval=1 (s.yaml)",
    );
  });

  it("answers programs in JSON", async () => {
    const { stdout } = await novasim(folder(), ["--json", "flags", "nova-compute"], { catalogue });
    const { services } = JSON.parse(stdout) as {
      services: { service: string; flags: Record<string, unknown>[] }[];
    };
    expect(services.map(({ service }) => service)).toEqual(["nova-compute"]);
    expect(services[0]?.flags.find(({ name }) => name === "shelved_offload_time")).toEqual({
      name: "shelved_offload_time",
      group: "DEFAULT",
      option: "shelved_offload_time",
      type: "integer",
      help: "Seconds until a shelved server leaves",
      default: 0,
      value: 0,
      from: null,
      min: -1,
      formerly: [],
    });
    expect(stdout).not.toContain("s3cret");
  });

  it.each([
    [["nova-compte"], "Did you mean nova-compute?"],
    [["__proto__"], "There is: nova-api, nova-compute."],
    [["--set", "cloud.flags.x=1"], "Name it with --scenario FILE."],
    [["--scenario", "none.yaml"], "cannot read none.yaml"],
    [["--scenario", "bad.yaml"], 'bad.yaml:2:19: error: there is no flag "report_intervl"'],
  ])("refuses %j with what would be right, exit 2", async (argv, message) => {
    const cwd = folder({
      "bad.yaml": `scenario: s\ncloud: { flags: { report_intervl: 5 } }\n${STEPS}`,
    });
    const { code, stdout, stderr } = await flags(cwd, ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });
});

describe("a scenario's flag files", () => {
  const check = async (
    section: string,
    more: Readonly<Record<string, string>> = {},
    ...options: readonly string[]
  ) => {
    const cwd = folder({
      "s.yaml": `scenario: s\ncloud:\n  flag_files:\n${section}${STEPS}`,
      ...more,
    });
    return novasim(cwd, ["check", "s.yaml", ...options], { catalogue });
  };

  it("are refused with line and column where they stand in the scenario", async () => {
    const { code, stderr } = await check(
      "    nova.conf: |\n      [DEFAULT]\n      # fine\n      report_intervl = 5\n      filters = a\n      oops\n",
    );
    expect(code).toBe(2);
    expect(stderr).toContain(
      "s.yaml:9:7: error: this is not ini: No ':' or '=' found in assignment\n  9 |       oops\n",
    );
  });

  it("have bad values refused, and what looks like a slip pointed out, with the name that was meant", async () => {
    const { stderr } = await check(
      "    nova.conf: |\n      [DEFAULT]\n      report_intervl = 5\n      compute_driver = xen\n      [Glance]\n      num_retry = 1\n",
    );
    expect(stderr).toContain(
      "s.yaml:6:7: warning: no service reads report_intervl of [DEFAULT] in nova.conf, so it is ignored",
    );
    expect(stderr).toContain("Did you mean report_interval of [DEFAULT]?");
    expect(stderr).toContain(
      's.yaml:7:7: error: flag compute_driver takes one of libvirt, fake, not "xen" (nova.conf:3:1)',
    );
    expect(stderr).toContain(
      "s.yaml:9:7: warning: no service reads num_retry of [glance] in nova.conf, so it is ignored",
    );
    expect(stderr).toContain("Did you mean num_retries of [glance]?");
  });

  it("are counted for what nothing reads, which --verbose lists", async () => {
    const files = `    nova.conf: |
      [DEFAULT]
      vnc_enabled = True
      [libvirt]
      virt_type = kvm
`;
    const { code, stderr } = await check(files);
    expect(code).toBe(0);
    expect(stderr).toBe(
      "2 options of nova.conf are read by no service here and ignored (-v lists them)\n",
    );
    const verbose = await check(files, {}, "-v");
    expect(verbose.stderr).toBe(
      [
        "2 options of nova.conf are read by no service here and ignored:",
        "  s.yaml:6:7: vnc_enabled",
        "  s.yaml:8:7: virt_type of [libvirt]",
        "",
      ].join("\n"),
    );
    expect((await check(files, {}, "-q")).stderr).toBe("");
  });

  it("are refused with line and column in a file of their own", async () => {
    const { stderr } = await check("    nova.conf: { file: my.conf }\n", {
      "my.conf": "[DEFAULT]\nreport_interval = often\n",
    });
    expect(stderr).toContain("my.conf:2:1: error: flag report_interval takes a whole number");
    expect(stderr).toContain("  2 | report_interval = often\n");
  });

  it.each([
    [
      "    nvoa.conf: |\n      [DEFAULT]\n",
      's.yaml:4:5: error: no service reads a file "nvoa.conf"',
    ],
    ["    nova.conf: { file: none.conf }\n", "s.yaml:4:24: error: cannot read none.conf"],
    ["    nova.conf: { file: ../x }\n", "is outside of the folder of the scenario"],
    ["    nova.conf: { file: /etc/passwd }\n", "is outside of the folder of the scenario"],
    ["    nova.conf: { file: binary }\n", "the file binary is not text"],
    ["    nova.conf: { flie: x }\n", "unknown key `flie`"],
    ["    nova.conf: 5\n", "expected the text of a file"],
    ["    nova.conf: |\n      --report_interval\n", "flag report_interval needs a value"],
    ["    nova.conf: |\n      --flagfile=x\n", "there is no such file: --flagfile=x"],
    ["    nova.conf: |\n      --x=1\n      y\n", "this is not a flag: y"],
  ])("are refused: %j", async (section, message) => {
    const { code, stderr } = await check(section, { binary: "\u0000\u0001" });
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
  });

  it("of 2011 are read as flag files, with those that they include", async () => {
    const section =
      "    nova.conf: |\n      # of 2011\n      --flagfile=/etc/nova/more.flags\n      --report_interval=5\n    more.flags: |\n      --glance_retries=3\n";
    const cwd = folder({ "s.yaml": `scenario: s\ncloud:\n  flag_files:\n${section}${STEPS}` });
    const { stdout } = await flags(cwd, "nova-api", "--scenario", "s.yaml");
    expect(stdout).toContain("from nova.conf:3:1");
    expect(stdout).toContain("from /etc/nova/more.flags:1:1");
  });
});
