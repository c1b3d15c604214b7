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
  /** A row as it is written. */
  readonly written: (row: SequenceRow) => SequenceRow;
  /** For who hears it. */
  readonly said: (row: SequenceRow) => string;
  /** Adds to the words of a row. */
  readonly decorate: (row: SequenceRow, cell: HTMLElement) => void;
  readonly choose: (row: SequenceRow) => void;
}

export class RowsWindow {
  readonly #canvas: HTMLElement;
  readonly #look: Look;
  /** Rows once made, for as long as they stand where they do. */
  readonly #made = new WeakMap<DrawnRow, HTMLElement>();

  constructor(canvas: HTMLElement, look: Look) {
    this.#canvas = canvas;
    this.#look = look;
  }

  /** @param here the row of the cursor */
  draw(placing: Placing, [top, end]: readonly [number, number], here: DrawnRow | undefined): void {
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
      ...[...placing.crossing(first, bottom), ...seen].map((one) =>
        shapeOf(one, placing, this.#look),
      ),
    ].join("");
    const box = `0 ${String(first)} ${String(layout.width)} ${String(bottom - first)}`;
    const drawn = picture(shapes, layout.width, bottom - first, box);
    drawn.style.top = `${String(first)}px`;
    const before = placing.before(seen[0]);
    const rows = seen.map((placed, i) => {
      const made =
        this.#made.get(placed) ?? this.#make(placed, placing, i === 0 ? before : seen[i - 1]?.row);
      this.#made.set(placed, made);
      this.#mark(made, placed.row, placed === here);
      return made;
    });
    this.#put(drawn, rows);
    if (here !== undefined)
      this.#canvas.setAttribute("aria-activedescendant", this.#idOf(here.row));
  }

  /** Elements that stand already are left where they are: a browser lays out anew only what is new. */
  #put(drawn: SVGElement, rows: readonly HTMLElement[]): void {
    const kept = new Set<Node>(rows);
    for (const child of [...this.#canvas.childNodes]) if (!kept.has(child)) child.remove();
    let at = this.#canvas.firstChild;
    for (const row of rows) {
      if (row === at) at = at.nextSibling;
      else this.#canvas.insertBefore(row, at);
    }
    this.#canvas.prepend(drawn);
  }

  #mark(made: HTMLElement, row: SequenceRow, here: boolean): void {
    const names = ["row", row.kind, ...(here ? ["here"] : []), ...this.#look.classes(row)];
    const name = names.join(" ");
    if (made.className !== name) made.className = name;
    if (here) made.setAttribute("aria-selected", "true");
    else made.removeAttribute("aria-selected");
  }

  #idOf({ seq, kind }: SequenceRow): string {
    const side = this.#canvas.dataset["side"] ?? "";
    return `row-${side}${String(seq)}${kind === "gap" ? "-gap" : ""}`;
  }

  #make(placed: DrawnRow, placing: Placing, before: SequenceRow | undefined): HTMLElement {
    const { row, y, height } = placed;
    const look = this.#look;
    const cell = el("div", { role: "gridcell" });
    const attributes = { role: "row", id: this.#idOf(row), "aria-label": look.said(row) };
    const made = el("div", attributes, cell);
    made.style.top = `${String(y)}px`;
    made.style.height = `${String(height)}px`;
    // A time is said where it is another one than above.
    const same =
      before !== undefined && before.kind !== "chapter" && clock(before.at) === clock(row.at);
    if ((row.kind === "arrow" || row.kind === "mark") && !same && !placing.narrow) {
      cell.append(el("span", { class: "time" }, clock(row.at)));
    }
    rowWords({ ...placed, row: look.written(row) }, placing, cell);
    if (placed.cut) cell.append(el("span", { class: "cut", title: "time is cut here" }, "//"));
    look.decorate(row, cell);
    if (row.kind !== "gap") made.addEventListener("click", () => look.choose(row));
    return made;
  }
}

function shapeOf(placed: DrawnRow, placing: Placing, look: Look): string {
  const shape = placing.shapeOf(placed);
  if (shape === "") return "";
  const share = look.share(placed.row);
  const faded = share === 1 ? "" : ` opacity="${String(share)}"`;
  const { row } = placed;
  const message = row.kind === "arrow" ? ` data-m="${String(row.message)}"` : "";
  return `<g${message}${faded}>${shape}</g>`;
}
