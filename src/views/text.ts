/**
 * The flow of a run for a person at a terminal: step by step, a row for each message with its answer
 * at the right edge, indented by what caused it. REST is drawn solid and RPC dashed, and each row
 * says so in words. What repeats is counted, what is quiet is left out, and `verbose` brings it back.
 */
import { assertViewOptions } from "./given.js";
import { assertTimeline } from "../timeline/checks/given.js";
import type { Micros } from "../kernel/index.js";
import type { Entry, Timeline } from "../timeline/index.js";
import { REST_ARROW, RPC_ARROW } from "./arrows.js";
import { Names } from "./names.js";
import { gatherRepeats } from "./rows/repeats.js";
import { layOut, leadColumn, type Frame } from "./layout.js";
import { Passage } from "./passage.js";
import { answerLines, heading, type StepEntry } from "./rows/heading.js";
import type { Later, Row } from "./rows/row.js";
import { Rows } from "./rows/rows.js";
import { Summary, Tally, told } from "./summary.js";
import { PLAIN, type Recording, type View, type ViewOptions } from "./view.js";
import { clip, count, safe } from "./words.js";

const WIDTH = 100;
const NARROWEST = 60;
/** Rows of a step before its middle is left out. */
const LIMIT = 160;
/** Of these, how many are its end. */
const TAIL_SHARE = 0.25;

/** Steps of a run before its middle is left out, and as many again in which something failed. */
const MOST_STEPS = 60;

/** A step and what happened until the next one began. */
interface Section {
  readonly step: StepEntry | undefined;
  readonly made: Later[];
  readonly tally: Tally;
}

/** Lines of the text, and when what they tell of happened. */
export interface Told {
  readonly at: Micros;
  readonly lines: readonly string[];
  /** The step that they begin. */
  readonly step?: StepEntry;
  /** A question has been asked with them; what follows may say what the answer is. */
  readonly asks?: true;
}

/**
 * The flow of a run as text, a line for each message, indented under what caused it.
 *
 * @example
 * ```ts
 * import { Cloud, renderText } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * console.log(renderText(cloud.timeline).includes("keystone")); // true
 * ```
 */
export function renderText(timeline: Timeline, options: ViewOptions = {}): string {
  assertTimeline(timeline, "renderText");
  assertViewOptions(options, "renderText");
  return [...pieces(timeline, options)].join("");
}

function* pieces(recording: Recording, options: ViewOptions = {}): Generator<string> {
  for (const { lines } of tell(recording, options)) {
    yield lines.map((line) => `${line.trimEnd()}\n`).join("");
  }
}

/** The text in the order in which it is read. How wide a column is, only the whole run says. */
export function* tell(recording: Recording, options: ViewOptions = {}): Generator<Told> {
  const { header } = recording;
  const paint = options.paint ?? PLAIN;
  const verbose = options.verbose ?? false;
  const width = Math.max(NARROWEST, options.width ?? WIDTH);
  const limit = verbose ? (options.limit ?? Infinity) : (options.limit ?? LIMIT);
  const rows = new Rows(header, new Names(header), verbose);
  const end = new Summary();
  const { sections, last } = sectionsOf(recording.entries, rows, end, options);
  const staged = sections.some(({ step }) => step !== undefined);
  const drawn = sections.map(({ step, made, tally }) => {
    const all = made.map((later) => later());
    // What a cloud does to start is not what a scenario is about.
    const startup = staged && step === undefined && !verbose && options.only === undefined;
    const kept = startup ? all.filter(({ important }) => important) : gatherRepeats(all);
    return { step, tally, rows: elide(kept, limit), startup };
  });
  const shown = drawn.flatMap((section) => section.rows);
  const frame: Frame = { width, paint, verbose, column: leadColumn(shown, width) };
  const head = [
    paint.strong(clip(safe(`${header.scenario}: ${header.title}`), width)),
    paint.dim(
      `seed ${String(header.seed)}, ${safe(header.epoch)}, times in seconds, indented by what caused it`,
    ),
    paint.dim(legend(shown)),
  ];
  yield { at: 0, lines: head };
  const open = verbose ? drawn : withoutMiddle(drawn);
  let at = 0;
  for (const section of open) {
    if (typeof section === "number") {
      const left = `… ${count(section, "step")} left out; --verbose shows them`;
      yield { at, lines: ["", paint.dim(left)] };
      continue;
    }
    const { step } = section;
    at = step?.at ?? at;
    if (step === undefined) yield { at, lines: [""] };
    else yield* heads(step, frame);
    if (section.startup)
      yield { at, lines: [paint.dim(`the cloud starts: ${told(section.tally)}`)] };
    for (const row of section.rows) {
      at = Math.max(at, row.at);
      yield { at, lines: layOut(row, frame) };
    }
    const answer = answerLines(step, frame);
    if (answer.length > 0) yield { at, lines: answer };
  }
  const lines = ["", ...end.lines(rows.states, frame)];
  if (options.missing !== undefined && options.missing > 0) {
    const more = `… ${count(options.missing, "later entry", "later entries")} not shown; a recording keeps them all`;
    lines.push(paint.warn(`   ${more}`));
  }
  yield { at: Math.max(at, last), lines };
}

/** What is asked before a step stands alone, since its note may answer it. */
function* heads(step: StepEntry, frame: Frame): Generator<Told> {
  const { at } = step;
  const { rule, asked, note } = heading(step, frame);
  if (asked.length === 0) yield { at, step, lines: ["", ...rule, ...note] };
  else {
    yield { at, step, asks: true, lines: ["", ...rule, ...asked] };
    if (note.length > 0) yield { at, lines: note };
  }
}

export const text: View = {
  name: "text",
  about: "the flow of a run for reading at a terminal",
  extension: "txt",
  filters: true,
  render: renderText,
  pieces,
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

interface Sections {
  readonly sections: readonly Section[];
  /** When the last entry was. */
  readonly last: Micros;
}

/** Goes through the entries; of each is kept what its row will say. */
function sectionsOf(
  entries: Iterable<Entry>,
  rows: Rows,
  end: Summary,
  { chapter, only }: ViewOptions,
): Sections {
  const sections: Section[] = [];
  const passage = new Passage(chapter);
  let current: Section | undefined;
  let last = 0;
  for (const entry of entries) {
    const later = rows.of(entry);
    last = entry.at;
    if (!passage.has(entry)) continue;
    end.add(entry);
    if (entry.kind === "step" || current === undefined) {
      const step = entry.kind === "step" ? entry : undefined;
      current = { step, made: [], tally: new Tally() };
      sections.push(current);
    }
    current.tally.add(entry);
    if (later !== undefined && only?.has(entry.seq) !== false) current.made.push(later);
  }
  // Of a part, the steps that it has something of.
  const kept = only === undefined ? sections : sections.filter(({ made }) => made.length > 0);
  return { sections: kept, last };
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
