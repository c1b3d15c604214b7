/** `run --follow`: each line when its virtual time has come; the run itself is not changed by it. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { Follower } from "../../src/cli/play/follower.js";
import type { Out } from "../../src/cli/io.js";
import { PLAIN } from "../../src/views/view.js";
import { BOOT, folder, LONG, novasim } from "./bed.js";

/** A clock of the test's own, and what was written when. */
class Bench {
  time = 1_000;
  readonly written: { readonly at: number; readonly text: string }[] = [];
  closed = false;
  readonly out: Out;

  constructor() {
    const written = this.written;
    const now = (): number => this.time;
    const isClosed = (): boolean => this.closed;
    this.out = {
      tty: false,
      columns: undefined,
      rows: undefined,
      get closed() {
        return isClosed();
      },
      write: (text) => void written.push({ at: now(), text }),
      drained: () => Promise.resolve(),
    };
  }

  follower(speed: number, filter = ""): Follower {
    return new Follower({
      out: this.out,
      paint: PLAIN,
      speed,
      filter,
      now: () => this.time,
      wait: (milliseconds) => {
        this.time += milliseconds;
        return Promise.resolve();
      },
    });
  }
}

const recorded = readFileSync(resolve("scenarios/boot.timeline.jsonl"), "utf8").trim().split("\n");

/** Virtual milliseconds, as a line tells them in seconds. */
const toldTime = (text: string): number =>
  Number(/^ *\d+ +(\d+\.\d{3}) {2}/u.exec(text)?.[1]) * 1_000;

describe("a follower", () => {
  it.each([1, 2, 0.5])("shows each entry at its time, at speed %d", async (speed) => {
    const bench = new Bench();
    const follower = bench.follower(speed);
    for (const line of recorded) follower.write(line);
    await follower.show(false);
    const lines = bench.written.filter(({ text }) => !Number.isNaN(toldTime(text)));
    expect(lines.length).toBeGreaterThan(50);
    for (const { at, text } of lines) {
      expect(Math.abs((at - 1_000) * speed - toldTime(text))).toBeLessThan(1);
    }
  });

  it("says the same in whatever pieces it hears of the run", async () => {
    const whole = new Bench();
    const all = whole.follower(1);
    for (const line of recorded) all.write(line);
    await all.show(false);
    const pieces = new Bench();
    const one = pieces.follower(1);
    for (const line of recorded) {
      one.write(line);
      await one.show(true);
    }
    await one.show(false);
    expect(pieces.written).toEqual(whole.written);
  });

  it("shows a part, and stops at once", async () => {
    const bench = new Bench();
    const casts = bench.follower(1, "kind:cast");
    for (const line of recorded) casts.write(line);
    await casts.show(false);
    const rows = bench.written.filter(({ text }) => !text.includes("──"));
    expect(rows.map(({ text }) => text).join("")).toMatch(
      /^( *\d+ +[\d.]+ {2}\S+ ╌╌> .* cast .*\n)+$/u,
    );
    const before = bench.written.length;
    const stopped = bench.follower(1);
    for (const line of recorded) stopped.write(line);
    stopped.stop();
    await stopped.show(false);
    bench.closed = true;
    const unread = bench.follower(1);
    for (const line of recorded) unread.write(line);
    await unread.show(false);
    expect(bench.written).toHaveLength(before);
  });
});

describe("run --follow", () => {
  it("shows the flow and its end, and records the same bytes", async () => {
    const text = BOOT.replace(
      "  - wait",
      "    question: Who waits?\n    answer: Nobody.\n  - wait",
    );
    const cwd = folder({ "boot.yaml": text });
    await novasim(cwd, ["run", "boot.yaml", "--record", "plain.jsonl"]);
    const { code, stdout, stderr } = await novasim(cwd, [
      ...["run", "boot.yaml", "--follow", "--speed", "1000000", "--record", "followed.jsonl"],
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^boot: ok, 2 steps/u);
    const parts = [
      "── 1 ── nova boot t3",
      " ? Who waits?",
      "POST /v2/",
      " = Nobody.",
      "── 2 ── wait",
    ];
    const places = parts.map((part) => stdout.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBe(0);
    const bytes = (file: string): string => readFileSync(join(cwd, file), "utf8");
    expect(bytes("followed.jsonl")).toBe(bytes("plain.jsonl"));
  });

  it("ends with Ctrl-C while it waits, and when nobody reads any more", async () => {
    const cwd = folder({ "long.yaml": LONG });
    const interrupted = await novasim(cwd, ["run", "long.yaml", "--follow"], {
      onRun: (interrupt) => void setImmediate(interrupt),
    });
    expect(interrupted.code).toBe(130);
    expect(interrupted.stderr).toBe(
      "long: interrupted\nrepeat with: novasim run long.yaml --follow\n",
    );
    const argv = ["run", "long.yaml", "--follow", "--speed", "1000000"];
    const closed = await novasim(cwd, argv, { closeAfter: 500 });
    expect(closed).toMatchObject({ code: 0, stderr: "" });
  });

  it.each([
    [["--speed", "2"], "--speed is that of --follow"],
    [["--follow", "--speed", "0"], "A speed is a number above 0"],
    [["--follow", "--speed", "fast"], "A speed is a number above 0"],
    [["--follow", "--json"], "--follow and --json both want standard output"],
    [["--follow", "--as", "svg"], "--follow and --as both want standard output"],
    [["--follow", "boot.yaml"], "--follow takes one scenario"],
    [["--follow", "--filter", "sevice:x"], "Did you mean service?"],
    [["--record", "x.jsonl", "--server", "t3"], "a filter chooses what is printed, and nothing is"],
    [["--as", "scheduler", "--kind", "cast"], "--as scheduler shows a run whole"],
  ])("refuses %j", async (words, message) => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { code, stdout, stderr } = await novasim(cwd, ["run", "boot.yaml", ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});
