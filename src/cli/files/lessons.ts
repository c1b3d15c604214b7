/** The lessons: the scenarios that ship, in the order in which their README would have them read. */
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { didYouMean } from "../../text/nearest.js";
import { CliError } from "../exit.js";
import { FOLDER } from "./catalogue.js";
import { because } from "./system-error.js";

export interface Lesson {
  /** Counted from 1. */
  readonly number: number;
  readonly name: string;
  /** What it is about, in a line. */
  readonly about: string;
  /** The heading that it stands under. */
  readonly part: string;
  /** How many questions it asks. */
  readonly questions: number;
  /** Its recording, or the scenario where there is none, as one would type it. */
  readonly file: string;
}

/** `1. [boot](boot.yaml): one boot in full`, or with a dash; more of it may follow on lines that are indented. */
const ENTRY = /^(?:\d+\.|-) \[([a-z0-9-]+)\]\(([\w/-]+)\.yaml\): (.*(?:\n {2,}.*)*)/u;
/** Markdown's links and emphasis, as what is read of them. */
const LINK = /\[([^\]]*)\]\([^)]*\)/gu;

/** @throws CliError if they were not installed */
export function lessons(cwd: string): readonly Lesson[] {
  const found: Lesson[] = [];
  let part = "";
  for (const block of readme().split(/\n(?=##? |\d+\. |- )/u)) {
    const [, heading] = /^## (.*)/u.exec(block) ?? [];
    if (heading !== undefined) part = heading;
    const [, name, file, about = ""] = ENTRY.exec(block) ?? [];
    if (name === undefined || file === undefined) continue;
    found.push({
      number: found.length + 1,
      name,
      about: about
        .replaceAll(LINK, "$1")
        .replaceAll(/`|\s*\n\s*/gu, (mark) => (mark === "`" ? "" : " ")),
      part,
      questions: questionsOf(join(FOLDER, `${file}.yaml`)),
      file: fileOf(cwd, file),
    });
  }
  return found;
}

/** @param word its name, or its number. @throws CliError if there is none */
export function lessonNamed(all: readonly Lesson[], word: string): Lesson {
  const found = all.find(({ name, number }) => name === word || String(number) === word);
  if (found !== undefined) return found;
  const hint =
    didYouMean(
      word,
      all.map(({ name }) => name),
    ) ?? "`novasim teach --list` has them all.";
  throw new CliError(`there is no lesson "${word}"`, hint);
}

function readme(): string {
  const file = join(FOLDER, "README.md");
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CliError(
      `the lessons were not installed: ${because(error)}`,
      `They are told in ${file}.`,
    );
  }
}

function questionsOf(file: string): number {
  if (!existsSync(file)) return 0;
  return readFileSync(file, "utf8").match(/^\s*(?:- )?question:/gmu)?.length ?? 0;
}

function fileOf(cwd: string, name: string): string {
  const recording = join(FOLDER, `${name}.timeline.jsonl`);
  const path = existsSync(recording) ? recording : join(FOLDER, `${name}.yaml`);
  const near = relative(cwd, path);
  return near.startsWith("..") ? path : near;
}
