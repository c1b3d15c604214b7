/** Who may write a recording, and what becomes of one that was not written to its end. */
import { spawnSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CloudError } from "../../src/cloud/errors.js";
import { BOOT, folder, LONG, makePipe, novasim } from "./bed.js";

/** The number of a process that has ended. */
const dead = (): number => spawnSync("true").pid;

const lockOf = (holder: object): string =>
  JSON.stringify({ pid: process.pid, host: hostname(), since: 0, ...holder });

describe("a recording that is being written", () => {
  it.each([
    ["the same name", "out.jsonl"],
    ["a longer one", "./x/../out.jsonl"],
    ["a link to it", "link.jsonl"],
  ])("is refused to a second run by %s, at once and in clear words", async (_what, out) => {
    const cwd = folder({ "long.yaml": LONG, "boot.yaml": BOOT });
    symlinkSync("out.jsonl", join(cwd, "link.jsonl"));
    let interrupt: () => void = () => undefined;
    const first = novasim(cwd, ["run", "long.yaml", "--record", out], {
      onRun: (listener) => (interrupt = listener),
    });
    for (const other of ["out.jsonl", "link.jsonl"]) {
      const second = await novasim(cwd, ["run", "boot.yaml", "--record", other]);
      expect(second.code).toBe(2);
      expect(second.stderr).toMatch(
        /^error: \S+ is being recorded by another run \(process \d+\)\n {2}Choose another name after --record, or wait\. If there is no such run, remove \S+\/out\.jsonl\.lock\.\nrepeat with: /u,
      );
    }
    interrupt();
    expect((await first).code).toBe(130);
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toMatch(/^\{.*"scenario":"long"/u);
    expect(existsSync(join(cwd, "out.jsonl.lock"))).toBe(false);
    expect((await novasim(cwd, ["run", "boot.yaml", "--record", out])).code).toBe(0);
  });

  it.each([
    ["has ended", () => lockOf({ pid: dead() })],
    ["had the number that this one has now", () => lockOf({})],
  ])("can be written again when the process that locked it %s", async (_what, lock) => {
    const cwd = folder({ "boot.yaml": BOOT, "out.jsonl.lock": lock() });
    expect((await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"])).code).toBe(0);
    expect(existsSync(join(cwd, "out.jsonl.lock"))).toBe(false);
  });

  it.each([
    ["of another machine", lockOf({ host: "far", pid: 7 }), "by another run (process 7 on far)"],
    ["of a living process", lockOf({ pid: process.ppid }), "by another run (process "],
    ["that says nothing", "", "out.jsonl.lock does not say by whom"],
    ["that is something else", "[1]", "out.jsonl.lock does not say by whom"],
  ])("keeps a lock %s", async (_what, text, message) => {
    const cwd = folder({ "boot.yaml": BOOT, "out.jsonl.lock": text });
    const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(readFileSync(join(cwd, "out.jsonl.lock"), "utf8")).toBe(text);
  });

  it("says why there can be no lock", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    mkdirSync(join(cwd, "out.jsonl.lock"));
    const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    expect(code).toBe(2);
    expect(stderr).toContain("error: cannot lock out.jsonl: it is a directory\n");
  });
});

describe("an earlier recording", () => {
  it("is kept until there is a first line to take its place", async () => {
    const cwd = folder({ "boot.yaml": BOOT, "out.jsonl": '{"timeline":1,"old":true}\n' });
    const { code } = await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"], {
      makeWorld: () => {
        throw new CloudError("no");
      },
    });
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe('{"timeline":1,"old":true}\n');
  });

  it("leaves nothing behind a shorter one", async () => {
    const cwd = folder({ "boot.yaml": BOOT, "out.jsonl": `{"timeline":1}\n${"x".repeat(1e6)}` });
    await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    const printed = await novasim(cwd, ["run", "boot.yaml", "--as", "jsonl"]);
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe(printed.stdout);
  });

  it("is not written over when the scenario reads it, under whatever name", async () => {
    const text = `${BOOT}cloud: { flag_files: { nova.conf: { file: empty.conf } } }\n`;
    const cwd = folder({ "boot.yaml": text, "empty.conf": "" });
    linkSync(join(cwd, "empty.conf"), join(cwd, "other.name"));
    for (const out of ["empty.conf", "other.name"]) {
      const { code, stderr } = await novasim(cwd, ["run", "boot.yaml", "--record", out]);
      expect(code).toBe(2);
      expect(stderr).toContain(`error: ${out} is read by the scenario; it is left as it is\n`);
    }
  });
});

describe("a recording that was not written to its end", () => {
  const TITLED = BOOT.replace("Boot an instance", "Boot — an instance of it").replace(
    "  - wait",
    "    note: This is a nöte\n  - wait",
  );

  /** Replay the first `length` bytes of a recording of TITLED, with `change`. */
  async function replayed(
    cut: (whole: Buffer) => number,
    change: (text: string) => string = (text) => text,
  ) {
    const cwd = folder({ "boot.yaml": TITLED });
    await novasim(cwd, ["run", "boot.yaml", "--record", "out.jsonl"]);
    const whole = readFileSync(join(cwd, "out.jsonl"));
    const piece = whole.subarray(0, cut(whole));
    writeFileSync(join(cwd, "out.jsonl"), change(piece.toString("latin1")), "latin1");
    return novasim(cwd, ["replay", "out.jsonl"]);
  }

  /** Where line `number` ends, its newline left out. */
  const endOf =
    (number: number) =>
    (whole: Buffer): number =>
      whole.toString("latin1").split("\n").slice(0, number).join("\n").length;

  it.each([
    ["after its header", endOf(1), 0],
    ["between two lines", endOf(5), 4],
    ["in a line", (whole: Buffer) => endOf(5)(whole) + 9, 4],
    ["after a newline and a bracket", (whole: Buffer) => endOf(5)(whole) + 2, 4],
    ["in a character", (whole: Buffer) => whole.lastIndexOf(Buffer.from("ö")) + 1, 0],
  ])("is compared as far as it goes and named: cut %s", async (_what, cut, same) => {
    const { code, stderr } = await replayed(cut);
    expect(stderr).toBe(
      `out.jsonl: interrupted, the same as far as it goes, ${String(same)} entries\n`,
    );
    expect(code).toBe(0);
  });

  it("differs where it differs, and is named all the same", async () => {
    const { code, stderr } = await replayed(endOf(8), (text) =>
      text.replace('"status":202', '"status":500'),
    );
    expect(code).toBe(3);
    expect(stderr).toContain("error: out.jsonl:4: the run differs from its recording\n");
    expect(stderr).toContain("  The recording was interrupted: it does not go on to the end");
  });

  it("differs in a last line that the run does not write", async () => {
    const { code, stderr } = await replayed(endOf(5), (text) => `${text}\n{"seq":99`);
    expect(code).toBe(3);
    expect(stderr).toContain("error: out.jsonl:6: the run differs from its recording\n");
  });

  it("is whole if only its last newline is gone", async () => {
    const { code, stderr } = await replayed((whole) => whole.length - 1);
    expect(stderr).toMatch(/^out\.jsonl: the same, \d+ entries\n$/u);
    expect(code).toBe(0);
  });

  it("tells programs", async () => {
    const cwd = folder({ "long.yaml": LONG });
    await novasim(cwd, ["run", "long.yaml", "--record", "out.jsonl"], {
      onRun: (interrupt) => {
        interrupt();
      },
    });
    const { code, stdout } = await novasim(cwd, ["replay", "out.jsonl", "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, results: [{ interrupted: true }] });
  });

  it("also comes from standard output", async () => {
    const cwd = folder({ "long.yaml": LONG });
    const { stdout } = await novasim(cwd, ["run", "long.yaml", "--as", "jsonl"], {
      onRun: (interrupt) => {
        interrupt();
      },
    });
    expect(stdout.endsWith("}")).toBe(true);
  });
});

describe("a recording to replay", () => {
  it("is read from a file, as a pipe would keep Ctrl-C waiting", async () => {
    const cwd = folder();
    makePipe(join(cwd, "pipe"));
    const { code, stderr } = await novasim(cwd, ["replay", "pipe"]);
    expect(code).toBe(2);
    expect(stderr).toContain("error: cannot read pipe: it is a pipe, not a file\n");
  });
});
