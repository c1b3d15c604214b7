/** `novasim view`: a page from a recording or from a scenario, and what it does not write over. */
import fs from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { boot } from "../timeline/fake-run.js";
import { BOOT, folder, novasim } from "./bed.js";

const recorded = `${boot().timeline.lines.join("\n")}\n`;
const inside = (page: string): string => {
  const [, packed = ""] = /id="recording">([^<]*)</u.exec(page) ?? [];
  return gunzipSync(Buffer.from(packed.trim(), "base64")).toString();
};

it("puts a recording into a page, whole, and asks for nothing from anywhere", async () => {
  const cwd = folder({ "boot.jsonl": recorded });
  const { code, stderr } = await novasim(cwd, ["view", "boot.jsonl"]);
  expect([code, stderr]).toEqual([0, expect.stringContaining("boot.html: ")]);
  const page = fs.readFileSync(path.join(cwd, "boot.html"), "utf8");
  expect(inside(page)).toBe(recorded);
  expect(page).toContain("<title>Boot an instance</title>");
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<(?:script|link|img)[^>]+(?:src|href)=/u);
});

it("runs a scenario, and makes its page even if an expectation failed", async () => {
  const cwd = folder({ "my.yaml": BOOT });
  const { code } = await novasim(cwd, ["view", "my.yaml", "--out", "lesson.html"]);
  expect(code).toBe(0);
  const page = fs.readFileSync(path.join(cwd, "lesson.html"), "utf8");
  expect(inside(page).split("\n")[0]).toContain('{"timeline":1');
});

it("writes over a page, and over nothing else", async () => {
  const cwd = folder({ "boot.jsonl": recorded, "mine.html": "<!doctype html>\nmy own" });
  await novasim(cwd, ["view", "boot.jsonl"]);
  expect((await novasim(cwd, ["view", "boot.jsonl"])).code).toBe(0);
  const { code, stderr } = await novasim(cwd, ["view", "boot.jsonl", "--out", "mine.html"]);
  expect([code, stderr]).toEqual([2, expect.stringContaining("is not a page of novasim")]);
  expect(fs.readFileSync(path.join(cwd, "mine.html"), "utf8")).toContain("my own");
});

it.each([
  [
    "none/x.html",
    "cannot write none/x.html: there is no such file or directory\n  Make none first.",
  ],
  ["/dev/full", "cannot write /dev/full: the disk is full"],
  [".", "cannot write .: it is a directory"],
])("says why no page can be at %s, and leaves nothing behind", async (out, message) => {
  const cwd = folder({ "boot.jsonl": recorded });
  const { code, stderr } = await novasim(cwd, ["view", "boot.jsonl", "--out", out]);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(fs.readdirSync(cwd)).toEqual(["boot.jsonl"]);
});

it("says what is no recording, and that a recording cannot be run with another seed", async () => {
  const cwd = folder({ "not.jsonl": "hello\n", "boot.jsonl": recorded });
  const wrong = await novasim(cwd, ["view", "not.jsonl"]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("not a timeline")]);
  const seed = await novasim(cwd, ["view", "boot.jsonl", "--seed", "3"]);
  expect([seed.code, seed.stderr]).toEqual([
    2,
    expect.stringContaining("a recording is as it was"),
  ]);
});

it("shows no title as markup", async () => {
  const [header = "", ...entries] = boot().timeline.lines;
  const evil = header.replace('"Boot an instance"', '"</title><script>alert(1)</script>"');
  const cwd = folder({ "evil.jsonl": [evil, ...entries, ""].join("\n") });
  await novasim(cwd, ["view", "evil.jsonl"]);
  const page = fs.readFileSync(path.join(cwd, "evil.html"), "utf8");
  expect(page).toContain("<title>&lt;/title&gt;&lt;script&gt;");
});
