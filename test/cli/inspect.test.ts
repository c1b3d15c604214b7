/** `novasim inspect`: what there was at an instant, in tables and for programs. */
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/text/width.js";
import { BOOT, folder, novasim, type Setting } from "./bed.js";

const BOOTED = resolve("scenarios/boot.timeline.jsonl");
const LOST = resolve("scenarios/service-crash-loses-casts.timeline.jsonl");

const inspect = (words: readonly string[], setting: Setting = {}) =>
  novasim(folder(), ["inspect", ...words], setting);

interface Document {
  readonly seq: number;
  readonly at: number | null;
  readonly tables: readonly {
    readonly title: string;
    readonly rows: readonly Readonly<Record<string, unknown>>[];
  }[];
}

async function data(...words: string[]): Promise<Document> {
  const { code, stdout } = await inspect([...words, "--json"]);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Document;
}

describe("novasim inspect", () => {
  it("shows whatever has a state and what is under way, at the end or at an instant", async () => {
    const end = await inspect([BOOTED]);
    expect(end).toMatchObject({ code: 0, stderr: "" });
    expect(end.stdout).toMatch(/^entry 269, 4\.015 s, step 4: nova list\n/u);
    expect(end.stdout).toMatch(/servers\n {2}name +state +host .*\n {2}t3 +active +compute-\d /u);
    expect(end.stdout).not.toContain("messages");
    const middle = await inspect([BOOTED, "--at", "0.255s"]);
    expect(middle.stdout).toMatch(/ t3 +building\/spawning /u);
    expect(middle.stdout).toMatch(/messages\n.*\n +\d+ +REST +nova-compute@/u);
  });

  it("takes an instant as the last entry that had happened then", async () => {
    const at = await data(BOOTED, "--at", "250ms", "--what", "servers");
    const same = await data(BOOTED, "--seq", String(at.seq), "--what", "servers");
    expect(at.at).toBe(0.25);
    expect(same.tables).toEqual(at.tables);
    expect(same.at).toBeLessThanOrEqual(0.25);
    const next = await data(BOOTED, "--seq", String(at.seq + 1), "--what", "servers");
    expect(next.at).toBeGreaterThan(0.25);
    const late = await inspect([BOOTED, "--at", "1h"]);
    expect(late).toMatchObject({ code: 0 });
    expect(late.stderr).toBe("the run ends at 4.015 s; this is how it was then\n");
  });

  it("counts waiting up to the instant, not to the entry before it", async () => {
    const waits = async (at: string): Promise<number> => {
      const { tables } = await data(LOST, "--at", at, "--what", "compute.compute-1");
      return Number(tables[0]?.rows[0]?.["for"]);
    };
    expect((await waits("19s")) - (await waits("18s"))).toBeCloseTo(1, 6);
    const { stdout } = await inspect([LOST, "--at", "18s"]);
    expect(stdout).toMatch(/^18\.000 s, after entry \d+ of 17\.\d+ s, step 9: let 5s go by\n\n/u);
  });

  it("shows what waits in a queue whose host is dead, and that it is", async () => {
    const { tables } = await data(
      LOST,
      "--at",
      "18s",
      "--what",
      "queues,processes,compute.compute-1",
    );
    const [queues, processes, queue] = tables;
    expect(queues?.rows[0]).toMatchObject({ waiting: expect.any(Number) as number });
    expect(processes?.rows.length).toBeGreaterThan(5);
    expect(processes?.rows.map(({ life }) => life)).toContain("running");
    expect(queue?.title).toMatch(/^queue /u);
  });

  it("shows rows as they were, by table, by name and by key", async () => {
    const { tables } = await data(BOOTED, "--what", "nova.instances");
    const key = tables[0]?.rows.find(({ column }) => column === "uuid")?.["value"];
    expect((await data(BOOTED, "--what", "t3")).tables).toEqual(tables);
    expect((await data(BOOTED, "--what", String(key))).tables).toEqual(tables);
    const before = await data(BOOTED, "--seq", "0", "--what", "t3,servers,rows,tables");
    expect(before.tables.map(({ rows }) => rows)).toEqual([[], [], [], []]);
    const counts = (await data(BOOTED, "--what", "tables")).tables[0]?.rows ?? [];
    const rows = (await data(BOOTED, "--what", "rows")).tables[0]?.rows ?? [];
    const sum = counts.reduce((total, row) => total + Number(row["rows"]), 0);
    expect(rows).toHaveLength(sum);
  });

  it("knows the usual kinds of things where a run has none, and requests and faults", async () => {
    const { tables } = await data(BOOTED, "--what", "stacks, volumes,faults,requests");
    expect(tables.map(({ title }) => title)).toEqual(["stacks", "volumes", "faults", "requests"]);
    expect(tables[3]?.rows[0]).toMatchObject({ "brought by": "POST /v2.0/tokens" });
  });

  it("fits the terminal, and cuts nothing off in a pipe", async () => {
    const narrow = await inspect([BOOTED, "--what", "rows"], { columns: 60 });
    for (const line of narrow.stdout.split("\n").slice(2)) {
      expect(columns(line)).toBeLessThanOrEqual(60);
    }
    const piped = await inspect([BOOTED, "--what", "t3"]);
    expect(piped.stdout).not.toContain("…\n");
    const coloured = await inspect([BOOTED], { env: { FORCE_COLOR: "1" } });
    expect(coloured.stdout).toContain("\u001b[32mactive");
  });

  it.each([
    [
      ["--what", "serverz"],
      'there is nothing called "serverz" in this run\n  Did you mean "servers"?',
    ],
    [["--what", "nova.instance"], 'Did you mean "nova.instances"?'],
    [["--what", "__proto__"], 'there is nothing called "__proto__" in this run'],
    [["--what", `<script>${"x".repeat(10_000)}`], 'there is nothing called "<script>xxx'],
    [["--at", "12"], "--at 12: expected a time such as 12.5s"],
    [["--at", "-1s"], "expected a time"],
    [["--seq", "-1"], "--seq -1: expected the number of an entry"],
    [["--seq", "9999"], "There is: 270 entries, 0 to 269."],
    [["--seq", "1", "--at", "1s"], "--at and --seq both say when"],
    [["--seed", "1"], "a recording is as it was run"],
  ])("refuses %j", async (words, message) => {
    const { code, stdout, stderr } = await inspect([BOOTED, ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("runs a scenario, and ends with how it ended", async () => {
    const cwd = folder({ "boot.yaml": `${BOOT}expect: { server: { t3: { status: ERROR } } }\n` });
    const { code, stdout } = await novasim(cwd, ["inspect", "boot.yaml", "--seq", "0"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^entry 0, 0\.000 s/u);
  });
});
