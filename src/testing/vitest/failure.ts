/**
 * What a test that has failed leaves for who looks: the tail of its flow, its recording and its page in a folder
 * beside it, and the line that repeats it. Written over at the next failure of that test.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { pageOf } from "../../cli/page/page-file.js";
import type { Cloud } from "../../cloud/cloud.js";
import { renderText } from "../../views/index.js";
import { slug } from "./names.js";

export const FOLDER = "novasim-failures";

/** How many lines of the flow are told. */
const TAIL = 25;

export interface FailedTest {
  /** Absolute. */
  readonly file: string;
  /** With its suites: `the keeper > tries again`. */
  readonly name: string;
  /** As `-t` finds it. */
  readonly title: string;
  readonly seed: number;
}

/** @returns what is to be printed */
export function reportFailure(cloud: Cloud, { file, name, title, seed }: FailedTest): string {
  const { timeline } = cloud;
  const base = join(dirname(file), FOLDER, slug(name));
  mkdirSync(dirname(base), { recursive: true });
  writeFileSync(`${base}.timeline.jsonl`, `${timeline.lines.join("\n")}\n`);
  writeFileSync(`${base}.html`, pageOf(name, timeline.lines));
  const lines = renderText(timeline).trimEnd().split("\n");
  const left = lines.length - TAIL;
  const here = (path: string): string => relative(process.cwd(), path);
  return [
    `${name}: failed on a cloud of seed ${String(seed)}`,
    ...(left > 0 ? [`… ${String(left)} lines before`] : []),
    ...lines.slice(-TAIL),
    "",
    `recording: ${here(base)}.timeline.jsonl`,
    `page:      ${here(base)}.html`,
    `repeat:    NOVASIM_SEED=${String(seed)} npx vitest run ${quoted(here(file))} -t ${quoted(title)}`,
  ].join("\n");
}

const quoted = (text: string): string =>
  /^[\w./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
