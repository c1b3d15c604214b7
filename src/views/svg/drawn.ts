/** The rows of a sequence as shapes and words, from the ground up: lifelines, bars, arrows, labels. */
import type { Model } from "../model/model.js";
import { barsOf } from "../sequence/bars.js";
import { took } from "../sequence/labels.js";
import { part, type ArrowRow, type Label, type MarkRow } from "../sequence/row.js";
import { clock, safe } from "../words.js";
import { heads, headsHeight } from "./heads.js";
import { fitted, labelWidth } from "./measure.js";
import { GUTTER, Heights, type Across, type PlacedRow } from "./place.js";
import { arrowShape, glyph, zigzag } from "./shapes.js";
import { labelled, line } from "./text.js";
import { num, tag } from "./xml.js";

const SIZE = 12;
/** Words of this width say something, even if they are cut then. */
const LEAST = 260;
/** Half of a bar. */
const HALF = 4;

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

/** While a process is dead its lifeline is dotted. */
export function deaths(
  model: Model,
  { lanes }: Across,
  heights: Heights,
  bottom: number,
): readonly string[] {
  return lanes.flatMap(({ actor, x }) =>
    model.processes.deadOf(actor.name).map(([from, to]) => {
      const end = to === Infinity ? bottom : heights.to(to);
      const start = heights.from(from);
      return tag("path", { class: "dead", d: `M${num(x)} ${num(start)}V${num(end)}` });
    }),
  );
}

/** From where a message waits in its queue down to where it is taken from it. */
export function threads(
  { messages }: Model,
  layout: Across,
  rows: readonly PlacedRow[],
  heights: Heights,
): readonly string[] {
  const exchanges = new Map([...messages.rpc.values()].map((one) => [one.sent.seq, one]));
  return rows.flatMap(({ row, line: y }) => {
    if (row.kind !== "arrow" || !row.waits) return [];
    const [taken] = exchanges.get(row.seq)?.delivered ?? [];
    const [from, to] = [layout.x(row.from), layout.x(taken?.to ?? "")];
    if (taken === undefined || from === undefined || to === undefined) return [];
    const x = to - (Math.sign(to - from) || 1) * 11;
    const d = `M${num(x)} ${num(y + 7)}V${num(Math.max(y + 7, heights.from(taken.seq) + 4))}`;
    return [tag("path", { class: "l answer cast", d })];
  });
}

function bars(
  model: Model,
  layout: Across,
  rows: readonly PlacedRow[],
  bottom: number,
  heights: Heights,
): readonly string[] {
  return barBoxes(model, layout, rows, bottom, heights).map(barShape);
}

export interface BarBox {
  readonly kind: "works" | "waits";
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Where each bar stands. */
export function barBoxes(
  model: Model,
  { x }: Across,
  rows: readonly PlacedRow[],
  bottom: number,
  heights: Heights,
): readonly BarBox[] {
  // A bar without its arrow would be a riddle; what is answered within its row has its bar there.
  const shown = new Map(
    rows.flatMap((placed) =>
      placed.row.kind === "arrow" && !placed.row.folded ? [[placed.row.seq, placed] as const] : [],
    ),
  );
  return barsOf(model).flatMap(({ actor, kind, from, to, message }) => {
    const middle = x(actor);
    const sent = shown.get(message);
    if (middle === undefined || sent === undefined) return [];
    const begins = heights.from(from);
    // Who takes it before anything else is shown begins where the arrow ends.
    const y = begins === sent.y + sent.height ? sent.line : begins;
    const height = (to === Infinity ? bottom : heights.to(to)) - y;
    return height < 2 * HALF ? [] : [{ kind, x: middle - HALF, y, height }];
  });
}

export function barShape({ kind, x, y, height }: BarBox): string {
  return tag("rect", { class: kind === "works" ? "bar" : "wait", x, y, width: 2 * HALF, height });
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
  const shapes = ends.map((to) => {
    const side = Math.sign(to - from);
    return arrowShape(row, from + side * HALF, to - side * HALF, y);
  });
  const served = row.folded ? ends.map((to) => servant(to, y)) : [];
  return [...served, ...shapes].join("");
}

/** Where the words of a message begin, and so many of them as there is room for. */
export function arrowLabel(
  row: ArrowRow,
  layout: Across,
): { readonly x: number; readonly label: Label } | undefined {
  const from = layout.x(row.from);
  if (from === undefined) return undefined;
  const ends = endsOf(row, from, layout);
  const said = row.times === 1 ? row.label : [...row.label, part(`  ×${String(row.times)}`)];
  const label = layout.beside === undefined ? said : [...whoToWhom(row, layout), ...said];
  return labelPlace(label, Math.min(from, ...ends) + 9, Math.max(from, ...ends) - 9, layout);
}

function endsOf(row: ArrowRow, from: number, layout: Across): readonly number[] {
  const reached = row.to.flatMap((name) => layout.x(name) ?? []);
  if (reached.length > 0) return reached;
  // What reaches nobody goes a little way toward the middle of the picture.
  return [from + (from > layout.width / 2 ? -1 : 1) * layout.pitch * 0.9];
}

/** Of words that do not stand at their arrow nobody could say whose they are. */
export function whoToWhom({ from, to }: ArrowRow, { lanes }: Across): Label {
  const nameOf = (name: string): string => {
    const lane = lanes.find(({ actor }) => actor.name === name);
    return lane === undefined ? safe(name) : `${lane.head} ${lane.under}`.trim();
  };
  const [first] = to;
  const whom = first === undefined ? "" : to.length > 1 ? String(to.length) : nameOf(first);
  return [part(`${nameOf(from)} → ${whom}  `, "muted")];
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

/** From `left` on, if it fits; else to `right`; else cut. Beside crowded lanes, in the column of words. */
export function labelPlace(
  label: Label,
  left: number,
  right: number,
  { beside, width }: Across,
): { readonly x: number; readonly label: Label } {
  if (beside !== undefined) return { x: beside, label: fitted(label, width - beside - 8, SIZE) };
  const wide = labelWidth(label, SIZE);
  if (left + wide <= width - 8) return { x: left, label };
  if (right - wide >= GUTTER) return { x: right - wide, label };
  // Cut where it stands, if something of it can be read there.
  const x = width - left > LEAST ? left : Math.max(GUTTER, Math.min(left, width - 8 - wide));
  return { x, label: fitted(label, width - 8 - x, SIZE) };
}
