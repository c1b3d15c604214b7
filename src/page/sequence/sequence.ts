/**
 * The sequence: lanes with heads that stay, chapters with their notes, and only those rows that are in
 * sight, as one picture of shapes under rows of words.
 */
import type { SequenceRow, Stretch } from "../../views/sequence/row.js";
import { ground } from "../../views/svg/drawn.js";
import { clock, count } from "../../views/words.js";
import type { State } from "../address.js";
import type { App, Part } from "../app.js";
import { button, el, picture } from "../dom.js";
import { sentence } from "../sentence.js";
import { drawHeads } from "./heads.js";
import { Placing, type DrawnRow } from "./placing.js";
import { rowWords } from "./words.js";

/** What is drawn beyond what is seen. */
const MARGIN = 300;
const HATCH =
  '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<rect width="4" height="4" class="hatched"/><path d="M0 0V4" class="hatch"/></pattern></defs>';

export class Sequence implements Part {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #heads = el("div", { class: "heads", role: "group", "aria-label": "Lanes" });
  readonly #canvas = el("div", {
    class: "canvas",
    role: "grid",
    tabindex: 0,
    "aria-label": "Sequence of messages",
  });
  #placing: Placing | undefined;
  /** What it was placed for. */
  #shown: readonly unknown[] = [];
  #width = 0;
  #cursor = -1;

  constructor(app: App) {
    this.#app = app;
    this.element = el("div", { class: "sequence", id: "sequence" }, this.#heads, this.#canvas);
    this.element.addEventListener("scroll", () => this.#window());
    new ResizeObserver(() => this.#fit()).observe(this.element);
    addEventListener("beforeprint", () => this.#window(true));
    addEventListener("afterprint", () => this.#window());
  }

  draw(app: App): void {
    const { view, seq } = app.state;
    this.element.hidden = view !== "sequence";
    if (this.element.hidden) return;
    if (this.#isNew(app.state, app.rows)) this.#place();
    if (seq !== this.#cursor) {
      this.#cursor = seq;
      this.#reveal();
    }
    this.#window();
  }

  focus(): void {
    this.#canvas.focus();
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

  #isNew({ time, stretch, group, fold }: State, rows: readonly SequenceRow[]): boolean {
    const shown = [time, stretch, group, fold, rows];
    const same = shown.every((one, i) => one === this.#shown[i]);
    this.#shown = shown;
    return !same;
  }

  /** Lanes and rows anew: what is shown or the width has changed. */
  #place(): void {
    const app = this.#app;
    const { time, stretch, group, fold } = app.state;
    this.#width = this.element.clientWidth;
    const placing = new Placing(app.model, app.rowsWithoutFilter, app.rows, {
      width: this.#width,
      beside: false,
      stretch: time === "by" ? stretch : undefined,
      group,
      folded: fold,
    });
    this.#placing = placing;
    this.#canvas.style.height = `${String(placing.bottom + 40)}px`;
    this.#canvas.style.width = `${String(placing.layout.width)}px`;
    this.#canvas.setAttribute("aria-rowcount", String(app.rows.length));
    drawHeads(this.#heads, placing.layout, {
      group,
      fold: (name) => {
        const left = fold.filter((one) => one !== name);
        app.set({ fold: left.length === fold.length ? [...fold, name] : left });
      },
      regroup: () => app.set({ group: group === "host" ? "project" : "host", fold: [] }),
    });
  }

  /** The cursor's row into sight, if it is not. */
  #reveal(): void {
    const placed = this.#placing?.rows[this.#app.rowAt()];
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
    const placing = this.#placing;
    if (placing === undefined) return;
    const { layout } = placing;
    const top = whole ? 0 : this.element.scrollTop - MARGIN;
    const end = whole ? Infinity : this.element.scrollTop + this.element.clientHeight + MARGIN;
    const seen = placing.seen(top, end);
    const first = seen[0]?.y ?? 0;
    const last = seen.at(-1);
    const bottom = last === undefined ? 0 : last.y + last.height;
    const shapes = [
      HATCH,
      ground(layout, seen, first, bottom),
      ...placing.still,
      ...placing.bars(first, bottom),
      ...[...placing.crossing(first, bottom), ...seen].map((one) => this.#shape(one, placing)),
    ].join("");
    const box = `0 ${String(first)} ${String(layout.width)} ${String(bottom - first)}`;
    const drawn = picture(shapes, layout.width, bottom - first, box);
    drawn.style.top = `${String(first)}px`;
    const here = placing.rows[this.#app.rowAt()];
    const rows = seen.map((placed, i) =>
      this.#row(placed, placing, placed === here, seen[i - 1]?.row),
    );
    this.#canvas.replaceChildren(drawn, ...rows);
    if (here !== undefined)
      this.#canvas.setAttribute("aria-activedescendant", `row-${String(here.row.seq)}`);
  }

  #shape(placed: DrawnRow, placing: Placing): string {
    const { row } = placed;
    const after = this.#app.stepping && row.seq > this.#app.state.seq;
    const share = this.#app.follows(row.seq) ? (after ? 0.45 : 1) : 0.4;
    const faded = share === 1 ? "" : ` opacity="${String(share)}"`;
    const shape = placing.shapeOf(placed);
    return shape === "" ? "" : `<g${faded}>${shape}</g>`;
  }

  #row(
    placed: DrawnRow,
    placing: Placing,
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
    const timed = (row.kind === "arrow" || row.kind === "mark") && !same && !placing.narrow;
    if (timed) {
      cell.append(el("span", { class: "time" }, clock(row.at)));
    }
    rowWords(placed, placing, cell);
    if (placed.cut) cell.append(el("span", { class: "cut", title: "time is cut here" }, "//"));
    if (row.more !== undefined) cell.append(this.#stretch(row.more));
    if (row.kind !== "gap") made.addEventListener("click", () => this.#app.goTo(row.seq));
    return made;
  }

  /** What is left out after a row, as a tick in the gutter. */
  #stretch(more: Stretch): HTMLElement {
    const words = more.open
      ? "close what was opened here (x)"
      : `${count(more.count, "more message")} here (x)`;
    const made = button(more.open ? "−" : `+${String(more.count)}`, words, () =>
      this.#app.toggle(more),
    );
    made.className = "tick-more";
    made.tabIndex = -1;
    made.addEventListener("click", (event) => event.stopPropagation());
    return made;
  }
}
