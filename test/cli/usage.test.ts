/** Command lines that mean nothing: what is wrong, exit 2, and the line that repeats it. */
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

describe("a command line that cannot be used", () => {
  it.each([
    [["bogus"], "error: unknown command 'bogus'"],
    [["rnu", "boot.yaml"], "(Did you mean run?)"],
    [["help", "exprot"], "error: unknown command 'exprot'\n  Did you mean export?"],
    [["exprot", "--help"], "error: unknown command 'exprot'\n  Did you mean export?"],
    [["help", "__proto__"], "error: unknown command '__proto__'\n  `novasim --help` lists"],
    [
      ["run", ""],
      "error: the argument is empty\n  Name a file; or is a variable of the shell not set?",
    ],
    [["diff", "boot.yaml", ""], "error: argument 2 is empty"],
    ...["show", "view", "play", "teach", "inspect", "replay", "coverage", "check", "init"].map(
      (command): [string[], string] => [[command, ""], "error: the argument is empty"],
    ),
    [["run"], "error: missing required argument 'scenarios'"],
    [["run", "boot.yaml", "--bogus"], "error: unknown option '--bogus'"],
    [["run", "boot.yaml", "--seed", "1e3"], "A seed is a whole number from 0 to 4294967295."],
    [["run", "boot.yaml", "--as", "jsnl"], "Did you mean jsonl?"],
    [["show", "boot.jsonl", "--as", "html"], "`novasim view FILE` makes it."],
    [["run", "boot.yaml", "--record", ""], "Name a file."],
    [["view", "boot.yaml", "--out", ""], "Name a file."],
    [["view", "boot.yaml", "--out", "-"], "A file of this name is ./-."],
    [
      ["diff", "boot.yaml", "boot.yaml", "--as", "html", "--out", "-"],
      "A file of this name is ./-.",
    ],
    [["run", "boot.yaml", "--record", "-"], "For standard output use --as jsonl"],
    [["run", "boot.yaml", "boot.yaml", "--record", "x"], "error: --record takes one scenario"],
  ])("says so and exits with 2: %j", async (argv, message) => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { code, stdout, stderr } = await novasim(cwd, argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(stderr).toMatch(/\nrepeat with: novasim [^\n]+\n$/u);
  });

  it("is none where help is asked for, of the program or of a command", async () => {
    for (const argv of [["help"], ["--help"], ["help", "export"]]) {
      const { code, stdout } = await novasim(folder(), argv);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: novasim/u);
    }
  });

  it("says what there is when nothing is asked for", async () => {
    const { code, stderr } = await novasim(folder(), []);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Usage: novasim/u);
    expect(stderr).not.toContain("repeat with:");
  });
});
