/**
 * A sequence diagram as one SVG, for slides and pages: readable in light and dark, and nothing in it
 * that must be fetched. A run of too many rows for a picture is told chapter by chapter instead, by
 * the classes of its messages (`classes.ts`).
 */
import { assertViewOptions } from "../given.js";
import { assertTimeline } from "../../timeline/checks/given.js";
import type { Timeline } from "../../timeline/index.js";
import { Model } from "../model/model.js";
import { bandsOf } from "../sequence/lanes.js";
import { firstLevel, MANY, sequenceRows } from "../sequence/rows.js";
import type { Level, SequenceRow } from "../sequence/row.js";
import type { View, ViewOptions } from "../view.js";
import { count } from "../words.js";
import { classesPicture } from "./classes.js";
import { frame } from "./frame.js";
import { heads, headsHeight } from "./heads.js";
import { drawn } from "./drawn.js";
import { across, down } from "./place.js";

/** Rows beyond which nobody reads a picture from its top to its end. */
const LIMIT = 240;

/**
 * The messages of a run as one picture, in light and dark.
 *
 * @example
 * ```ts
 * import { Cloud, renderSvg } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * console.log(renderSvg(cloud.timeline).startsWith("<svg")); // true
 * ```
 */
export function renderSvg(timeline: Timeline, options: ViewOptions = {}): string {
  assertTimeline(timeline, "renderSvg");
  assertViewOptions(options, "renderSvg");
  const model = Model.of(timeline);
  const notices = noticesOf(options);
  const { level, rows: all } = chosen(model, options);
  if (all.length > (options.limit ?? LIMIT)) return classesPicture(model, options, notices);
  const rows = withoutEmpty(all);
  const layout = across(bandsOf(model, rows));
  if (level === "outline") notices.push("The outline: messages that moved work.");
  return frame(model, layout.width, notices, (top) => {
    const under = top + headsHeight(layout);
    const placed = down(rows, under, layout.width, headsHeight(layout));
    return {
      body: `${drawn(model, layout, placed, under)}\n${heads(layout, top)}`,
      bottom: placed.reduce((y, row) => Math.max(y, row.y + row.height), under),
    };
  });
}

export const svg: View = {
  name: "svg",
  about: "a sequence diagram as a picture, for slides and pages",
  extension: "svg",
  filters: true,
  render: renderSvg,
  crowded(timeline, options = {}) {
    const { rows } = chosen(Model.of(timeline), options);
    return rows.length > (options.limit ?? LIMIT);
  },
};

interface Chosen {
  readonly level: Level;
  readonly rows: readonly SequenceRow[];
}

/** What there is to draw, at the level that a reader should begin with: of a chapter, its own. */
function chosen(model: Model, { chapter, verbose, actors, only }: ViewOptions): Chosen {
  const at = (level: Level): Chosen => {
    const all = sequenceRows(model, level);
    const some =
      only === undefined ? all : all.filter((row) => row.kind === "chapter" || only.has(row.seq));
    const rows = concerning(some, model, actors);
    return { level, rows: within(rows, model, chapter) };
  };
  if (verbose === true || chapter === 0) return at("entries");
  if (chapter === undefined) return at(firstLevel(model));
  const messages = at("messages");
  const outline = at("outline");
  const arrows = (rows: readonly SequenceRow[]): number =>
    rows.filter(({ kind }) => kind === "arrow").length;
  return arrows(messages.rows) > MANY && arrows(outline.rows) > 0 ? outline : messages;
}

/** The rows of one chapter alone. */
function within(
  rows: readonly SequenceRow[],
  { chapters }: Model,
  number: number | undefined,
): readonly SequenceRow[] {
  if (number === undefined) return rows;
  return rows.filter(({ seq }) => chapters.all[chapters.indexOf(seq)]?.number === number);
}

/** The rows that concern one of `words`: services, processes or hosts; without any, all. */
export function concerning(
  rows: readonly SequenceRow[],
  model: Model,
  words: readonly string[] | undefined,
): readonly SequenceRow[] {
  if (words === undefined) return rows;
  const meant = (name: string): boolean => {
    const { service, host } = model.actors.of(name);
    return words.some((word) => word === name || word === service || word === host);
  };
  return rows.filter((row) => {
    if (row.kind === "arrow") return [row.from, ...row.to].some(meant);
    if (row.kind === "mark") return row.actor === undefined || meant(row.actor);
    return true;
  });
}

/** Time that passes right before another stretch of it, with nothing in between. */
function withoutEmpty(rows: readonly SequenceRow[]): readonly SequenceRow[] {
  const kept: SequenceRow[] = [];
  for (const row of rows) {
    const last = kept.at(-1);
    if (row.kind === "gap" && last?.kind === "gap") {
      kept[kept.length - 1] = { ...row, passes: last.passes + row.passes };
    } else kept.push(row);
  }
  return kept;
}

function noticesOf({ missing = 0 }: ViewOptions): string[] {
  if (missing === 0) return [];
  return [`${count(missing, "later entry", "later entries")} not shown.`];
}
