/** Filters of `run` and `show`: a part of a run, in every view that can show one. */
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

const RECORDING = resolve("scenarios/boot-over-quota.timeline.jsonl");

const show = (...words: string[]) => novasim(folder(), ["show", RECORDING, ...words]);

describe("a filter", () => {
  it("leaves the rows that match, with the steps that have any, and counts", async () => {
    const all = await show();
    const { code, stdout, stderr } = await show("--filter", "status:403");
    expect(code).toBe(0);
    expect(stderr).toMatch(/^2 of \d+ entries match status:403\n$/u);
    const steps = stdout.match(/^── \d+ ── /gmu) ?? [];
    expect(steps).toEqual(["── 3 ── "]);
    expect(all.stdout.match(/^── \d+ ── /gmu)?.length).toBeGreaterThan(5);
    expect(stdout.match(/ 403 /gu)).toHaveLength(1);
  });

  it("shows the message of which only the answer is meant", async () => {
    const { stdout } = await show("--kind", "reply", "--service", "nova-scheduler");
    expect(stdout).toMatch(/nova-conductor ╌╌> nova-scheduler +call select_destinations .*reply/u);
  });

  it("takes each option again as one more value, and different ones together", async () => {
    const lines = async (...words: string[]): Promise<readonly string[]> =>
      (await show("--as", "jsonl", ...words)).stdout.trim().split("\n").slice(1);
    const both = await lines("--kind", "cast", "--kind", "fanout");
    const casts = await lines("--kind", "cast");
    expect(both.length).toBe(casts.length + (await lines("--kind", "fanout")).length);
    const one = await lines("--kind", "cast", "--server", "one");
    expect(one.length).toBeGreaterThan(0);
    expect(one.length).toBeLessThan(casts.length);
    expect(casts).toEqual(expect.arrayContaining([...one]));
    const [request = ""] = (await show("--as", "jsonl")).stdout.match(/req-[0-9a-f-]{36}/u) ?? [];
    expect(await lines("--request", request)).toEqual(
      await lines("--request", request.slice(0, 12)),
    );
  });

  it.each(["mermaid", "svg"])("is obeyed by %s", async (view) => {
    const { code, stdout } = await show("--as", view, "--kind", "cast", "--server", "one");
    expect(code).toBe(0);
    expect(stdout).toContain("build_instances");
    expect(stdout).not.toContain("/v2.0/tokens");
  });

  it("says so where nothing matches, and prints nothing", async () => {
    const { code, stdout, stderr } = await show("--filter", "status:418");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^nothing matches status:418: none of \d+ entries\n$/u);
  });

  it.each([
    [["--server", "oen"], '--server: there is no "oen" in this run\n  Did you mean "one"?'],
    [["--service", "nova-condutor"], 'Did you mean "nova-conductor"?'],
    [["--kind", "csat"], 'Did you mean "cast"?'],
    [["--request", "req-zzz"], '--request: there is no "req-zzz" in this run'],
    [
      ["--kind", "__proto__"],
      'there is no "__proto__" in this run\n  Such as step, rest.request, ',
    ],
    [["--request", "req-zzz"], "\n  Such as req-"],
    [["--filter", "sevice:x"], '--filter: No key "sevice". Did you mean service?'],
    [["--server", "__proto__"], 'there is no "__proto__" in this run'],
    [
      ["--as", "scheduler", "--kind", "cast"],
      "--as scheduler shows a run whole and cannot be filtered",
    ],
  ])("refuses %j", async (words, message) => {
    const { code, stdout, stderr } = await show(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("is the same of a run", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    const { code, stdout, stderr } = await novasim(cwd, ["run", "boot.yaml", "--kind", "request"]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^\d+ of \d+ entries match kind:"request"\nboot: ok/u);
    expect(stdout).toContain("POST /v2/t/servers");
    expect(stdout).not.toContain("compute.instance.create");
    const lines = await novasim(cwd, ["run", "boot.yaml", "--as", "jsonl", "--kind", "request"]);
    expect(lines.stdout.split("\n").filter((line) => line.includes('"kind"'))).toHaveLength(1);
  });
});
