/**
 * How a line of `neutron` is read, before anything is asked and when it is wrong. Upstream:
 * python-neutronclient 2.3.9, neutronclient/shell.py and neutron/v2_0/__init__.py
 * (parse_args_to_dict); cliff 1.7.0, commandmanager.py.
 */
import { describe, expect, it } from "vitest";
import { readCommand } from "../../../src/clients/index.js";
import { Cloud } from "../../../src/cloud/cloud.js";
import { extraValues } from "../../../src/clients/neutron/extra-values.js";

const demo = (line: string) => new Cloud().user("demo").command(line);

/** The end of a line that nobody need run. */
function wrong(line: string): { stderr: string; exit: number } {
  const reading = readCommand(line);
  if (reading.ok) throw new Error(`${line} is right`);
  const { stderr, exit } = reading.result;
  return { stderr, exit };
}

describe("a line of neutron", () => {
  it("is understood with the program's options anywhere in it", () => {
    const reading = readCommand("neutron net-create --os-tenant-name t n1 --shared -v");
    expect(reading).toMatchObject({
      ok: true,
      command: {
        subcommand: "net-create",
        positionals: ["n1"],
        names: [{ what: "network", name: "n1", makes: "one" }],
      },
    });
  });

  it.each([
    ["neutron foo bar", "Unknown command [u'foo', u'bar']\n"],
    ["neutron foo -x", "Invalid command u'-x'\n"],
    ["neutron --nope net-list", "Invalid command u'--nope'\n"],
    ["neutron net-list x", "Invalid values_specs x\n"],
    ["neutron net-list --name=a b", "Invalid values_specs --name=a b\n"],
    ["neutron net-list -- --name a --name b", "Duplicated options -- --name a --name b\n"],
    ["neutron net-update n1 --name list=true", "Invalid values_specs --name list=true\n"],
    ["neutron net-update n1 --x type=nothing 1", "name 'nothing' is not defined\n"],
  ])("%s ends in %s, run or not", (line, stderr) => {
    expect(wrong(line)).toEqual({ stderr, exit: 1 });
    expect(demo(line)).toEqual({ stdout: "", stderr, exit: 1 });
  });

  it.each([
    ["neutron net-create", "error: too few arguments\n"],
    [
      "neutron net-list --sort-dir up",
      "error: argument --sort-dir: invalid choice: u'up' (choose from 'asc', 'desc')\n",
    ],
    [
      "neutron subnet-create n 1.2.3.0/24 --ip-version 5",
      "error: argument --ip-version: invalid choice: 5 (choose from 4, 6)\n",
    ],
    [
      "neutron subnet-create n 1.2.3.0/24 --allocation-pool x",
      "error: argument --allocation-pool: invalid str2dict value: u'x'\n",
    ],
    [
      "neutron port-create n --no-security-groups --security-group a",
      "error: argument --security-group: not allowed with argument --no-security-groups\n",
    ],
    ["neutron net-list -P many", "error: argument -P/--page-size: invalid int value: u'many'\n"],
    ["neutron -r -1 net-list", "error: argument -r/--retries: input value -1 is negative\n"],
    [
      "neutron net-update n1 --mtu type=int big",
      "usage: neutron [--mtu MTU]\nneutron: error: argument --mtu: invalid int value: u'big'\n",
    ],
  ])("%s is a wrong use: %s", (line, end) => {
    const { stderr, exit } = wrong(line);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^usage: neutron/);
    expect(stderr.endsWith(end)).toBe(true);
    expect(demo(line)).toEqual({ stdout: "", stderr, exit });
  });

  it("shows how a command is typed as argparse does", () => {
    expect(wrong("neutron net-create").stderr).toBe(
      [
        "usage: neutron net-create [-h] [-f {shell,table,value}] [-c COLUMN]",
        "                          [--max-width <integer>] [--prefix PREFIX]",
        "                          [--request-format {json,xml}]",
        "                          [--tenant-id TENANT_ID] [--admin-state-down]",
        "                          [--shared]",
        "                          NAME",
        "neutron net-create: error: too few arguments",
        "",
      ].join("\n"),
    );
  });

  it("of a command that is not simulated says so, and what is near", () => {
    expect(wrong("neutron firewall-list")).toEqual({
      exit: 1,
      stderr:
        "neutron firewall-list is not simulated. Near it: net-list, net-external-list, " +
        "subnet-list, port-list, security-group-list, security-group-rule-list, quota-list, " +
        "agent-list, router-list, router-port-list, floatingip-list, net-list-on-dhcp-agent.\n",
    });
    expect(wrong("neutron").stderr).toMatch(/^neutron without a command.* is not simulated/);
  });

  it.each(["neutron help", "neutron net-list -h", "neutron help net-list", "neutron --help foo"])(
    "%s only prints help",
    (line) => {
      const { stdout, exit } = demo(line);
      expect(stdout).toMatch(/^usage: neutron/);
      expect(exit).toBe(0);
    },
  );

  it("may have the value of a short option at its letter, and flags behind one dash", () => {
    expect(demo("neutron net-list -cname -fcsv").stdout).toBe('"name"\n"private"\n');
    expect(demo("neutron -vv net-list -cname").stderr).toMatch(
      /^DEBUG: keystoneclient\.session REQ/,
    );
  });

  it("that only shows or deletes takes no notice of what it does not know", () => {
    expect(demo("neutron net-show private junk --more junk").exit).toBe(0);
  });
});

describe("what stands at the end of a line", () => {
  it.each<[string, Record<string, unknown>]>([
    ["--tag x", { tag: "x" }],
    ["--tag=x", { tag: "x" }],
    ["--tag x y", { tag: ["x", "y"] }],
    ["--tag", { tag: true }],
    ["--tag action=clear", { tag: null }],
    ["--tag list=true x", { tag: ["x"] }],
    ["--tag type=int 5", { tag: 5 }],
    ["--tag type=int 5 6", { tag: [5, 6] }],
    ["--tag type=float -1.5", { tag: -1.5 }],
    ["--tag type=bool True", { tag: true }],
    ["--tag type=bool yes", { tag: false }],
    ["--tag type=dict a=1,b=2", { tag: { a: "1", b: "2" } }],
    ["--tag type=dict list=true a=1", { tag: [{ a: "1" }] }],
    ["--tag type=list ab", { tag: [["a", "b"]] }],
    [
      "--admin-state-up x --router:external True",
      { admin_state_up: "x", "router:external": "True" },
    ],
    ["--tag -5", { tag: "-5" }],
    ["-- --tag x", { tag: "x" }],
    ["--__proto__ x", JSON.parse('{"__proto__":"x"}') as Record<string, unknown>],
  ])("%s is %o", (words, values) => {
    expect(extraValues(words.split(" "))).toEqual(values);
  });

  it("is nothing if there is nothing", () => {
    expect(extraValues([])).toEqual({});
    expect(extraValues(["--"])).toEqual({});
  });
});
