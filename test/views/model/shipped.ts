/** Recordings that ship, read for tests of what is made from them. */
import fs from "node:fs";
import path from "node:path";
import { readTimeline, type ReadTimeline } from "../../../src/timeline/index.js";

const scenarios = path.resolve(import.meta.dirname, "../../../scenarios");

/** @param name as in `boot-and-shelve` */
export function shipped(name: string): ReadTimeline {
  return readTimeline(fs.readFileSync(path.join(scenarios, `${name}.timeline.jsonl`), "utf8"));
}
