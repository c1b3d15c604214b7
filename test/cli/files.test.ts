import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

describe("a file that is no scenario", () => {
  it.each([
    ["missing.yaml", "error: cannot read missing.yaml: there is no such file or directory\n"],
    ["boot.yml", "Did you mean boot.yaml?"],
    ["folder", "error: there is no scenario in folder\n"],
    [
      "large.yaml",
      "error: large.yaml is too large for a scenario: 50.0 MB, and 1 MB is the limit\n",
    ],
    ["binary.yaml", "binary.yaml: error: the file is not text\n"],
    ["latin1.yaml", "latin1.yaml: error: the file is not text\n"],
    ["empty.yaml", "empty.yaml: error: the file is empty\n"],
    ["boot.yaml/x", "error: cannot read boot.yaml/x: a part of its path is not a directory\n"],
  ])("gets one clear error, exit 2 and no stack trace: %s", async (file, message) => {
    const cwd = folder({
      "boot.yaml": BOOT,
      ...(file === "large.yaml" && { "large.yaml": new Uint8Array(50_000_000) }),
      "binary.yaml": Uint8Array.from({ length: 1000 }, (_, i) => i % 256),
      "latin1.yaml": Buffer.from("scenario: caf\u00e9\n", "latin1"),
      "empty.yaml": "",
    });
    mkdirSync(join(cwd, "folder"));
    for (const command of ["run", "check"]) {
      const { code, stdout, stderr } = await novasim(cwd, [command, file]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(message);
      expect(stderr).not.toMatch(/^\s+at /mu);
      expect(stderr).toContain(`repeat with: novasim ${command} ${file}\n`);
    }
  });

  it("may be a pipe that never ends", async () => {
    const { code, stderr } = await novasim(folder(), ["check", "/dev/zero"]);
    expect(code).toBe(2);
    expect(stderr).toContain("/dev/zero: error: the file is too large");
  });
});

describe("novasim check", () => {
  it("says everything that is wrong in every file", async () => {
    const cwd = folder({ "a.yaml": BOOT, "b.yaml": "scenario: b\nsteps:\n  - rnu: x\nsede: 1\n" });
    const { code, stdout, stderr } = await novasim(cwd, ["check", "a.yaml", "b.yaml"]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "a.yaml: ok, 2 steps\n" });
    expect(stderr).toContain("b.yaml:3:5: error: unknown kind of step `rnu`");
    expect(stderr).toContain("b.yaml:4:1: error: unknown key `sede`");
    expect(stderr).toMatch(/repeat with: novasim check b\.yaml\n$/u);
  });
});

describe("novasim init", () => {
  it("writes a scenario that checks, with its schema beside it", async () => {
    const cwd = folder();
    expect((await novasim(cwd, ["init"])).code).toBe(0);
    const text = readFileSync(join(cwd, "scenario.yaml"), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=./novasim.schema.json");
    const schema = readFileSync(join(cwd, "novasim.schema.json"), "utf8");
    expect(schema).toBe((await novasim(cwd, ["schema"])).stdout);
    expect((await novasim(cwd, ["check", "scenario.yaml"])).code).toBe(0);
  });

  it("gives programs one JSON document, and says which folder is missing", async () => {
    const cwd = folder();
    const { stdout } = await novasim(cwd, ["init", "a.yaml", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({ command: "init", ok: true, file: "a.yaml" });
    const { code, stderr } = await novasim(cwd, ["init", "no/a.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("  Make no first.\n");
  });

  it("never overwrites", async () => {
    const cwd = folder({ "mine.yaml": "precious" });
    const { code, stderr } = await novasim(cwd, ["init", "mine.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("error: mine.yaml exists; it is left as it is");
    expect(readFileSync(join(cwd, "mine.yaml"), "utf8")).toBe("precious");
  });
});

describe("usage", () => {
  it.each([
    [["rnu"], "error: unknown command 'rnu'\n(Did you mean run?)"],
    [["run"], "error: missing required argument 'scenarios'"],
    [["run", "x", "--sed", "1"], "(Did you mean one of --seed, --set?)"],
    [["run", "x", "--seed", "-1"], "A seed is a whole number from 0 to 4294967295."],
    [["run", "x", "--seed", "1e3"], "A seed is a whole number from 0 to 4294967295."],
    [["run", "x", "--as", "mermaidd"], "Did you mean mermaid?"],
    [["run", "x", "--detail", "more"], "Allowed choices are flow, full."],
    [["run", "x", "y", "--record", "z"], "error: --record takes one scenario"],
    [["run", "x", "--json", "--as", "text"], "error: --json and --as both want standard output"],
    [[], "Usage: novasim"],
  ])("is explained when it is wrong: %j", async (argv, message) => {
    const { code, stderr } = await novasim(folder(), argv);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  it("is explained when asked for, with examples, on standard output", async () => {
    const { code, stdout, stderr } = await novasim(folder(), ["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("novasim replay boot.jsonl");
  });

  it("prints the version of package.json", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect((await novasim(folder(), ["--version"])).stdout).toBe(`${version}\n`);
  });
});

describe("colours", () => {
  it.each([
    ["only on a terminal", true, {}, true],
    ["not in a pipe", false, {}, false],
    ["not with NO_COLOR", true, { NO_COLOR: "1" }, false],
    ["in a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, true],
    ["not with both", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["not on a dumb terminal", true, { TERM: "dumb" }, false],
  ])("are used %s", async (_what, tty, env, coloured) => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { stdout } = await novasim(cwd, ["run", "boot.yaml"], { tty, env });
    expect(stdout.includes("\u001b[")).toBe(coloured);
  });
});

describe("the line that repeats a failure", () => {
  it("means the same to a shell, whatever is in it", async () => {
    const names = [
      "a b.yaml",
      "it's.yaml",
      "$HOME`id`.yaml",
      "-n",
      "new\nline.yaml",
      "back\\slash",
    ];
    const { stderr } = await novasim(folder(), ["check", "--", ...names]);
    const line = /repeat with: novasim check ([\s\S]*)\n$/u.exec(stderr)?.[1] ?? "";
    const words = execFileSync("bash", ["-c", `printf '%s\\0' ${line}`], {
      encoding: "utf8",
    }).split("\0");
    expect(words.slice(0, -1)).toEqual(names.map((name) => (name === "-n" ? "./-n" : name)));
  });
});
