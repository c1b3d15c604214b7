/** The rows of a sequence as shapes and words, from the ground up: lifelines, bars, arrows, labels. */
import type { Model } from "../model/model.js";
import { took } from "../sequence/labels.js";
import type { ArrowRow, Label, MarkRow } from "../sequence/row.js";
import { clock } from "../words.js";
import { bars, deaths, HALF, threads } from "./bars.js";
import { heads, headsHeight } from "./heads.js";
import { arrowLabel, endsOf, isOthers, labelPlace } from "./labels.js";
import { GUTTER, Heights, type Across, type PlacedRow } from "./place.js";
import { arrowShape, glyph, zigzag } from "./shapes.js";
import { labelled, line } from "./text.js";
import { num, tag } from "./xml.js";

/** @param top where the first row begins */
export function drawn(
  model: Model,
  layout: Across,
  rows: readonly PlacedRow[],
  top: number,
): string {
  const last = rows.at(-1);
  const bottom = last === undefined ? top : last.y + last.height;
  const heights = new Heights(rows, top);
  return [
    ground(layout, rows, top, bottom),
    ...deaths(model, layout, heights, bottom),
    ...threads(model, layout, rows, heights),
    ...bars(model, layout, rows, bottom, heights),
    ...above(layout, rows),
  ].join("\n");
}

/** Rows of which nobody was at work: sums of many messages. */
export function drawnPlain(layout: Across, rows: readonly PlacedRow[], top: number): string {
  const last = rows.at(-1);
  const bottom = last === undefined ? top : last.y + last.height;
  const words = rows.map((placed) => rowOf(placed, layout));
  return [ground(layout, rows, top, bottom), ...words].join("\n");
}

/** What lies on the lanes, with its times. */
function above(layout: Across, rows: readonly PlacedRow[]): readonly string[] {
  const parts: string[] = [];
  let before: string | undefined;
  for (const placed of rows) {
    const { row } = placed;
    const time = clock(row.at);
    if (row.kind !== "chapter" && row.kind !== "gap" && time !== before) {
      parts.push(line(GUTTER - 12, placed.line + (row.kind === "arrow" ? -5 : 4), "time", time));
      before = time;
    }
    parts.push(rowOf(placed, layout));
  }
  return parts;
}

function rowOf(placed: PlacedRow, layout: Across): string {
  const { row } = placed;
  switch (row.kind) {
    case "chapter":
      return chapter(placed, layout);
    case "gap":
      return line(GUTTER + 8, placed.line + 4, "muted on", `${took(row.passes)} pass`);
    case "arrow":
      return arrow(row, placed, layout);
    case "mark":
      return marked(row, placed, layout);
    default:
      return row satisfies never;
  }
}

/** Bands of time in which nothing happens, and the lifelines over them. */
export function ground(
  { lanes, width }: Across,
  rows: readonly PlacedRow[],
  top: number,
  bottom: number,
): string {
  const gaps = rows.filter(({ row }) => row.kind === "gap");
  const bands = gaps.map(({ y, height }) => tag("rect", { class: "sunk", x: 0, y, width, height }));
  const lines = lanes.map(({ x }) => {
    let from = top;
    const pieces: string[] = [];
    for (const { y, height } of gaps) {
      pieces.push(`M${num(x)} ${num(from)}V${num(y)}`, zigzag(x, y, height));
      from = y + height;
    }
    return [...pieces, `M${num(x)} ${num(from)}V${num(bottom)}`].join("");
  });
  return [...bands, tag("path", { class: "lane", d: lines.join("") })].join("\n");
}

function chapter({ row, y, height, title, note, heads: again }: PlacedRow, layout: Across): string {
  if (row.kind !== "chapter") return "";
  const own = height - (again ? headsHeight(layout) : 0);
  const parts = [
    tag("rect", { class: "panel", x: 0, y, width: layout.width, height: own }),
    tag("path", { class: "rule edge", d: `M0 ${num(y + 0.5)}H${num(layout.width)}` }),
    tag("path", { class: "rule", d: `M0 ${num(y + own - 0.5)}H${num(layout.width)}` }),
    line(GUTTER - 12, y + 21, "time strong", String(row.chapter.number)),
  ];
  let at = y + 8;
  for (const words of title) parts.push(line(GUTTER, (at += 18) - 5, "mono", words));
  for (const words of note) parts.push(line(GUTTER, (at += 20) - 5, "note", words));
  if (again) parts.push(heads(layout, y + own));
  return parts.join("\n");
}

function arrow(row: ArrowRow, { line: y }: PlacedRow, layout: Across): string {
  const label = arrowLabel(row, layout);
  if (label === undefined) return "";
  return arrowShapes(row, y, layout) + labelled(label.x, y - 6, label.label);
}

/** The lines of a message and its answer, without a word. */
export function arrowShapes(row: ArrowRow, y: number, layout: Across): string {
  const from = layout.x(row.from);
  if (from === undefined) return "";
  const ends = endsOf(row, from, layout);
  // Between two in one lane there is nothing to draw; to oneself is a loop.
  if (isOthers(row) && ends.every((to) => to === from)) return "";
  const shapes = ends.map((to) => {
    const side = Math.sign(to - from);
    return arrowShape(row, from + side * HALF, to - side * HALF, y);
  });
  const served = row.folded ? ends.map((to) => servant(to, y)) : [];
  return [...served, ...shapes].join("");
}

/** Who answers within its row has its whole work there. */
function servant(x: number, y: number): string {
  return tag("rect", { class: "bar", x: x - HALF, y: y - 4, width: 2 * HALF, height: 10 });
}

function marked(row: MarkRow, { line: y }: PlacedRow, layout: Across): string {
  const x = row.actor === undefined ? undefined : layout.x(row.actor);
  const at = x ?? GUTTER + 4;
  return glyph(row.sign, at, y) + placedLabel(row.label, at + 13, at - 13, y + 4, layout);
}

function placedLabel(label: Label, left: number, right: number, y: number, layout: Across): string {
  const placed = labelPlace(label, left, right, layout);
  return labelled(placed.x, y, placed.label);
}
