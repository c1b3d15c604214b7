/** `novasim teach`: the lessons in their order, each question before its answer. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { folder, novasim, type Setting } from "./bed.js";

const teach = (words: readonly string[], input = "", setting: Setting = {}) =>
  novasim(folder(), ["teach", ...words], { input, ...setting });

describe("the lessons", () => {
  it("are all scenarios of the README in its order, under its headings", async () => {
    const readme = readFileSync(resolve("scenarios/README.md"), "utf8");
    const named = [...readme.matchAll(/^(?:\d+\.|-) \[([\w-]+)\]/gmu)].map(([, name = ""]) => name);
    const { code, stdout } = await teach(["--list", "--json"]);
    expect(code).toBe(0);
    const { lessons } = JSON.parse(stdout) as { lessons: { name: string; questions: number }[] };
    expect(lessons.map(({ name }) => name)).toEqual(named);
    expect(lessons.filter(({ questions }) => questions > 1).length).toBeGreaterThanOrEqual(8);
    const list = await teach(["--list"]);
    expect(list.stdout).toMatch(/^First: a server's life\n +\d+ {2}boot-and-shelve /mu);
    expect(list.stdout).not.toMatch(/[[\]`]/u);
    expect((await teach(["boot", "--list"])).stdout.trim().split("\n")).toHaveLength(2);
  });

  it.each([
    [["bot"], 'there is no lesson "bot"\n  Did you mean "boot"?'],
    [["999"], "`novasim teach --list` has them all."],
    [["__proto__"], 'there is no lesson "__proto__"'],
    [["boot", "--json"], "teach is for people"],
    [["boot", "--handout", "boot.pdf"], "expected a name that ends in .md or .html"],
    [["--handout", "all.html"], "a page is of one lesson"],
    [["boot", "--handout", "missing/boot.md"], "cannot write missing/boot.md"],
  ])("refuse %j", async (words, message) => {
    const { code, stdout, stderr } = await teach(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("a lesson", () => {
  it("stops after a question, and tells the note, the flow and the answer after that", async () => {
    const asked = await teach(["bus-call-and-cast"], "quit\n");
    expect(asked.code).toBe(0);
    expect(asked.stdout).toMatch(/^\d+\. bus-call-and-cast: the two ways to speak/u);
    expect(asked.stdout).toMatch(/\n \? A cast has no answer\.[^\n]*\n.*$/u);
    expect(asked.stdout).not.toContain("The command is over before");
    const told = (await teach(["bus-call-and-cast"], "\nquit\n")).stdout;
    expect(told.startsWith(asked.stdout)).toBe(true);
    const parts = ["── 1 ──", " ? ", "   A cast. The command", "cast write_note", " = No time"];
    const places = parts.map((part) => told.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // Before the next step there is a pause again.
    expect(told).not.toContain("── 2 ──");
  });

  it("goes on without pauses when a pipe has no more, and tells what show tells", async () => {
    const recording = resolve("scenarios/bus-call-timeout.timeline.jsonl");
    const { stdout } = await novasim(folder(), ["show", recording]);
    const taught = await teach(["bus-call-timeout"]);
    expect(taught.code).toBe(0);
    expect(taught.stdout.endsWith(stdout)).toBe(true);
  });

  it("waits for a person, who may leave at any pause", async () => {
    const setting = { tty: true, env: { NO_COLOR: "1" } };
    const left = await teach(["boot"], "", setting);
    expect(left).toMatchObject({ code: 0, stderr: "" });
    expect(left.stdout).toMatch(/ {3}… Enter: what happens \n$/u);
    const slip = await teach(["boot"], "quti\nhelp\nq\n", setting);
    expect(slip.code).toBe(0);
    expect(slip.stdout).toContain('"quti" says nothing here. Did you mean quit?');
    expect(slip.stdout).toContain("   again: this lesson from its beginning\n");
  });

  it("is followed by the next one where none was named, or skipped, or told again", async () => {
    const { stdout } = await teach([], "skip\nskip\nagain\nskip\nquit\n");
    const heads = [...stdout.matchAll(/^(\d+)\. [\w-]+: /gmu)].map(([, number]) => Number(number));
    expect(heads).toEqual([1, 2, 3, 3, 4]);
    const named = await teach(["2"], "skip\n");
    expect(named.stdout.match(/^\d+\. /gmu)).toHaveLength(1);
  });

  it("tells a script what it could not read, and ends when nobody reads any more", async () => {
    const { code, stdout } = await teach(["boot"], "<script>\u001b[2J\n");
    expect(code).toBe(2);
    expect(stdout).not.toContain("\u001b");
    const closed = await teach([], "", { closeAfter: 300 });
    expect(closed.code).toBe(0);
    expect(closed.stdout.length).toBeLessThan(2_000);
  });
});

describe("a handout", () => {
  it("has what is asked first and every answer at its end", async () => {
    const cwd = folder();
    const { code, stdout, stderr } = await novasim(cwd, [
      "teach",
      "shelve-race",
      "--handout",
      "race.md",
    ]);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "",
      stderr: "race.md: shelve-race\n",
    });
    const text = readFileSync(join(cwd, "race.md"), "utf8");
    const [asked = "", answered = ""] = text.split("## Answers");
    expect(asked).toContain("How many snapshots are made");
    expect(asked).toContain("\n3. `");
    expect(asked).not.toContain("answered 409");
    expect(answered).toContain("answered 409");
    const again = await novasim(cwd, ["teach", "boot", "--handout", "race.md"]);
    expect(again.code).toBe(0);
    writeFileSync(join(cwd, "mine.md"), "# My own notes\n");
    const mine = await novasim(cwd, ["teach", "boot", "--handout", "mine.md"]);
    expect(mine.code).toBe(2);
    expect(mine.stderr).toContain("mine.md exists and is not a handout of novasim");
    expect(readFileSync(join(cwd, "mine.md"), "utf8")).toBe("# My own notes\n");
  });

  it("is not made of the list", async () => {
    const { code, stderr } = await teach(["--list", "--handout", "x.md"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("--list prints and --handout")]);
  });

  it("is of all lessons that ask, or a page of one", async () => {
    const cwd = folder();
    await novasim(cwd, ["teach", "--handout", "all.md"]);
    const text = readFileSync(join(cwd, "all.md"), "utf8");
    expect(text.match(/^## /gmu)?.length).toBeGreaterThan(8);
    expect(text.indexOf("## Answers")).toBeGreaterThan(text.lastIndexOf("Questions:"));
    expect((await novasim(cwd, ["teach", "boot", "--handout", "boot.html"])).code).toBe(0);
    expect(existsSync(join(cwd, "boot.html"))).toBe(true);
  });
});
