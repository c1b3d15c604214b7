/** The built command as a process of its own: pipes, signals, exit codes. */
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { readTimeline } from "../../src/timeline/index.js";
import { BOOT, folder } from "./harness.js";

const BIN = resolve("dist/cli/main.js");

/** More than any test waits for. */
const ENDLESS = `scenario: endless
steps:
  - repeat:
      times: 1000000
      steps:
        - run: nova list
`;

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

/** Record `endless.yaml` until there is something in the recording, then send `signal`. */
async function recordUntil(cwd: string, signal: NodeJS.Signals): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, "run", "endless.yaml", "--record", "out.jsonl"], {
    cwd,
  });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((settle) => {
    child.on("close", (code, by) => {
      settle({ code, signal: by, stderr });
    });
  });
  const out = join(cwd, "out.jsonl");
  while (
    (statSync(out, { throwIfNoEntry: false })?.size ?? 0) < 10_000 &&
    child.exitCode === null
  ) {
    await setTimeout(20);
  }
  child.kill(signal);
  return ended;
}

describe("the process", () => {
  it("ends quietly when its reader has enough", () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    const line = `set -o pipefail; "$0" "$1" run endless.yaml --as jsonl | head -c 100`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", line, process.execPath, BIN], {
      cwd,
    });
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: "" });
    expect(stdout.toString()).toMatch(/^\{"timeline":1,/u);
  });

  it("answers Ctrl-C with 130 and leaves a recording that can be read", async () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    const { code, stderr } = await recordUntil(cwd, "SIGINT");
    expect(code).toBe(130);
    expect(stderr).toMatch(
      /endless: interrupted\nrepeat with: novasim run endless\.yaml --record out\.jsonl\n$/u,
    );
    expect(readTimeline(readFileSync(join(cwd, "out.jsonl"), "utf8")).truncated).toBe(false);
  });

  it("leaves a recording that can be read when it is killed", async () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    expect((await recordUntil(cwd, "SIGKILL")).signal).toBe("SIGKILL");
    const { header, entries } = readTimeline(readFileSync(join(cwd, "out.jsonl"), "utf8"));
    expect(header.scenario).toBe("endless");
    expect(entries.length).toBeGreaterThan(10);
  });

  it("leaves whole lines when there is no more room", () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    const line = `trap "" XFSZ; ulimit -f 20; "$0" "$1" run endless.yaml --record out.jsonl`;
    const { status, stderr } = spawnSync("bash", ["-c", line, process.execPath, BIN], { cwd });
    expect(status).toBe(2);
    expect(stderr.toString()).toContain("error: cannot write out.jsonl any further");
    const text = readFileSync(join(cwd, "out.jsonl"), "utf8");
    expect(text.endsWith("\n")).toBe(true);
    expect(readTimeline(text).entries.length).toBeGreaterThan(10);
  });

  it("writes the same bytes as another process, and replays them", () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const novasim = (...argv: string[]) =>
      spawnSync(process.execPath, [BIN, ...argv], { cwd, encoding: "utf8" });
    const recorded = novasim("run", "boot.yaml", "--record", "out.jsonl");
    expect(recorded.stderr).toContain("boot: ok");
    expect(novasim("run", "boot.yaml", "--as", "jsonl").stdout).toBe(
      readFileSync(join(cwd, "out.jsonl"), "utf8"),
    );
    expect(novasim("replay", "out.jsonl").status).toBe(0);
  });

  it("says why standard output could not take what it was given", () => {
    const cwd = folder({ "boot.yaml": BOOT });
    for (const args of ["run boot.yaml", "schema"]) {
      const line = `"$0" "$1" ${args} > /dev/full`;
      const { status, stderr } = spawnSync("bash", ["-c", line, process.execPath, BIN], {
        cwd,
        encoding: "utf8",
      });
      expect(status).toBe(2);
      expect(stderr).toContain("error: cannot write standard output: the disk is full\n");
    }
  });

  it("ends with 2 and one clear error for what is not there", () => {
    const { status, stderr } = spawnSync(process.execPath, [BIN, "run", "no.yaml"], {
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toBe(
      "error: cannot read no.yaml: there is no such file or directory\nrepeat with: novasim run no.yaml\n",
    );
  });
});
