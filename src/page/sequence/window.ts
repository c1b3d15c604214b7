/** The rows of a sequence that are in sight: one picture of shapes under rows of words. */
import type { SequenceRow } from "../../views/sequence/row.js";
import { ground } from "../../views/svg/drawn.js";
import { clock } from "../../views/words.js";
import { el, picture } from "../dom.js";
import type { DrawnRow, Placing } from "./placing.js";
import { rowWords } from "./words.js";

const HATCH =
  '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="4" height="4" class="hatched"/><path d="M0 0V4" class="hatch"/></pattern></defs>';

/** How rows look and what they do, beyond what they say. */
export interface Look {
  /** How strongly a row is drawn, up to 1. */
  readonly share: (row: SequenceRow) => number;
  readonly classes: (row: SequenceRow) => readonly string[];
  /** For who hears it. */
  readonly said: (row: SequenceRow) => string;
  /** Adds to the words of a row. */
  readonly decorate: (row: SequenceRow, cell: HTMLElement) => void;
  readonly choose: (row: SequenceRow) => void;
}

/** @param here the row of the cursor */
export function drawWindow(
  canvas: HTMLElement,
  placing: Placing,
  [top, end]: readonly [number, number],
  here: DrawnRow | undefined,
  look: Look,
): void {
  const { layout } = placing;
  const seen = placing.seen(top, end);
  const first = seen[0]?.y ?? 0;
  const last = seen.at(-1);
  const bottom = last === undefined ? 0 : last.y + last.height;
  const shapes = [
    HATCH,
    ground(layout, seen, first, bottom),
    ...placing.still,
    ...placing.bars(first, bottom),
    ...[...placing.crossing(first, bottom), ...seen].map((one) => shapeOf(one, placing, look)),
  ].join("");
  const box = `0 ${String(first)} ${String(layout.width)} ${String(bottom - first)}`;
  const drawn = picture(shapes, layout.width, bottom - first, box);
  drawn.style.top = `${String(first)}px`;
  const before = placing.before(seen[0]);
  const rows = seen.map((placed, i) => {
    const known = placing.made.get(placed);
    const above = i === 0 ? before : seen[i - 1]?.row;
    const made = known ?? rowOf(canvas, placed, placing, above, look);
    placing.made.set(placed, made);
    const { row } = placed;
    const name = ["row", row.kind, ...(placed === here ? ["here"] : []), ...look.classes(row)];
    // Unchanged elements are left alone: a browser lays out anew only what is new.
    if (made.className !== name.join(" ")) made.className = name.join(" ");
    if (placed === here) made.setAttribute("aria-selected", "true");
    else made.removeAttribute("aria-selected");
    return made;
  });
  put(canvas, drawn, rows);
  if (here !== undefined) canvas.setAttribute("aria-activedescendant", idOf(canvas, here.row));
}

/** Elements that stand already are left where they are. */
function put(canvas: HTMLElement, drawn: SVGElement, rows: readonly HTMLElement[]): void {
  const kept = new Set<Node>(rows);
  for (const child of [...canvas.childNodes]) if (!kept.has(child)) child.remove();
  let at = canvas.firstChild;
  for (const row of rows) {
    if (row === at) at = at.nextSibling;
    else canvas.insertBefore(row, at);
  }
  canvas.prepend(drawn);
}

function shapeOf(placed: DrawnRow, placing: Placing, look: Look): string {
  const shape = placing.shapeOf(placed);
  if (shape === "") return "";
  const share = look.share(placed.row);
  const faded = share === 1 ? "" : ` opacity="${String(share)}"`;
  return `<g${faded}>${shape}</g>`;
}

function idOf({ dataset }: HTMLElement, { seq, kind }: SequenceRow): string {
  return `row-${dataset["side"] ?? ""}${String(seq)}${kind === "gap" ? "-gap" : ""}`;
}

function rowOf(
  canvas: HTMLElement,
  placed: DrawnRow,
  placing: Placing,
  before: SequenceRow | undefined,
  look: Look,
): HTMLElement {
  const { row, y, height } = placed;
  const cell = el("div", { role: "gridcell" });
  const made = el(
    "div",
    {
      role: "row",
      id: idOf(canvas, row),
      "aria-label": look.said(row),
    },
    cell,
  );
  made.style.top = `${String(y)}px`;
  made.style.height = `${String(height)}px`;
  // A time is said where it is another one than above.
  const same =
    before !== undefined && before.kind !== "chapter" && clock(before.at) === clock(row.at);
  if ((row.kind === "arrow" || row.kind === "mark") && !same && !placing.narrow) {
    cell.append(el("span", { class: "time" }, clock(row.at)));
  }
  rowWords(placed, placing, cell);
  if (placed.cut) cell.append(el("span", { class: "cut", title: "time is cut here" }, "//"));
  look.decorate(row, cell);
  if (row.kind !== "gap") made.addEventListener("click", () => look.choose(row));
  return made;
}
