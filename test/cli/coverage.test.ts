/** `novasim coverage`: of recordings and scenarios, for people and programs. */
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

describe("novasim coverage", () => {
  it("counts a scenario that it runs as it counts its recording", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, ["run", "boot.yaml", "--detail", "full", "--record", "boot.jsonl"]);
    const ran = await novasim(cwd, ["coverage", "boot.yaml"]);
    const read = await novasim(cwd, ["coverage", "boot.jsonl"]);
    expect(ran.code).toBe(0);
    expect(read).toEqual(ran);
    expect(ran.stdout).toMatch(/^RPC methods: \d+ of \d{3}\n/u);
  });

  it("counts all recordings that ship if none is named", async () => {
    const { code, stdout } = await novasim(folder(), ["coverage"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^RPC methods: [1-9]\d+ of \d{3}\n/u);
  });

  it("tells programs every line, or with --missing those that never happen", async () => {
    const cwd = folder({ "boot.yaml": BOOT });
    await novasim(cwd, ["run", "boot.yaml", "--record", "boot.jsonl"]);
    const { stdout } = await novasim(cwd, ["coverage", "boot.jsonl", "--missing", "--json"]);
    const { tables } = JSON.parse(stdout) as { tables: { lines: { times: number }[] }[] };
    expect(tables.length).toBeGreaterThan(4);
    for (const { lines } of tables) for (const { times } of lines) expect(times).toBe(0);
  });

  it("counts nothing where something named cannot be run", async () => {
    const cwd = folder({ "boot.yaml": BOOT, "bad.yaml": "hello\n" });
    const { code, stdout, stderr } = await novasim(cwd, ["coverage", "bad.yaml", "boot.yaml"]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("bad.yaml: error: the file is not a mapping");
  });

  it.each([
    ["none.jsonl", "cannot read none.jsonl: there is no such file"],
    ["torn.jsonl", "torn.jsonl: line 1: not a timeline"],
  ])("refuses %s", async (file, message) => {
    const cwd = folder({ "torn.jsonl": "<script>\n" });
    const { code, stderr } = await novasim(cwd, ["coverage", file]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
