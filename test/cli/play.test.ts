/** `novasim play`: the prompt of lines for scripts, and the keys of a terminal. */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/text/width.js";
import { BOOT, folder, novasim, type Setting } from "./bed.js";

const RECORDING = resolve("scenarios/boot-no-valid-host.timeline.jsonl");

const play = (input: string, setting: Setting = {}, ...more: string[]) =>
  novasim(folder(), ["play", RECORDING, ...more], { input, ...setting });

/** What was said to each line, by the line. */
function saidTo(stdout: string): Map<string, string[]> {
  const said = new Map<string, string[]>();
  for (const block of stdout.split(/^> /mu).slice(1)) {
    const [line = "", ...lines] = block.trimEnd().split("\n");
    said.set(line, lines);
  }
  return said;
}

describe("the prompt", () => {
  it("steps through a run and says where one has come to", async () => {
    const { code, stdout, stderr } = await play(
      "next chapter\nnext\n\nto 42\nto 0.2s\nlast\nnext\n",
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const said = saidTo(stdout);
    expect(stdout).toMatch(/^boot-no-valid-host: .*\nseed 14, 145 entries, 5 steps; /u);
    expect(said.get("next chapter")?.at(0)).toMatch(/server big is now error/u);
    expect(said.get("next chapter")?.join("\n")).toContain("── 2 ── wait for server big");
    expect(said.get("next")?.join("\n")).toMatch(/holds: wait for server big|This is the end/u);
    expect(said.get("to 42")?.at(-1)).toMatch(/^ {4}42 /u);
    expect(said.get("to 0.2s")?.at(-1)).toMatch(/^ +\d+ +0\.1\d\d /u);
  });

  it("is back where one was, by the step that one came by", async () => {
    const lines = ["to 50", "next entry", "next", "next problem", "next chapter"];
    const back = ["back chapter", "back problem", "back", "back entry"];
    const { stdout } = await play([...lines, ...back].join("\n"));
    const places = stdout
      .split(/^> /mu)
      .slice(1)
      .map((block) => block.trimEnd().split("\n").at(-1));
    // After each step back the place before its step forward.
    expect(places.slice(5)).toEqual([places[3], places[2], places[1], places[0]]);
  });

  it("undoes any move, and goes to causes and consequences", async () => {
    const { stdout } = await play("to 30\ncause\nled\nundo\nundo\nundo\nundo\n");
    const places = stdout
      .split(/^> /mu)
      .slice(1)
      .map((block) => block.trimEnd().split("\n").at(-1));
    expect(places[3]).toBe(places[1]);
    expect(places[4]).toBe(places[0]);
    expect(places[6]).toBe("There was no move before.");
  });

  it("shows an entry, a row, queues and whatever else there was", async () => {
    const { code, stdout } = await play(
      "next problem\nentry\nqueues\nbig\nnova.instances\nnow\nservers\n",
    );
    const said = saidTo(stdout);
    expect(code).toBe(0);
    expect(said.get("entry")?.join("\n")).toMatch(/Because of\n +\d+ .*\nLed to/u);
    expect(said.get("queues")?.[1]).toMatch(/queue +waiting +taken/u);
    expect(said.get("big")).toEqual(said.get("nova.instances"));
    expect(said.get("big")?.join("\n")).toMatch(/ vm_state +/u);
    expect(said.get("now")?.slice(0, 3)).toEqual(said.get("servers"));
  });

  it("filters and follows, and counts what is left", async () => {
    const { stdout } = await play(
      "filter kind:cast\nnext\nfilter kind:nothing\nfilter\nto build_instances\nfollow\nunfollow\nlevel entries\n",
    );
    const said = saidTo(stdout);
    expect(said.get("filter kind:cast")?.[0]).toMatch(/^\d+ of \d+ rows match kind:cast$/u);
    expect(said.get("next")?.join("\n")).toContain("cast build_instances");
    expect(said.get("filter kind:nothing")?.[0]).toMatch(/^No row matches kind:nothing/u);
    expect(said.get("filter")?.[0]).toMatch(/^\d+ rows at level /u);
    expect(said.get("follow")?.[0]).toMatch(/^\d+ of \d+ rows match request:req-/u);
    expect(said.get("level entries")?.[0]).toMatch(/^\d+ rows at level entries$/u);
  });

  it("tells what it cannot do, goes on, and says so at its end", async () => {
    const evil = `__proto__ \u001b[2J <script>`;
    const lines = [
      "nxt",
      "to 99999",
      "to",
      "filter sevice:x",
      "next week",
      evil,
      "x".repeat(10_000),
    ];
    const { code, stdout, stderr } = await play([...lines, "level top", "servers"].join("\n"));
    expect(code).toBe(2);
    expect(stderr).toBe("8 lines could not be obeyed\n");
    const said = saidTo(stdout);
    expect(said.get("nxt")?.[1]).toBe('  Did you mean "next"?');
    expect(said.get("to 99999")).toEqual(["there is no entry 99999", "  They go from 0 to 144."]);
    expect(said.get("filter sevice:x")?.[0]).toBe('No key "sevice". Did you mean service?');
    expect(said.get("servers")?.[0]).toMatch(/^servers/u);
    expect(stdout).not.toContain("\u001b");
  });

  it("ends with quit, with the end of input, and when nobody reads any more", async () => {
    const quit = await play("quit\nnext\n");
    expect(quit.stdout).not.toContain("> next");
    const closed = await play("next\n".repeat(1_000), { closeAfter: 2_000 });
    expect(closed.code).toBe(0);
    expect(closed.stdout.length).toBeLessThan(4_000);
    expect((await play("")).code).toBe(0);
  });

  it("prompts on a terminal that can do no more, or where it is asked for", async () => {
    const dumb = await play("next\n", { tty: true, env: { TERM: "dumb" } });
    expect(dumb.stdout).toMatch(/^\d+> /mu);
    expect(dumb.stdout).not.toContain("\u001b[?1049h");
    const asked = await play("nonsense\n", { tty: true, env: { NO_COLOR: "1" } }, "--prompt");
    // A person has seen it.
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(asked.stdout).not.toContain("\u001b");
    const quiet = await play("next\n", {}, "--quiet");
    expect(quiet.stdout).not.toMatch(/^> |seed 14/mu);
  });

  it("plays what runs, and ends with how it ended", async () => {
    const bad = `${BOOT}expect: { server: { t3: { status: ERROR } } }\n`;
    const cwd = folder({ "boot.yaml": BOOT, "bad.yaml": bad });
    const good = await novasim(cwd, ["play", "boot.yaml"], { input: "last\n" });
    expect(good.code).toBe(0);
    expect(good.stdout).toContain("boot: Boot an instance");
    expect((await novasim(cwd, ["play", "bad.yaml"], { input: "last\n" })).code).toBe(1);
  });

  it.each([
    [["play", "missing.jsonl"], "cannot read missing.jsonl"],
    [["play", "empty.jsonl"], "the file is empty"],
    [["play", "boot.jsonl", "--json"], "play is for people"],
    [["play", "boot.jsonl", "--seed", "3"], "a recording is as it was run"],
    [["play", "."], "is a folder of 2 scenarios"],
  ])("refuses %j", async (argv, message) => {
    const cwd = folder({ "a.yaml": BOOT, "b.yaml": BOOT, "empty.jsonl": "", "boot.jsonl": "" });
    const { code, stdout, stderr } = await novasim(cwd, argv, { input: "next\n" });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("repeat with: novasim play ");
  });

  it("shows a recording that was cut off, up to there", async () => {
    const text = readFileSync(RECORDING, "utf8");
    const cwd = folder();
    writeFileSync(join(cwd, "cut.jsonl"), text.slice(0, text.length / 2));
    const { code, stderr } = await novasim(cwd, ["play", "cut.jsonl"], { input: "last\n" });
    expect(code).toBe(0);
    expect(stderr).toBe("cut.jsonl: its last line was cut off; this is the run up to there\n");
    const [header = ""] = text.split("\n");
    writeFileSync(join(cwd, "none.jsonl"), `${header}\n`);
    const none = await novasim(cwd, ["play", "none.jsonl"], {
      input: "next\nentry\nlast\nto x\nnow\n",
    });
    expect(none.stdout).toContain("This recording has no entries.");
  });
});

describe("the terminal", () => {
  const screens = async (keys: readonly string[], setting: Setting = {}) => {
    const size = { columns: 100, rows: 30 };
    const outcome = await play("", {
      tty: true,
      env: { NO_COLOR: "1" },
      ...size,
      ...setting,
      keys,
    });
    const frames = outcome.stdout.split("\u001b[H").slice(1);
    return {
      ...outcome,
      frames: frames.map((frame) =>
        frame.split("\u001b[K").map((line) => line.replace(/^\r\n/u, "")),
      ),
    };
  };
  const cursor = (frame: readonly string[] | undefined): string =>
    frame?.find((line) => /^[▶▷]/u.test(line)) ?? "";

  it("draws as much as there is room for, and moves by the page's keys", async () => {
    const { code, frames } = await screens(["j", "right", "]", "[", "k", "q"]);
    expect(code).toBe(0);
    expect(frames.map(({ length }) => length)).toEqual(frames.map(() => 31));
    const cursors = frames.map(cursor);
    expect(cursors[0]).toContain("── 1 ──");
    expect(cursors[3]).toContain("── 2 ──");
    // Back by the step that one came by.
    expect(cursors[4]).toBe(cursors[2]);
    expect(cursors[5]).toBe(cursors[1]);
  });

  it.each([
    [40, 10],
    [20, 5],
    [200, 60],
    [1, 1],
  ])("fits %d columns and %d lines", async (wide, rows) => {
    const { frames } = await screens(["j", "i", "i", "?", "n", ":"], { columns: wide, rows });
    for (const frame of frames) {
      expect(frame.length - 1).toBeLessThanOrEqual(Math.max(rows, 3));
      if (wide >= 40) for (const line of frame) expect(columns(line)).toBeLessThanOrEqual(wide);
    }
  });

  it("takes words behind a colon and filters behind a slash, and lets them go", async () => {
    const { frames } = await screens([
      ":",
      ...Array.from("servers"),
      "return",
      "/",
      ...Array.from("kind:cast"),
      "return",
      "escape",
      ":",
      "x",
      "escape",
    ]);
    expect(frames.at(8)?.join("\n")).toContain(":servers");
    expect(frames.find((frame) => frame.join("\n").includes("servers  none"))).toBeDefined();
    expect(frames.find((frame) => frame[0]?.includes("rows match kind:cast"))).toBeDefined();
    expect(frames.at(-1)?.[0]).toMatch(/rows at level/u);
  });

  it("is given back however it ends", async () => {
    for (const [keys, code] of [
      [["ctrl-c"], 130],
      [["ctrl-d"], 0],
      [[], 0],
    ] as const) {
      expect(await screens(keys)).toMatchObject({ code });
    }
    const closed = await screens(["j", "j", "j"], { closeAfter: 100 });
    expect(closed).toMatchObject({ code: 0 });
    expect(closed.frames.length).toBeLessThan(3);
  });

  it("is drawn anew when its size changes, and marks an entry between two rows", async () => {
    const { frames } = await screens(["resized", ".", "."]);
    expect(frames[1]).toEqual(frames[0]);
    expect(frames.map(cursor).some((line) => line.startsWith("▷"))).toBe(true);
  });
});
