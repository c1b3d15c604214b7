/** What may stand where scenarios are wanted: a file, a folder, a name, and no recording. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { flagCatalogue } from "../../src/cloud/flags/catalogue.js";
import { BOOT, folder, novasim } from "./bed.js";

/** With the flags of the real services. */
const REAL = { catalogue: flagCatalogue() };

const LIST = "scenario: list\nsteps:\n  - run: nova list\n";
const VAIN = "scenario: vain\nsteps:\n  - run: nova list\n    expect: { exit: 3 }\n";

describe("a scenario", () => {
  it("that ships is run and checked by its name alone", async () => {
    const { code, stdout } = await novasim(folder(), ["check", "boot-over-quota"], REAL);
    expect(code).toBe(0);
    expect(stdout).toMatch(/boot-over-quota\.yaml: ok, \d+ steps\n$/u);
  });

  it("in a file of such a name comes first", async () => {
    const cwd = folder({ boot: LIST });
    const { stdout } = await novasim(cwd, ["check", "boot"]);
    expect(stdout).toBe("boot: ok, 1 step\n");
  });

  it("that is a recording is said to be one, with what to do", async () => {
    const large = `{"timeline":1}\n${" ".repeat(1_100_000)}`;
    const cwd = folder({ "my run.jsonl": '{"timeline":1}\n', "large.jsonl": large });
    for (const command of ["run", "check"]) {
      const { code, stderr } = await novasim(cwd, [command, "my run.jsonl", "large.jsonl"]);
      expect(code).toBe(2);
      expect(stderr).toContain("error: my run.jsonl is a recording, not a scenario\n");
      expect(stderr).toContain("`novasim show 'my run.jsonl'` shows it");
      expect(stderr).toContain("error: large.jsonl is a recording, not a scenario\n");
    }
  });
});

describe("a name that is none", () => {
  it.each([
    ["boott", "Did you mean boot?"],
    ["grand-tuor", "Did you mean grand-tour?"],
    ["xyzzy", "`novasim list` has the names of the scenarios that ship."],
  ])("is told with what may be meant: %s", async (word, hint) => {
    for (const command of ["run", "check", "view", "play", "inspect", "coverage"]) {
      const { code, stderr } = await novasim(folder(), [command, word]);
      expect(code).toBe(2);
      expect(stderr).toContain(`error: cannot read ${word}: there is no such file`);
      expect(stderr).toContain(hint);
    }
  });
});

describe("a recording", () => {
  it("that is not there is told with what may be meant", async () => {
    const cwd = folder({ "boot.jsonl": "" });
    for (const command of ["show", "replay", "view", "play", "inspect", "coverage"]) {
      const { code, stderr } = await novasim(cwd, [command, "bot.jsonl"]);
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining("\n  Did you mean boot.jsonl?\n"),
      ]);
    }
    for (const command of ["show", "replay"]) {
      const { code, stderr } = await novasim(cwd, [command, "grand-tour"]);
      expect(code).toBe(2);
      expect(stderr).toContain("It is a scenario that ships: `novasim run grand-tour` runs it.");
    }
  });

  it("is one by how it begins, whatever it is called", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, ["run", "boot.yaml", "--record", "boot.rec"]);
    const shown = await novasim(cwd, ["show", "boot.rec"]);
    const text = await novasim(cwd, ["export", "boot.rec", "--to", "text"]);
    expect(text).toEqual({ code: 0, stdout: shown.stdout, stderr: "" });
    for (const words of [
      ["inspect", "boot.rec"],
      ["coverage", "boot.rec"],
    ]) {
      expect(await novasim(cwd, words)).toMatchObject({ code: 0, stderr: "" });
    }
    expect(await novasim(cwd, ["diff", "boot.rec", "boot.yaml"])).toMatchObject({ code: 0 });
  });
});

describe("a folder", () => {
  it("means every scenario in it, by name; each is one line, and all are counted", async () => {
    const cwd = folder();
    mkdirSync(join(cwd, "all"));
    writeFileSync(join(cwd, "all", "b.yml"), VAIN);
    writeFileSync(join(cwd, "all", "a.yaml"), LIST);
    writeFileSync(join(cwd, "all", "notes.txt"), "");
    const { code, stdout, stderr } = await novasim(cwd, ["run", "all"]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^list: ok, 1 step/u);
    expect(stderr).toContain("repeat with: novasim run all/b.yml\n");
    expect(stderr).toMatch(/\n2 scenarios: 1 ok, 1 failed: all\/b\.yml\n$/u);
    const shown = await novasim(cwd, ["run", "all", "--as", "jsonl"]);
    expect(shown.stdout).toContain('"scenario":"list"');
  });

  it("without scenarios is an error", async () => {
    const { code, stderr } = await novasim(folder({ "x.txt": "" }), ["check", "."]);
    expect(code).toBe(2);
    expect(stderr).toContain("error: there is no scenario in .\n");
  });
});

describe("--quiet", () => {
  it("leaves only what went wrong", async () => {
    const cwd = folder({ "boot.yaml": BOOT, "vain.yaml": VAIN });
    expect(await novasim(cwd, ["run", "-q", "boot.yaml"])).toEqual({
      ...{ code: 0, stdout: "", stderr: "" },
    });
    const { stdout, stderr } = await novasim(cwd, ["run", "-q", "vain.yaml"]);
    expect(stdout).toBe("");
    expect(stderr).toContain("exit code 0 instead of 3");
    const asked = await novasim(cwd, ["run", "-q", "boot.yaml", "--as", "text"]);
    expect(asked.stdout).toContain("nova boot t3");
  });
});

describe("a cloud of many hosts", () => {
  it("is announced, since it takes a while to start", async () => {
    const cwd = folder({ "big.yaml": `${LIST}cloud: { computes: 10000 }\n`, "list.yaml": LIST });
    const said = "starting 10000 compute hosts; this takes a while\n";
    expect((await novasim(cwd, ["run", "big.yaml"])).stderr).toContain(said);
    expect((await novasim(cwd, ["run", "list.yaml"])).stderr).not.toContain("starting");
  });
});
