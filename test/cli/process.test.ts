/** The built command as a process of its own: pipes, signals, exit codes. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { readTimeline } from "../../src/timeline/index.js";
import { BOOT, folder, makePipe } from "./bed.js";

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

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** `novasim ARGV`, whose standard output nobody reads. */
function start(cwd: string, ...argv: string[]): Started {
  const child = spawn(process.execPath, [BIN, ...argv], { cwd });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<Ended>((settle) => {
    child.on("exit", () => {
      // Nobody reads standard output, so that it never closes by itself.
      child.stdout.destroy();
    });
    child.on("close", (code, by) => {
      settle({ code, signal: by, stderr });
    });
  });
  return { child, ended };
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Until there is something in the recording `out.jsonl`. */
async function begun({ child }: Started, cwd: string): Promise<void> {
  while (sizeOf(join(cwd, "out.jsonl")) < 10_000 && child.exitCode === null) await setTimeout(20);
}

/** Until `size` is the same for so long that nothing more comes. */
async function stuck({ child }: Started, size: () => number): Promise<void> {
  let last = -1;
  for (let same = 0; same < 20 && child.exitCode === null;) {
    await setTimeout(20);
    const now = size();
    same = now > 0 && now === last ? same + 1 : 0;
    last = now;
  }
}

/** Record `endless.yaml` until there is something in the recording, then send `signal`. */
async function recordUntil(cwd: string, signal: NodeJS.Signals): Promise<Ended> {
  const started = start(cwd, "run", "endless.yaml", "--record", "out.jsonl");
  await begun(started, cwd);
  started.child.kill(signal);
  return started.ended;
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

  it("answers Ctrl-C although nobody reads its standard output any more", async () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    const argv = ["run", "endless.yaml", "--as", "jsonl", "--record", "out.jsonl"];
    const started = start(cwd, ...argv);
    await stuck(started, () => sizeOf(join(cwd, "out.jsonl")));
    started.child.kill("SIGINT");
    expect((await started.ended).code).toBe(130);
    expect(existsSync(join(cwd, "out.jsonl.lock"))).toBe(false);
  });

  it("answers Ctrl-C although nobody reads the pipe that it records into", async () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    const pipe = join(cwd, "pipe");
    makePipe(pipe);
    const record = ["run", "endless.yaml", "--record", "pipe"];
    const unread = spawnSync(process.execPath, [BIN, ...record], { cwd, encoding: "utf8" });
    expect(unread.status).toBe(2);
    expect(unread.stderr).toContain(
      "error: cannot write pipe: nobody reads from it\n  Start its reader first.\n",
    );
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    const started = start(cwd, ...record);
    // A first piece shows that it writes; of the rest a pipe takes no more than 64 KiB.
    await stuck(started, () => {
      try {
        return readSync(reader, Buffer.alloc(1));
      } catch {
        return 0;
      }
    });
    started.child.kill("SIGINT");
    const { code, stderr } = await started.ended;
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: "endless: interrupted\nrepeat with: novasim run endless.yaml --record pipe\n",
    });
    closeSync(reader);
  });

  it("owns its recording, until it is killed", async () => {
    const cwd = folder({ "endless.yaml": ENDLESS, "boot.yaml": BOOT });
    const novasim = (...argv: string[]) =>
      spawnSync(process.execPath, [BIN, ...argv], { cwd, encoding: "utf8" });
    const started = start(cwd, "run", "endless.yaml", "--record", "out.jsonl");
    await begun(started, cwd);
    const second = novasim("run", "boot.yaml", "--record", "./out.jsonl");
    expect(second.status).toBe(2);
    expect(second.stderr).toContain(
      `error: ./out.jsonl is being recorded by another run (process ${String(started.child.pid)})\n`,
    );
    started.child.kill("SIGKILL");
    await started.ended;
    const cut = novasim("replay", "out.jsonl");
    expect(cut.stderr).toMatch(
      /^out\.jsonl: interrupted, the same as far as it goes, \d+ entries\n$/u,
    );
    expect(cut.status).toBe(0);
    expect(novasim("run", "boot.yaml", "--record", "out.jsonl").status).toBe(0);
    expect(novasim("replay", "out.jsonl").stderr).toMatch(/^out\.jsonl: the same, /u);
    expect(existsSync(join(cwd, "out.jsonl.lock"))).toBe(false);
  });

  it("lets one of many own a recording that was abandoned", async () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    expect((await recordUntil(cwd, "SIGKILL")).signal).toBe("SIGKILL");
    const many = [1, 2, 3].map(() => start(cwd, "run", "endless.yaml", "--record", "out.jsonl"));
    const over: Ended[] = [];
    for (const { ended } of many) void ended.then((end) => over.push(end));
    while (over.length < many.length - 1) await setTimeout(20);
    expect(over.map(({ code }) => code)).toEqual(many.slice(1).map(() => 2));
    for (const { child } of many) child.kill("SIGINT");
    await Promise.all(many.map(({ ended }) => ended));
    expect(over.at(-1)?.signal ?? over.at(-1)?.code).toSatisfy(
      (how: unknown) => how === 130 || how === "SIGINT",
    );
  });

  it("leaves no half of a first scenario when there is no more room", () => {
    const cwd = folder();
    const line = `trap "" XFSZ; ulimit -f 2; "$0" "$1" init`;
    const { status, stderr } = spawnSync("bash", ["-c", line, process.execPath, BIN], {
      cwd,
      encoding: "utf8",
    });
    expect(status).toBe(2);
    expect(stderr).toContain("error: cannot write novasim.schema.json: it would be larger");
    expect(existsSync(join(cwd, "novasim.schema.json"))).toBe(false);
  });

  it("leaves whole lines when there is no more room", () => {
    const cwd = folder({ "endless.yaml": ENDLESS });
    const line = `trap "" XFSZ; ulimit -f 20; "$0" "$1" run endless.yaml --record out.jsonl`;
    const { status, stderr } = spawnSync("bash", ["-c", line, process.execPath, BIN], { cwd });
    expect(status).toBe(2);
    expect(stderr.toString()).toContain("error: cannot write out.jsonl any further");
    const text = readFileSync(join(cwd, "out.jsonl"), "utf8");
    expect(text.endsWith("}")).toBe(true);
    expect(readTimeline(text).entries.length).toBeGreaterThan(10);
    expect(readTimeline(text).truncated).toBe(false);
    const replayed = spawnSync(process.execPath, [BIN, "replay", "out.jsonl"], {
      cwd,
      encoding: "utf8",
    });
    expect(replayed.stderr).toMatch(
      /^out\.jsonl: interrupted, the same as far as it goes, \d+ entries\n$/u,
    );
    expect(replayed.status).toBe(0);
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

  it("prints the schema that ships, byte for byte", () => {
    // A namespace's names are sorted in Node, and in the order of the source in a bundler.
    const { stdout } = spawnSync(process.execPath, [BIN, "schema"], {
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    expect(stdout).toBe(readFileSync("scenarios/scenario.schema.json", "utf8"));
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
