/** What shells complete behind `novasim`: asked of a real bash, and of the scripts of those that may not be here. */
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { folder, novasim } from "./bed.js";

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;
const script = async (shell: string): Promise<string> =>
  (await novasim(folder(), ["completion", shell])).stdout;

describe.skipIf(!has("bash"))("in bash", () => {
  /** What there is for the last of `words` when the tabulator is pressed. */
  const completed = async (...words: string[]): Promise<string[]> => {
    const text = await script("bash");
    const cwd = folder({ "mine.yaml": "", "other.yml": "", "run.jsonl": "", "notes.md": "" });
    fs.mkdirSync(path.join(cwd, "deeper"));
    const asked = `${text}
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
_novasim
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const output = execFileSync("bash", ["--norc", "-c", asked, "bash", "novasim", ...words], {
      cwd,
      encoding: "utf8",
    });
    return output.split("\n").filter((line) => line !== "");
  };

  it("completes commands, and those behind help", async () => {
    expect(await completed("rep")).toEqual(["replay"]);
    expect(await completed("help", "comp")).toEqual(["completion"]);
    expect(await completed("")).toEqual(expect.arrayContaining(["run", "show", "view", "help"]));
  });

  it("completes options of the command and of all commands", async () => {
    expect(await completed("run", "--se")).toEqual(["--seed", "--server", "--service", "--set"]);
    expect(await completed("run", "boot", "--qu")).toEqual(["--quiet"]);
    expect(await completed("--js")).toEqual(["--json"]);
    expect(await completed("list", "--se")).toEqual([]);
  });

  it("completes what stands behind an option", async () => {
    expect(await completed("run", "boot", "--as", "s")).toEqual(["svg", "scheduler", "shiviz"]);
    expect(await completed("view", "boot", "--detail", "")).toEqual(["flow", "full"]);
    expect(await completed("diff", "--as", "")).toEqual(["text", "html"]);
    expect(await completed("run", "boot", "--record", "no")).toEqual(["notes.md"]);
    expect(await completed("run", "boot", "--seed", "")).toEqual([]);
  });

  it("completes names of scenarios that ship, and files that fit", async () => {
    expect(await completed("run", "boot-no")).toEqual(["boot-no-valid-host"]);
    expect(await completed("run", "m")).toEqual(expect.arrayContaining(["mine.yaml"]));
    expect(await completed("check", "o")).toContain("other.yml");
    expect((await completed("show", "")).sort()).toEqual(["deeper", "run.jsonl"]);
    expect(await completed("view", "ru")).toEqual(["run.jsonl"]);
    expect(await completed("completion", "")).toEqual(["bash", "zsh", "fish"]);
  });

  it("completes a file whose name has a space in it as one", async () => {
    const text = await script("bash");
    const cwd = folder({ "my scenario.yaml": "" });
    const asked = `${text}\nCOMP_WORDS=(novasim run my) COMP_CWORD=2\n_novasim\necho "\${COMPREPLY[-1]}"`;
    expect(execFileSync("bash", ["--norc", "-c", asked], { cwd, encoding: "utf8" })).toBe(
      "my scenario.yaml\n",
    );
  });
});

describe.each(["bash", "zsh", "fish"])("the script of %s", (shell) => {
  it("knows every command and every option that help shows", async () => {
    const text = await script(shell);
    const { stdout } = await novasim(folder(), ["--help"]);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+) .*? {2,}\S/gmu)].map(([, name]) => name);
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) expect(text).toContain(command);
    const { stdout: run } = await novasim(folder(), ["help", "run"]);
    for (const [, option = ""] of run.matchAll(/^ {2}--([a-z]+)/gmu))
      expect(text).toContain(option);
  });

  it.skipIf(!has(shell))("is one that the shell can read", async () => {
    const file = path.join(folder({ script: await script(shell) }), "script");
    expect(spawnSync(shell, ["-n", file], { encoding: "utf8" })).toMatchObject({ status: 0 });
  });
});

it("is refused for a shell that there is none for", async () => {
  const { code, stderr } = await novasim(folder(), ["completion", "tcsh"]);
  expect(code).toBe(2);
  expect(stderr).toContain("Allowed choices are bash, zsh, fish.");
});
