/** `novasim export`: recordings and scenarios as files for other tools; what is refused, and what is said. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { VIEWS } from "../../src/views/index.js";
import { BOOT, folder, novasim } from "./bed.js";

async function recorded(): Promise<string> {
  const cwd = folder({ "boot.yaml": BOOT });
  await novasim(cwd, ["run", "boot.yaml", "--record", "boot.jsonl"]);
  return cwd;
}

const FORMATS = [...VIEWS.keys()].filter((name) => name !== "scheduler");

describe("novasim export", () => {
  it.each(FORMATS)("makes of a recording and of its scenario the same: %s", async (format) => {
    const cwd = await recorded();
    const shown = await novasim(cwd, ["show", "boot.jsonl", "--as", format]);
    const one = await novasim(cwd, ["export", "boot.jsonl", "--to", format]);
    const other = await novasim(cwd, ["export", "boot.yaml", "--to", format]);
    const { code } = await novasim(cwd, ["export", "boot.jsonl", "--to", format, "--out", "x"]);
    expect([one.code, other.code, code]).toEqual([0, 0, 0]);
    expect(one).toEqual({ code: 0, stdout: shown.stdout, stderr: "" });
    expect(other.stdout).toBe(one.stdout);
    expect(readFileSync(join(cwd, "x"), "utf8")).toBe(one.stdout);
  });

  it("writes over another of its kind, and over nothing else", async () => {
    const cwd = await recorded();
    const args = ["export", "boot.jsonl", "--to", "perfetto", "--out"];
    expect(await novasim(cwd, [...args, "trace.json"])).toMatchObject({ code: 0 });
    expect(await novasim(cwd, [...args, "trace.json"])).toMatchObject({ code: 0 });
    const scenario = readFileSync(join(cwd, "boot.yaml"), "utf8");
    const { code, stderr } = await novasim(cwd, [...args, "boot.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("boot.yaml exists and is no such export; it is left as it is");
    expect(readFileSync(join(cwd, "boot.yaml"), "utf8")).toBe(scenario);
    expect(readdirSync(cwd).sort()).toEqual(["boot.jsonl", "boot.yaml", "trace.json"]);
  });

  it("may take the place of the recording that it is made from", async () => {
    const cwd = await recorded();
    const before = readFileSync(join(cwd, "boot.jsonl"), "utf8");
    const { code } = await novasim(cwd, [
      ...["export", "boot.jsonl", "--to", "jsonl", "--out", "boot.jsonl"],
    ]);
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, "boot.jsonl"), "utf8")).toBe(before);
  });

  it("makes a picture of each chapter where one of all would be a summary", async () => {
    const cwd = folder({ "long.jsonl": long() });
    const { code, stderr } = await novasim(cwd, [
      ...["export", "long.jsonl", "--to", "mermaid", "--out", "long.mmd"],
    ]);
    expect(code).toBe(0);
    expect(readdirSync(cwd).sort()).toEqual(["long-1.mmd", "long-2.mmd", "long.jsonl"]);
    expect(readFileSync(join(cwd, "long-2.mmd"), "utf8")).toContain("2. second");
    expect(readFileSync(join(cwd, "long-2.mmd"), "utf8")).not.toContain("1. first");
    expect(stderr).toMatch(/^long-1\.mmd: \d+ bytes of mermaid\nlong-2\.mmd: \d+ bytes/u);
    const whole = await novasim(cwd, ["export", "long.jsonl", "--to", "mermaid"]);
    expect(whole.stdout).toContain("each kind once a step");
    expect(whole.stderr).toContain("--out FILE makes a picture of each chapter");
    const second = await novasim(cwd, [
      ...["export", "long.jsonl", "--to", "mermaid", "--chapter", "2"],
    ]);
    expect(second.stdout).toBe(readFileSync(join(cwd, "long-2.mmd"), "utf8"));
  });

  it("says what of a recording it could not take as it is", async () => {
    const cwd = await recorded();
    const text = readFileSync(join(cwd, "boot.jsonl"), "utf8").trimEnd();
    const seq = text.split("\n").length - 1;
    writeFileSync(
      join(cwd, "cut.jsonl"),
      `${text}\n{"seq":${String(seq)},"at":9000000000,"kind":"weather"}\n{"seq":`,
    );
    const { code, stdout, stderr } = await novasim(cwd, ["export", "cut.jsonl", "--to", "otlp"]);
    expect(code).toBe(0);
    expect(stdout).toContain('"name":"weather"');
    expect(stderr).toContain("cut.jsonl: its last line was cut off; this is the run up to there\n");
    expect(stderr).toContain("1 entry of kinds that this version does not know: weather\n");
  });

  it.each([
    [["boot.jsonl"], "required option '--to <format>' not specified\n  There is: text, jsonl, mer"],
    [["folder", "--to", "svg"], "folder is a folder of 2 scenarios\n  Name one of them"],
    [["boot.jsonl", "--to", "perfeto"], "Did you mean perfetto?"],
    [["boot.jsonl", "--to", "svg", "--chapter", "x"], "A chapter is the number of a step"],
    [["boot.jsonl", "--to", "svg", "--chapter", "77"], "--chapter 77: there is no such step"],
    [["boot.jsonl", "--to", "jsonl", "--chapter", "1"], "--chapter does not go with jsonl"],
    [["boot.jsonl", "--to", "svg", "--seed", "1"], "a recording is as it was run"],
    [["boot.jsonl", "--to", "svg", "--json"], "--json and the export both want standard output"],
    [["boot.jsonl", "--to", "svg", "--out", "none/x"], "Make none first."],
    [["boot.jsonl", "--to", "svg", "--out", "folder"], "cannot write folder: it is a directory"],
    [["boot.jsonl", "--to", "otlp", "--actors", "nobody"], '--actors: there is no "nobody"'],
    [["boot.jsonl", "--to", "svg", "--actors", ","], "Name one, or several with commas between."],
    [["none.jsonl", "--to", "svg"], "cannot read none.jsonl: there is no such file"],
    [["torn.jsonl", "--to", "otlp"], "torn.jsonl: line 2: not a JSON object: <script>"],
  ])("refuses %j", async (args, message) => {
    const cwd = await recorded();
    mkdirSync(join(cwd, "folder"));
    for (const name of ["a.yaml", "b.yaml"]) writeFileSync(join(cwd, "folder", name), BOOT);
    const [header = "", ...rest] = readFileSync(join(cwd, "boot.jsonl"), "utf8").split("\n");
    writeFileSync(join(cwd, "torn.jsonl"), [header, "<script>", ...rest].join("\n"));
    const { code, stderr } = await novasim(cwd, ["export", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(readdirSync(cwd).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("ends without a word when nobody reads any more", async () => {
    const cwd = await recorded();
    const { code, stdout, stderr } = await novasim(
      cwd,
      ["export", "boot.jsonl", "--to", "perfetto"],
      { closeAfter: 10 },
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout.length).toBeGreaterThan(10);
  });

  it("tells programs what it made", async () => {
    const cwd = await recorded();
    const { stdout } = await novasim(cwd, [
      ...["export", "boot.jsonl", "--to", "shiviz", "--out", "boot.log", "--json"],
    ]);
    const { length } = readFileSync(join(cwd, "boot.log"));
    expect(JSON.parse(stdout)).toMatchObject({
      command: "export",
      ok: true,
      results: [{ file: "boot.jsonl", to: "shiviz", made: [{ file: "boot.log", bytes: length }] }],
    });
  });
});

/** Two steps of a hundred different casts each. */
function long(): string {
  const actors = ["a@h", "b@h"].map((name) => ({ name, service: name, project: "p", host: "h" }));
  const header = { timeline: 1, novasim: "0.1.0", scenario: "long", title: "Long", seed: 1 };
  const lines: object[] = [
    { ...header, epoch: "2014-09-18T04:03:09.000Z", detail: "flow", actors, source: null },
  ];
  const add = (kind: string, fields: object): void => {
    const seq = lines.length - 1;
    lines.push({ seq, at: seq * 1_000, kind, ...fields });
  };
  for (const [index, text] of ["first", "second"].entries()) {
    add("step", { index, text });
    for (let n = 0; n < 100; n++) {
      const id = lines.length;
      const [from, to] = ["a@h", "b@h"];
      const sent = { id, from, exchange: "e", topic: "b", method: `m${String(n)}`, args: {} };
      add("rpc.cast", { actor: from, ...sent });
      add("rpc.delivered", { actor: to, cause: lines.length - 2, id, to, queue: "b" });
    }
  }
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}
