/**
 * The flow of a run for a person at a terminal: step by step, a row for each message with its answer
 * at the right edge, indented by what caused it. REST is drawn solid and RPC dashed, and each row
 * says so in words. What repeats is counted, what is quiet is left out, and `verbose` brings it back.
 */
import type { Entry, Timeline } from "../timeline/index.js";
import { REST_ARROW, RPC_ARROW } from "./arrows.js";
import { Names } from "./names.js";
import { gatherRepeats } from "./rows/repeats.js";
import { layOut, leadColumn, type Frame } from "./layout.js";
import type { Row } from "./rows/row.js";
import { Rows } from "./rows/rows.js";
import { summary, tally } from "./summary.js";
import { PLAIN, type View, type ViewOptions } from "./view.js";
import { columns } from "../text/width.js";
import { clip, count, safe, wrap } from "./words.js";

const WIDTH = 100;
const NARROWEST = 60;
/** Rows of a step before its middle is left out. */
const LIMIT = 160;
/** Of these, how many are its end. */
const TAIL_SHARE = 0.25;

/** Steps of a run before its middle is left out, and as many again in which something failed. */
const MOST_STEPS = 60;

type StepEntry = Extract<Entry, { kind: "step" }>;

/** A step and what happened until the next one began. */
interface Section {
  readonly step: StepEntry | undefined;
  readonly entries: Entry[];
}

export function renderText(timeline: Timeline, options: ViewOptions = {}): string {
  const { header, entries } = timeline;
  const paint = options.paint ?? PLAIN;
  const verbose = options.verbose ?? false;
  const width = Math.max(NARROWEST, options.width ?? WIDTH);
  const limit = verbose ? (options.limit ?? Infinity) : (options.limit ?? LIMIT);
  const rows = new Rows(timeline, new Names(header, entries), verbose);
  const sections = sectionsOf(entries);
  const staged = sections.some(({ step }) => step !== undefined);
  const drawn = sections.map((section) => {
    const made = section.entries.map((entry) => rows.of(entry)).filter((row) => row !== undefined);
    // What a cloud does to start is not what a scenario is about.
    const startup = staged && section.step === undefined && !verbose;
    const kept = startup ? made.filter(({ important }) => important) : gatherRepeats(made);
    return { ...section, rows: elide(kept, limit), startup };
  });
  const frame: Frame = {
    width,
    paint,
    verbose,
    column: leadColumn(
      drawn.flatMap((section) => section.rows),
      width,
    ),
  };
  const lines = [
    paint.strong(clip(safe(`${header.scenario}: ${header.title}`), width)),
    paint.dim(
      `seed ${String(header.seed)}, ${safe(header.epoch)}, times in seconds, indented by what caused it`,
    ),
    paint.dim(legend(drawn.flatMap((section) => section.rows))),
  ];
  const open = verbose ? drawn : withoutMiddle(drawn);
  for (const section of open) {
    lines.push("");
    if (typeof section === "number") {
      lines.push(paint.dim(`… ${count(section, "step")} left out; --verbose shows them`));
      continue;
    }
    if (section.step !== undefined) lines.push(...heading(section.step, frame));
    if (section.startup) lines.push(paint.dim(`the cloud starts: ${tally(section.entries)}`));
    for (const row of section.rows) lines.push(...layOut(row, frame));
  }
  lines.push("", ...summary(timeline, rows.states, frame));
  if (options.missing !== undefined && options.missing > 0) {
    const more = `… ${count(options.missing, "later entry", "later entries")} not shown; a recording keeps them all`;
    lines.push(paint.warn(`   ${more}`));
  }
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

export const text: View = {
  name: "text",
  about: "the flow of a run for reading at a terminal",
  extension: "txt",
  render: renderText,
};

/** What the signs of `rows` mean. */
function legend(rows: readonly Row[]): string {
  const signs = [
    ["◆", "state"],
    ["✉", "notification"],
    ["!", "log"],
  ] as const;
  const seen = signs.filter(([sign]) => rows.some(({ lead }) => lead.startsWith(`${sign} `)));
  const arrows = `${REST_ARROW} REST   ${RPC_ARROW} RPC: a call waits, a cast does not`;
  return [arrows, ...seen.map((pair) => pair.join(" "))].join("   ");
}

/** Of very many steps the first, the last, and those in which something went wrong. */
function withoutMiddle<S extends { readonly rows: readonly Row[] }>(
  sections: readonly S[],
): (S | number)[] {
  if (sections.length <= MOST_STEPS) return [...sections];
  const tail = Math.floor(MOST_STEPS * TAIL_SHARE);
  const kept: (S | number)[] = [];
  let room = MOST_STEPS;
  for (const [index, section] of sections.entries()) {
    const atEnd = index < MOST_STEPS - tail || index >= sections.length - tail;
    const wrong = room > 0 && section.rows.some(isWrong);
    if (wrong && !atEnd) room -= 1;
    const last = kept.at(-1);
    if (atEnd || wrong) kept.push(section);
    else if (typeof last === "number") kept[kept.length - 1] = last + 1;
    else kept.push(1);
  }
  return kept;
}

const isWrong = ({ important, tone, endTone }: Row): boolean =>
  important && (tone === "bad" || endTone === "bad");

function sectionsOf(entries: readonly Entry[]): Section[] {
  const sections: Section[] = [];
  let current: Section = { step: undefined, entries: [] };
  for (const entry of entries) {
    if (entry.kind !== "step") {
      current.entries.push(entry);
      continue;
    }
    if (current.step !== undefined || current.entries.length > 0) sections.push(current);
    current = { step: entry, entries: [] };
  }
  if (current.step !== undefined || current.entries.length > 0) sections.push(current);
  return sections;
}

/** A rule with the step's number and text, then its note. A mere note has no rule. */
function heading(step: StepEntry, { width, paint }: Frame): string[] {
  const note = step.note === undefined || step.note === step.text ? "" : step.note;
  const lines = wrap(safe(note), width - 6).map((line) => `   ${line}`);
  if (step.text === "") return lines;
  const title = clip(`── ${String(step.index + 1)} ── ${safe(step.text)} `, width - 2);
  const rule = `${title}${"─".repeat(Math.max(0, width - columns(title)))}`;
  return [paint.strong(rule), ...lines];
}

/** Leave out the middle of a long step, but nothing that failed and nothing that a user did. */
function elide(rows: readonly Row[], limit: number): readonly Row[] {
  if (rows.length <= limit) return rows;
  const tail = Math.floor(limit * TAIL_SHARE);
  const head = limit - tail;
  const kept: Row[] = rows.slice(0, head);
  const middle = rows.slice(head, rows.length - tail);
  let left = 0;
  const say = (at: Row): void => {
    if (left > 0)
      kept.push({ ...at, ...GAP, lead: `… ${String(left)} rows left out; --verbose shows them` });
    left = 0;
  };
  for (const row of middle) {
    if (!row.important) left += 1;
    else {
      say(row);
      kept.push(row);
    }
  }
  const [end] = rows.slice(rows.length - tail);
  if (end !== undefined) say(end);
  return [...kept, ...rows.slice(rows.length - tail)];
}

const GAP = {
  depth: 0,
  what: "",
  extra: "",
  end: "",
  tone: "dim",
  block: [],
  important: false,
} as const;
