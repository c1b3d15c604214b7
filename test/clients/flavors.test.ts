/** Administrators and flavors, over HTTP (transcripts §T6). */
import { beforeEach, describe, expect, it } from "vitest";
import { Cloud } from "../../src/cloud/cloud.js";

let cloud: Cloud;

beforeEach(() => {
  cloud = new Cloud();
});

const admin = (line: string) => cloud.user("admin").command(line);
const demo = (line: string) => cloud.user("demo").command(line);
const project = (name: string): string => cloud.id("project", name) ?? "";

/** Bodies of the requests so far to paths that end so, the latest last. */
const bodies = (method: string, end: string): unknown[] =>
  cloud.timeline.entries.flatMap((entry) =>
    entry.kind === "rest.request" && entry.method === method && entry.path.endsWith(end)
      ? [entry.body]
      : [],
  );

const words = (stdout: string, line: number): string[] =>
  (stdout.split("\n")[line] ?? "").split("|").map((cell) => cell.trim());

describe("nova flavor-create", () => {
  it("sends every field, and shows the flavor as flavor-list does", () => {
    const { stdout, exit } = admin("nova flavor-create m1.pico 43 32 1 2 --swap 16");
    expect(exit).toBe(0);
    expect(words(stdout, 1).slice(1, 3)).toEqual(["ID", "Name"]);
    expect(words(stdout, 3).slice(1, -1)).toEqual([
      ...["43", "m1.pico", "32", "1", "0", "16", "2", "1.0", "True"],
    ]);
    expect(bodies("POST", "/flavors")).toEqual([
      {
        flavor: {
          name: "m1.pico",
          id: "43",
          ram: 32,
          disk: 1,
          vcpus: 2,
          swap: 16,
          rxtx_factor: 1,
          "OS-FLV-EXT-DATA:ephemeral": 0,
          "os-flavor-access:is_public": true,
        },
      },
    ]);
  });

  it("leaves the id to the service when it is auto", () => {
    const { stdout } = admin("nova flavor-create m1.pico auto 32 1 2");
    expect(words(stdout, 3)[1]).toMatch(/^[0-9a-f-]{36}$/);
    expect(bodies("POST", "/flavors")).toHaveProperty([0, "flavor", "id"], null);
  });

  it.each([
    ["nova flavor-create m1.pico 43 much 1 2", "ERROR (CommandError): Ram must be an integer.\n"],
    [
      "nova flavor-create m1.pico 43 32 1 2 --rxtx-factor fast",
      "ERROR (CommandError): rxtx_factor must be a float.\n",
    ],
    ["nova flavor-create m1.nano 43 32 1 2", /Flavor with name m1\.nano already exists.*HTTP 409/],
  ])("%s is refused", (line, message) => {
    const { stderr, exit } = admin(line);
    expect(exit).toBe(1);
    expect(stderr).toMatch(message);
  });

  it("reads --is-public before anything is asked (novaclient/v1_1/shell.py:679, 2.20.0)", () => {
    const { stderr, exit } = admin("nova flavor-create m1.pico 43 32 1 2 --is-public perhaps");
    expect(exit).toBe(2);
    expect(stderr).toContain("error: argument --is-public: invalid <lambda> value: u'perhaps'\n");
  });

  it("is for administrators: 403", () => {
    expect(demo("nova flavor-create m1.pico 43 32 1 2").stderr).toMatch(/Forbidden.*HTTP 403/);
  });
});

describe("nova flavor-show and flavor-delete", () => {
  it("show it by name, sorted, without links and with extra specs", () => {
    const { stdout } = demo("nova flavor-show m1.nano");
    const names = stdout.split("\n").map((_, line) => words(stdout, line)[1]);
    expect(names.filter(Boolean)).toEqual([
      "Property",
      "OS-FLV-DISABLED:disabled",
      "OS-FLV-EXT-DATA:ephemeral",
      ...["disk", "extra_specs", "id", "name", "os-flavor-access:is_public", "ram"],
      ...["rxtx_factor", "swap", "vcpus"],
    ]);
    expect(stdout).toMatch(/rxtx_factor +\| 1\.0 /);
  });

  it("delete it by name, and a server that has it keeps it (nova §6)", () => {
    demo("nova boot t1 --flavor m1.nano --image cirros --nic net-id=private");
    cloud.settle();
    const { stdout, exit } = admin("nova flavor-delete m1.nano");
    expect(exit).toBe(0);
    expect(words(stdout, 3)[2]).toBe("m1.nano");
    expect(demo("nova flavor-list").stdout).not.toContain("m1.nano");
    expect(demo("nova show t1").stdout).toMatch(/flavor +\| m1\.nano \(42\) /);
  });
});

describe("nova flavor-access", () => {
  beforeEach(() => {
    admin("nova flavor-create m1.pico 43 32 1 1 --is-public false");
  });

  it("grants a private flavor to a project and takes it back", () => {
    expect(demo("nova flavor-show m1.pico").exit).toBe(1);
    const granted = admin(`nova flavor-access-add m1.pico ${project("demo")}`);
    expect(words(granted.stdout, 3).slice(1, 3)).toEqual(["43", project("demo")]);
    expect(demo("nova flavor-show m1.pico").exit).toBe(0);
    expect(admin("nova flavor-access-list --flavor m1.pico").stdout).toBe(granted.stdout);
    admin(`nova flavor-access-remove m1.pico ${project("demo")}`);
    expect(demo("nova flavor-show m1.pico").exit).toBe(1);
    expect(bodies("POST", "/flavors/43/action")).toEqual([
      { addTenantAccess: { tenant: project("demo") } },
      { removeTenantAccess: { tenant: project("demo") } },
    ]);
  });

  it("flavor-access-list is refused for a public one", () => {
    const { stderr, exit } = admin("nova flavor-access-list --flavor m1.nano");
    const message = "Failed to get access list for public flavor type.";
    expect({ stderr, exit }).toEqual({ stderr: `ERROR (CommandError): ${message}\n`, exit: 1 });
  });
});
