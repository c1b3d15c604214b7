/**
 * The sequence: lanes with heads that stay, chapters with their notes, and only those rows that are in
 * sight, as one picture of shapes under rows of words.
 */
import { bandsOf } from "../../views/sequence/lanes.js";
import type { SequenceRow } from "../../views/sequence/row.js";
import {
  arrowShapes,
  barBoxes,
  barShape,
  deaths,
  ground,
  threads,
  type BarBox,
} from "../../views/svg/drawn.js";
import {
  across,
  down,
  GUTTER,
  Heights,
  type Across,
  type PlacedRow,
} from "../../views/svg/place.js";
import { glyph } from "../../views/svg/shapes.js";
import { clock } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { el, picture } from "../dom.js";
import { drawHeads } from "./heads.js";
import { sentence } from "../sentence.js";
import { rowWords } from "./words.js";

/** What is drawn beyond what is seen. */
const MARGIN = 300;
const HATCH =
  '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="4" height="4" class="hatched"/><path d="M0 0V4" class="hatch"/></pattern></defs>';

export class Sequence implements Part {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #heads = el("div", { class: "heads", "aria-hidden": "true" });
  readonly #canvas = el("div", { class: "canvas" });
  #rows: readonly SequenceRow[] = [];
  #placed: readonly PlacedRow[] = [];
  #bars: readonly BarBox[] = [];
  #layout: Across | undefined;
  #width = 0;
  #cursor = -1;
  /** Lanes at the left, and beside them two lines of words for each row. */
  #narrow = false;

  constructor(app: App) {
    this.#app = app;
    this.element = el(
      "div",
      {
        class: "sequence",
        role: "grid",
        tabindex: 0,
        id: "sequence",
        "aria-label": "Sequence of messages",
      },
      this.#heads,
      this.#canvas,
    );
    this.element.addEventListener("scroll", () => this.#window());
    new ResizeObserver(() => this.#fit()).observe(this.element);
    addEventListener("beforeprint", () => this.#window(true));
    addEventListener("afterprint", () => this.#window());
  }

  draw(app: App): void {
    const { view, seq } = app.state;
    this.element.hidden = view !== "sequence";
    if (this.element.hidden) return;
    if (this.#rows !== app.rows) this.#place();
    if (seq !== this.#cursor) {
      this.#cursor = seq;
      this.#reveal();
    }
    this.#window();
  }

  page(by: 1 | -1): void {
    this.element.scrollBy({ top: by * (this.element.clientHeight - 120) });
  }

  #fit(): void {
    if (this.element.clientWidth === this.#width || this.element.hidden) return;
    this.#place();
    this.#reveal();
    this.#window();
  }

  /** Lanes and rows anew: the level, the filter or the width has changed. */
  #place(): void {
    const { model, rows } = this.#app;
    this.#rows = rows;
    this.#width = this.element.clientWidth;
    const narrow = this.#width < 560;
    const room = Math.max(320, this.#width - 4);
    const lanes = narrow ? room * 0.42 : Math.max(480, room);
    const words = Math.max(200, room * (narrow ? 0.56 : 0.45));
    const given = { lanes, words, gutter: narrow ? 4 : GUTTER, narrow };
    const placed = across(bandsOf(model, rows), given);
    // Bands and words may use the whole pane, also where lanes do not.
    const layout = { ...placed, width: narrow ? placed.width : Math.max(placed.width, room) };
    this.#layout = layout;
    this.#narrow = narrow;
    const height = layout.beside === undefined ? 28 : narrow ? 44 : 28;
    this.#placed = down(rows, 0, Math.max(layout.width, narrow ? 0 : room), 0, height, Infinity);
    const last = this.#placed.at(-1);
    const bottom = last === undefined ? 0 : last.y + last.height;
    this.#bars = barBoxes(model, layout, this.#placed, bottom, new Heights(this.#placed, 0));
    this.#canvas.style.height = `${String(bottom + 40)}px`;
    this.#canvas.style.width = `${String(layout.width)}px`;
    this.element.setAttribute("aria-rowcount", String(rows.length));
    drawHeads(this.#heads, layout);
  }

  /** The cursor's row into sight, if it is not. */
  #reveal(): void {
    const placed = this.#placed[this.#app.rowAt()];
    if (placed === undefined) return;
    const heads = this.#heads.offsetHeight;
    const { scrollTop, clientHeight } = this.element;
    const above = placed.y < scrollTop + 28;
    const below = placed.y + placed.height > scrollTop + clientHeight - heads - 28;
    if (above || below) {
      this.element.scrollTop = Math.max(0, placed.y - (clientHeight - heads) / 3);
    }
  }

  /** Draws what is in sight; for paper, everything. */
  #window(whole = false): void {
    const layout = this.#layout;
    if (layout === undefined) return;
    const top = whole ? 0 : this.element.scrollTop - MARGIN;
    const end = whole ? Infinity : this.element.scrollTop + this.element.clientHeight + MARGIN;
    const seen = this.#placed.filter(({ y, height }) => y + height > top && y < end);
    const first = seen[0]?.y ?? 0;
    const last = seen.at(-1);
    const bottom = last === undefined ? 0 : last.y + last.height;
    const bars = this.#bars.filter(({ y, height }) => y + height > first && y < bottom);
    const { model } = this.#app;
    const heights = new Heights(this.#placed, 0);
    const shapes = [
      HATCH,
      ground(layout, seen, first, bottom),
      ...deaths(model, layout, heights, bottom),
      ...threads(model, layout, this.#placed, heights),
      ...bars.map(barShape),
      ...seen.map((placed) => this.#shape(placed, layout)),
    ].join("");
    const box = `0 ${String(first)} ${String(layout.width)} ${String(bottom - first)}`;
    const drawn = picture(shapes, layout.width, bottom - first, box);
    drawn.style.top = `${String(first)}px`;
    const here = this.#placed[this.#app.rowAt()];
    const rows = seen.map((placed, i) =>
      this.#row(placed, layout, placed === here, seen[i - 1]?.row),
    );
    const focused = document.activeElement === this.element;
    this.#canvas.replaceChildren(drawn, ...rows);
    if (here !== undefined)
      this.element.setAttribute("aria-activedescendant", `row-${String(here.row.seq)}`);
    if (focused) this.element.focus({ preventScroll: true });
  }

  #shape({ row, line }: PlacedRow, layout: Across): string {
    const after = this.#app.stepping && row.seq > this.#app.state.seq;
    const share = this.#app.follows(row.seq) ? (after ? 0.45 : 1) : 0.35;
    const faded = share === 1 ? "" : ` opacity="${String(share)}"`;
    if (row.kind === "arrow") return `<g${faded}>${arrowShapes(row, line, layout)}</g>`;
    if (row.kind !== "mark") return "";
    const x = row.actor === undefined ? undefined : layout.x(row.actor);
    return `<g${faded}>${glyph(row.sign, x ?? GUTTER + 6, line)}</g>`;
  }

  #row(
    placed: PlacedRow,
    layout: Across,
    here: boolean,
    before: SequenceRow | undefined,
  ): HTMLElement {
    const { row, y, height } = placed;
    const after = this.#app.stepping && row.seq > this.#app.state.seq;
    const names = [
      "row",
      row.kind,
      ...(here ? ["here"] : []),
      ...(after ? ["after"] : []),
      ...(this.#app.follows(row.seq) ? [] : ["faded"]),
    ];
    const cell = el("div", { role: "gridcell" });
    const made = el(
      "div",
      {
        class: names.join(" "),
        role: "row",
        id: `row-${String(row.seq)}${row.kind === "gap" ? "-gap" : ""}`,
        "aria-selected": here ? "true" : undefined,
        "aria-label": sentence(row, this.#app.model),
      },
      cell,
    );
    made.style.top = `${String(y)}px`;
    made.style.height = `${String(height)}px`;
    // A time is said where it is another one than above.
    const same =
      before !== undefined && before.kind !== "chapter" && clock(before.at) === clock(row.at);
    const timed = (row.kind === "arrow" || row.kind === "mark") && !same && !this.#narrow;
    if (timed) {
      cell.append(el("span", { class: "time" }, clock(row.at)));
    }
    rowWords(placed, layout, this.#narrow, cell);
    if (row.kind !== "gap") made.addEventListener("click", () => this.#app.goTo(row.seq));
    return made;
  }
}
