/** `novasim serve` as a process: what it prints, how it ends, and what a full disk does to it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { describe, expect, it, onTestFinished } from "vitest";
import { readTimeline } from "../../src/timeline/index.js";
import { folder, novasim } from "../cli/bed.js";
import { ask, opened } from "./bed.js";

const BIN = resolve("dist/cli/main.js");

interface Started {
  readonly child: ChildProcess;
  readonly cwd: string;
  stdout(): string;
  stderr(): string;
  /** Resolves when it has said so on standard error. */
  said(words: string): Promise<void>;
  readonly ended: Promise<number | null>;
}

function start(...argv: string[]): Started {
  const cwd = folder();
  const child = spawn(process.execPath, [BIN, "serve", ...argv], { cwd });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
  child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    ...{ child, cwd, ended },
    stdout: () => stdout,
    stderr: () => stderr,
    async said(words) {
      // What is for a shell comes by another way, and may come later.
      while (!stderr.includes(words) || stdout === "") {
        await Promise.race([once(child.stderr, "data"), once(child.stdout, "data"), ended]);
        if (child.exitCode !== null && !stderr.includes(words)) throw new Error(stderr);
      }
    },
  };
}

const portIn = (text: string): number => Number(/127\.0\.0\.1:(\d+)/u.exec(text)?.[1]);

describe("novasim serve", () => {
  it.each([
    ["at Ctrl-C", "SIGINT"],
    ["when the system ends it", "SIGTERM"],
  ] as const)(
    "prints an environment, writes files for clients, and ends its recording %s",
    async (_, signal) => {
      const files = ["--openrc", "openrc", "--clouds", "clouds.yaml", "--record", "session.jsonl"];
      const run = start("--port-base", "0", "--user", "admin", ...files);
      await run.said("ready");
      expect(run.stdout()).toContain("export OS_USERNAME=admin\n");
      const [, page = ""] = /^live page +(\S+)$/mu.exec(run.stderr()) ?? [];
      expect((await ask(portIn(page), "/")).text).toContain("<title>novasim");
      const [, site = ""] = /^dashboard +(\S+)$/mu.exec(run.stderr()) ?? [];
      expect((await ask(portIn(site), "/")).text).toContain("<title>Login - OpenStack Dashboard");
      const identity = portIn(run.stdout());
      expect(readFileSync(join(run.cwd, "openrc"), "utf8")).toContain(run.stdout());
      const { clouds } = parse(readFileSync(join(run.cwd, "clouds.yaml"), "utf8")) as {
        clouds: Record<string, { auth: { auth_url: string } }>;
      };
      expect(Object.keys(clouds)).toEqual(["novasim", "novasim-admin", "novasim-demo"]);
      expect(clouds["novasim"]?.auth.auth_url).toBe(`http://127.0.0.1:${String(identity)}/v3`);
      expect((await ask(identity, "/v3")).status).toBe(200);
      run.child.kill(signal);
      expect(await run.ended).toBe(0);
      const text = readFileSync(join(run.cwd, "session.jsonl"), "utf8");
      expect(text.endsWith("\n")).toBe(true);
      const kinds = readTimeline(text).entries.map(({ kind }) => kind as string);
      expect(kinds).toContain("arrival");
      expect(kinds.at(-1)).toBe("closed");
      const shown = await novasim(run.cwd, ["show", "session.jsonl"]);
      expect([shown.code, shown.stderr]).toEqual([0, expect.not.stringContaining("does not know")]);
    },
  );

  it("ends at once at the second Ctrl-C, whatever is under way", async () => {
    const run = start("--port-base", "0", "--record", "session.jsonl");
    await run.said("ready");
    const socket = await opened(portIn(run.stdout()));
    socket.on("error", () => undefined);
    const length = "Content-Length: 10\r\nExpect: 100-continue\r\n";
    socket.write(`POST /v2.0/tokens HTTP/1.1\r\nHost: 127.0.0.1\r\n${length}\r\n`);
    // It has come in, and its body never will.
    const [data] = (await once(socket, "data")) as [Buffer];
    expect(data.toString()).toContain("100 Continue");
    run.child.kill("SIGINT");
    await run.said("ending what was begun");
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(null);
    expect(run.child.signalCode).toBe("SIGINT");
    // What is there can be read; that it has no end says that it was interrupted.
    const text = readFileSync(join(run.cwd, "session.jsonl"), "utf8");
    expect(text.endsWith("\n")).toBe(false);
    expect(readTimeline(text).entries.length).toBeGreaterThan(0);
  });

  it("does not mind that nobody reads any more what it says", async () => {
    const run = start("--port-base", "0");
    await run.said("ready");
    const identity = portIn(run.stdout());
    run.child.stdout?.destroy();
    run.child.stderr?.destroy();
    expect((await ask(identity, "/v3")).status).toBe(200);
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
  });

  it("lets go of its ports if it cannot record", async () => {
    const run = start("--port-base", "0", "--record", "no/such/folder.jsonl");
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toContain("Make no/such first");
  });

  it("goes on without its recording where the disk is full, and says so", async () => {
    const run = start("--port-base", "0", "--record", "/dev/full");
    await run.said("ready");
    const identity = portIn(run.stdout());
    expect((await ask(identity, "/v3")).status).toBe(200);
    await run.said("is not recorded any more");
    expect((await ask(identity, "/v3")).status).toBe(200);
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toMatch(/error: cannot write \/dev\/full any further: the disk is full/u);
  });

  it("names the port that it cannot have", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
    });
    const { port } = server.address() as { port: number };
    const run = start("--port-base", String(port - 5000));
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toContain(`cannot listen at 127.0.0.1:${String(port)} for identity`);
    expect(existsSync(join(run.cwd, "session.jsonl"))).toBe(false);
  });

  it("warns where others may come, and serves what a scenario has done", async () => {
    const alone = ["--no-live", "--no-dashboard"];
    const run = start("boot", "--port-base", "0", "--host", "0.0.0.0", ...alone);
    await run.said("ready");
    expect(run.stderr()).not.toMatch(/^(?:live page|dashboard) /mu);
    expect(run.stderr()).toContain("warning: whoever reaches 0.0.0.0 can use this cloud");
    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
  });

  it.each([
    [["--pace", "-1"], "A pace is settle, or a number above 0"],
    [["--port-base", "99999"], "A base is a whole number"],
    [["--user", "nobody"], "There is: admin, demo."],
    [["--public-host"], "argument missing"],
  ])("refuses what it cannot do: %s", async (argv, words) => {
    const { code, stderr } = await novasim(folder(), ["serve", ...argv]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
