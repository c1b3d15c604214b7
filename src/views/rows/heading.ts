/** The words of a scenario's author around the rows of a step: what is done, asked, noted and answered. */
import { columns } from "../../text/width.js";
import type { Entry } from "../../timeline/index.js";
import type { Frame } from "../layout.js";
import { clip, safe, wrap } from "../words.js";

export type StepEntry = Extract<Entry, { kind: "step" }>;

export interface Heading {
  /** With the step's number and text; a mere note has none. */
  readonly rule: readonly string[];
  readonly asked: readonly string[];
  readonly note: readonly string[];
}

export function heading(step: StepEntry, frame: Frame): Heading {
  const { width, paint } = frame;
  const asked = saidLines("?", step.question, frame).map((line) => paint.warn(line));
  const note = saidLines(" ", step.note === step.text ? undefined : step.note, frame);
  if (step.text === "") return { rule: [], asked, note };
  const title = clip(`── ${String(step.index + 1)} ── ${safe(step.text)} `, width - 2);
  const rule = `${title}${"─".repeat(Math.max(0, width - columns(title)))}`;
  return { rule: [paint.strong(rule)], asked, note };
}

/** What an author says, behind a sign. */
function saidLines(sign: string, text: string | undefined, { width }: Frame): string[] {
  if (text === undefined) return [];
  return wrap(safe(text), width - 6).map((line, at) => ` ${at === 0 ? sign : " "} ${line}`);
}

/** What is to be said to the question of a step, once it is done. */
export function answerLines(step: StepEntry | undefined, frame: Frame): string[] {
  return saidLines("=", step?.answer, frame).map((line) => frame.paint.good(line));
}
