/** `novasim show`: a recording in every view, as `run` would have shown it; whatever else is refused. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BOOT, folder, novasim } from "./bed.js";

async function recorded(): Promise<string> {
  const cwd = folder({ "boot.yaml": BOOT });
  await novasim(cwd, ["run", "boot.yaml", "--record", "boot.jsonl"]);
  return cwd;
}

describe("novasim show", () => {
  it.each(["text", "jsonl", "mermaid", "svg"])(
    "shows a recording as run does: %s",
    async (view) => {
      const cwd = await recorded();
      const { stdout } = await novasim(cwd, ["run", "boot.yaml", "--as", view]);
      const shown = await novasim(cwd, ["show", "boot.jsonl", "--as", view]);
      expect(shown).toEqual({ code: 0, stdout, stderr: "" });
    },
  );

  it("shows one that was cut off up to there, and says so", async () => {
    const cwd = await recorded();
    const text = readFileSync(join(cwd, "boot.jsonl"), "utf8");
    writeFileSync(join(cwd, "boot.jsonl"), text.slice(0, -30));
    const { code, stdout, stderr } = await novasim(cwd, ["show", "boot.jsonl"]);
    expect(code).toBe(0);
    expect(stdout).toContain("nova boot t3");
    expect(stderr).toBe("boot.jsonl: its last line was cut off; this is the run up to there\n");
  });

  it("says what it does not know of a recording of a later version", async () => {
    const cwd = await recorded();
    const text = readFileSync(join(cwd, "boot.jsonl"), "utf8");
    const seq = text.trimEnd().split("\n").length - 1;
    const later = JSON.stringify({ seq, at: 9e9, kind: "<weather>\u001b", id: 1, sky: "blue" });
    writeFileSync(join(cwd, "boot.jsonl"), `${text}${later}\n`);
    const { code, stderr } = await novasim(cwd, ["show", "boot.jsonl"]);
    expect(code).toBe(0);
    expect(stderr).toBe(
      "boot.jsonl: 1 entry of kinds that this version does not know: <weather>␛\n",
    );
  });

  it("draws the messages of some actors alone", async () => {
    const cwd = await recorded();
    const all = await novasim(cwd, ["show", "boot.jsonl", "--as", "mermaid"]);
    const some = await novasim(cwd, [
      ...["show", "boot.jsonl", "--as", "mermaid", "--actors", "compute-1"],
    ]);
    expect(some.code).toBe(0);
    expect(some.stdout.split("\n").length).toBeLessThanOrEqual(all.stdout.split("\n").length);
    const none = await novasim(cwd, [
      ...["show", "boot.jsonl", "--as", "mermaid", "--actors", "compute-2"],
    ]);
    expect(none.code).toBe(2);
    expect(none.stderr).toContain('error: --actors: there is no "compute-2" in this run\n');
    expect(none.stderr).toContain('Did you mean "compute-1"?');
  });

  it.each([
    ["boot.yaml", "this looks like a scenario file, not a timeline"],
    ["empty.jsonl", "the file is empty"],
    ["missing.jsonl", "cannot read missing.jsonl: there is no such file or directory"],
    ["torn.jsonl", "torn.jsonl: line 2: not a JSON object"],
    [".", "cannot read .: it is a directory"],
  ])("refuses what is none: %s", async (file, message) => {
    const cwd = await recorded();
    const [header = "", ...rest] = readFileSync(join(cwd, "boot.jsonl"), "utf8").split("\n");
    writeFileSync(join(cwd, "empty.jsonl"), "");
    writeFileSync(join(cwd, "torn.jsonl"), [header, "<script>", ...rest].join("\n"));
    const { code, stdout, stderr } = await novasim(cwd, ["show", file]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(stderr).toContain(`repeat with: novasim show ${file}\n`);
  });

  it("tells programs what is in it", async () => {
    const cwd = await recorded();
    const { stdout } = await novasim(cwd, ["show", "boot.jsonl", "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "show",
      ok: true,
      results: [{ file: "boot.jsonl", scenario: "boot", seed: 7 }],
    });
  });
});
