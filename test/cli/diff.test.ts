/** `novasim diff`: two runs compared by what led to what, told in words and in numbers. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

async function two(): Promise<string> {
  const cwd = folder({ "boot.yaml": BOOT });
  await novasim(cwd, ["run", "boot.yaml", "--record", "a.jsonl"]);
  await novasim(cwd, ["run", "boot.yaml", "--record", "b.jsonl"]);
  return cwd;
}

/** The lines of `b.jsonl` otherwise. */
function change(cwd: string, how: (lines: string[]) => readonly string[]): void {
  const lines = readFileSync(join(cwd, "b.jsonl"), "utf8").trimEnd().split("\n");
  const [header = "", ...entries] = how(lines);
  const renumbered = entries.map((text, seq) =>
    JSON.stringify({ ...(JSON.parse(text) as object), seq }),
  );
  writeFileSync(join(cwd, "b.jsonl"), `${[header, ...renumbered].join("\n")}\n`);
}

const LOG =
  '{"seq":0,"at":0,"kind":"log","actor":"x","level":"error","message":"<b>new</b>\\u001b"}';

describe("novasim diff", () => {
  it("ends with 0 where there is no difference, and with 3 where there is one", async () => {
    const cwd = await two();
    const same = await novasim(cwd, ["diff", "a.jsonl", "b.jsonl"]);
    expect(same).toMatchObject({ code: 0, stderr: "" });
    expect(same.stdout).toMatch(/^No difference · \d+ alike\n$/u);
    change(cwd, ([header = "", ...rest]) => [header, LOG, ...rest.map(moved)]);
    const { code, stdout } = await novasim(cwd, ["diff", "a.jsonl", "b.jsonl"]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^First difference: B entry 0 · \d+ alike, 1 only in B\n/u);
    expect(stdout).toContain(
      "── before the first step\n+     0     0.000  x logs error: <b>new</b>?",
    );
  });

  it("compares a recording with the scenario as it runs now", async () => {
    const cwd = await two();
    const { code } = await novasim(cwd, ["diff", "a.jsonl", "boot.yaml"]);
    expect(code).toBe(0);
  });

  it("takes a longer way for a difference only if that is wanted", async () => {
    const cwd = await two();
    change(cwd, (lines) =>
      lines.map((line, i) =>
        i === lines.length - 1 ? line.replace(/"at":(\d+)/u, '"at":9$1') : line,
      ),
    );
    expect(await novasim(cwd, ["diff", "a.jsonl", "b.jsonl"])).toMatchObject({ code: 0 });
    const { code, stdout } = await novasim(cwd, ["diff", "a.jsonl", "b.jsonl", "--times"]);
    const last = JSON.parse(
      readFileSync(join(cwd, "a.jsonl"), "utf8").trimEnd().split("\n").at(-1)!,
    ) as {
      cause?: number;
    };
    // Only what has a cause took any time.
    expect(code).toBe(last.cause === undefined ? 0 : 3);
    if (last.cause !== undefined) expect(stdout).toContain("after: ");
  });

  it("says which scenario and seed each was", async () => {
    const cwd = await two();
    await novasim(cwd, ["run", "boot.yaml", "--seed", "8", "--record", "c.jsonl"]);
    const { stdout } = await novasim(cwd, ["diff", "a.jsonl", "c.jsonl"]);
    expect(stdout).toContain("   seed: 7 / 8\n");
  });

  it("tells programs the numbers and every difference", async () => {
    const cwd = await two();
    change(cwd, ([header = "", ...rest]) => [header, LOG, ...rest.map(moved)]);
    const { stdout } = await novasim(cwd, ["diff", "a.jsonl", "b.jsonl", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "diff",
      ok: false,
      first: { b: 0 },
      changed: 0,
      onlyA: [],
      onlyB: [{ seq: 0, at: 0, what: "x logs error: <b>new</b>?" }],
    });
  });

  it.each([
    [["a.jsonl"], "missing required argument 'b'"],
    [["a.jsonl", "none.jsonl"], "cannot read none.jsonl: there is no such file"],
    [["a.jsonl", "torn.jsonl"], "torn.jsonl: line 1: not a timeline"],
  ])("refuses %j", async (args, message) => {
    const cwd = await two();
    writeFileSync(join(cwd, "torn.jsonl"), "<script>\n");
    const { code, stdout, stderr } = await novasim(cwd, ["diff", ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
  });

  it("makes a page of both, over no file that is none", async () => {
    const cwd = await two();
    change(cwd, ([header = "", ...rest]) => [header, LOG, ...rest.map(moved)]);
    const made = await novasim(cwd, ["diff", "a.jsonl", "b.jsonl", "--as", "html"]);
    expect(made).toMatchObject({ code: 3, stdout: "" });
    expect(made.stderr).toMatch(/^a-vs-b\.html: a and b beside each other, \d+ kB/u);
    const page = readFileSync(join(cwd, "a-vs-b.html"), "utf8");
    expect(page.startsWith("<!doctype html>\n<!-- novasim page")).toBe(true);
    expect(page).not.toContain("<!-- other -->");
    const args = ["diff", "a.jsonl", "b.jsonl", "--as", "html", "--out"];
    expect(await novasim(cwd, [...args, "a.jsonl"])).toMatchObject({ code: 2 });
    expect(readFileSync(join(cwd, "a.jsonl"), "utf8").startsWith("{")).toBe(true);
    const words = await novasim(cwd, ["diff", "a.jsonl", "b.jsonl", "--out", "x.html"]);
    expect(words.stderr).toContain("--out names a page");
  });
});

/** One entry more before it moves every cause by one. */
function moved(text: string): string {
  const entry = JSON.parse(text) as { cause?: number };
  return JSON.stringify(entry.cause === undefined ? entry : { ...entry, cause: entry.cause + 1 });
}
