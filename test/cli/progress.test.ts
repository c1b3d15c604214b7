import { describe, expect, it } from "vitest";
import type { Io, Out } from "../../src/cli/io.js";
import { overProgress, percent, Progress } from "../../src/cli/terminal/progress.js";
import { BOOT, folder, novasim, type Outcome, type Setting } from "./bed.js";

const BACK = "\r\u001b[K";

/** What is on a terminal's last line after `text`, and whether it was ever broken by its width. */
function lastLine(text: string): string {
  return text.slice(Math.max(text.lastIndexOf("\n"), text.lastIndexOf(BACK) + BACK.length - 1) + 1);
}

class Screen implements Out {
  readonly tty: boolean;
  readonly columns: number | undefined;
  readonly rows = undefined;
  readonly closed = false;
  text = "";

  constructor(tty = true, columns?: number) {
    this.tty = tty;
    this.columns = columns;
  }

  write(text: string): void {
    this.text += text;
  }

  drained(): Promise<void> {
    return Promise.resolve();
  }
}

function bed({
  tty = true,
  columns,
  quiet = false,
  env = {},
}: {
  readonly tty?: boolean;
  readonly columns?: number;
  readonly quiet?: boolean;
  readonly env?: Io["env"];
} = {}): {
  readonly stderr: Screen;
  readonly io: Io;
  readonly progress: Progress;
  readonly pass: (ms: number) => void;
} {
  let time = 0;
  const stderr = new Screen(tty, columns);
  const outside = { cwd: "/", env, stdout: new Screen(), stderr, now: () => time } as unknown as Io;
  const progress = new Progress(outside, () => quiet);
  const pass = (ms: number): void => {
    time += ms;
  };
  return { stderr, io: overProgress(outside, progress), progress, pass };
}

describe("the line of progress", () => {
  it("is not there in the first second, and is written over in its place after it", () => {
    const { stderr, progress, pass } = bed();
    progress.tell(() => "one");
    pass(999);
    progress.tell(() => "two");
    expect(stderr.text).toBe("");
    pass(1);
    progress.tell(() => "three");
    pass(100);
    progress.tell(() => "four");
    expect(stderr.text).toBe(`${BACK}three ...${BACK}four ...`);
  });

  it("makes no words that nobody reads", () => {
    const { progress, pass } = bed();
    let made = 0;
    const words = (): string => `${String(++made)} times`;
    for (let i = 0; i < 2_000; i++) {
      progress.tell(words);
      pass(1);
    }
    expect(made).toBe(10);
  });

  it("is gone before anything else is written, and comes again only after another second", () => {
    const { stderr, io, progress, pass } = bed();
    pass(1_000);
    progress.tell(() => "working");
    io.stderr.write("news\n");
    pass(500);
    progress.tell(() => "too soon");
    progress.begin("too soon as well");
    expect(stderr.text).toBe(`${BACK}working ...${BACK}news\n`);
    pass(500);
    progress.tell(() => "still working");
    io.stdout.write("a line of the view\n");
    expect(lastLine(stderr.text)).toBe("");
  });

  it("says what begins at once where somebody waits already, and not where all is quick", () => {
    const quick = bed();
    quick.progress.begin("comparing");
    expect(quick.stderr.text).toBe("");
    const slow = bed();
    slow.pass(1_000);
    slow.progress.tell(() => "reading");
    slow.progress.begin("comparing");
    expect(lastLine(slow.stderr.text)).toBe("comparing ...");
  });

  it.each([
    ["in a pipe", { tty: false }],
    ["with --quiet", { quiet: true }],
    ["on a terminal that cannot go back", { env: { TERM: "dumb" } }],
  ])("is never there %s", (_where, setting) => {
    const { stderr, progress, pass } = bed(setting);
    pass(60_000);
    progress.tell(() => "working");
    progress.begin("working");
    progress.clear();
    expect(stderr.text).toBe("");
  });

  it("is never broken by the edge of the screen, whatever it says", () => {
    const { stderr, progress, pass } = bed({ columns: 12 });
    pass(1_000);
    progress.tell(() => "日本語の長い名前.jsonl");
    expect(lastLine(stderr.text)).toBe("日本語の長");
    pass(100);
    progress.tell(() => "two\nlines");
    expect(lastLine(stderr.text)).toBe("two lines .");
  });

  it("says how much of something is done, of nothing too", () => {
    expect([percent(0, 10), percent(999, 1_000), percent(10, 10), percent(0, 0)]).toEqual([
      "0 %",
      "99 %",
      "100 %",
      "100 %",
    ]);
  });
});

/** A clock that goes on by ten seconds whenever somebody looks: all work takes long. */
function slowly(): () => number {
  let time = 0;
  return () => (time += 10_000);
}

const watched = (argv: readonly string[], cwd: string, setting: Setting = {}): Promise<Outcome> =>
  novasim(cwd, argv, { tty: true, now: slowly(), ...setting });

describe("a command that takes its time", () => {
  it("says which step a run is at and how far its time is, and leaves nothing of it", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { code, stdout, stderr } = await watched(["run", "boot.yaml"], cwd);
    expect(code).toBe(0);
    expect(stderr).toMatch(/boot: step \d+, [\d.]+\w+ of virtual time, \d+ events/u);
    expect(lastLine(stderr)).toBe("");
    expect(stdout).not.toContain(BACK);
  });

  it("says how much of a recording it has read", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, ["run", "boot.yaml", "--record", "boot.jsonl"]);
    for (const argv of [
      ["show", "boot.jsonl"],
      ["export", "boot.jsonl", "--to", "text"],
      ["diff", "boot.jsonl", "boot.jsonl"],
      ["inspect", "boot.jsonl"],
    ]) {
      const { stderr } = await watched(argv, cwd);
      expect(stderr).toContain("reading boot.jsonl: 100 %");
      expect(lastLine(stderr)).toBe("");
    }
  });

  it("says how many of the files it has checked", async () => {
    const cwd = folder({ "a.yaml": BOOT, "b.yaml": BOOT });
    const { stderr } = await watched(["check", "a.yaml", "b.yaml"], cwd);
    expect(stderr).toContain("checking b.yaml, 2 of 2");
  });

  it("prints the same in a pipe, with nothing of that in it", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const argv = ["run", "boot.yaml", "--as", "jsonl"];
    const piped = await watched(argv, cwd, { tty: false });
    expect(piped).toEqual(await novasim(cwd, argv));
    expect(piped.stderr).not.toContain("\r");
  });

  it("uses no colour for it, so that NO_COLOR has nothing to take away", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { stderr } = await watched(["run", "boot.yaml"], cwd, { env: { NO_COLOR: "1" } });
    expect(stderr).toContain("of virtual time");
    expect(stderr.replaceAll(BACK, "")).not.toContain("\u001b");
  });
});
