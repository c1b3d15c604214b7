/**
 * The sequence: lanes with heads that stay, chapters with their notes, and only those rows that are in
 * sight, as one picture of shapes under rows of words.
 */
import type { SequenceRow, Stretch } from "../../views/sequence/row.js";
import { withTag } from "../../views/sequence/tags.js";
import { count } from "../../views/words.js";
import type { State } from "../address.js";
import type { App, Part } from "../app.js";
import { button, el } from "../dom.js";
import { sentence } from "../sentence.js";
import { followServer } from "../follow.js";
import { drawHeads } from "./heads.js";
import { Hover } from "./hover.js";
import { Placing } from "./placing.js";
import { RowsWindow } from "./window.js";

/** What is drawn beyond what is seen. */
const MARGIN = 300;
/** The width of a sequence on paper that lies across. */
const PAPER = 960;
/** More rows are no reading matter: a chapter is asked for. */
export const MOST_PRINTED = 2_000;

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
  readonly #shownRows: RowsWindow;
  /** What it was placed for. */
  #shown: readonly unknown[] = [];
  #width = 0;
  #printing = false;
  #cursor = -1;

  constructor(app: App) {
    this.#app = app;
    this.#shownRows = new RowsWindow(this.#canvas, {
      share: ({ seq }) => (app.follows(seq) ? (this.#isAfter(seq) ? 0.45 : 1) : 0.4),
      classes: ({ seq }) => [
        ...(this.#isAfter(seq) ? ["after"] : []),
        ...(app.follows(seq) ? [] : ["faded"]),
      ],
      written: (row) => withTag(row, app.model),
      said: (row) => sentence(row, app.model),
      decorate: (row, cell) => this.#decorate(row, cell),
      choose: ({ seq }) => app.goTo(seq),
    });
    this.element = el("div", { class: "sequence", id: "sequence" }, this.#heads, this.#canvas);
    this.element.addEventListener("scroll", () => this.#window());
    new ResizeObserver(() => this.#fit()).observe(this.element);
    const hover = new Hover(app, this.#canvas);
    this.element.addEventListener("scroll", () => hover.leave());
    const { ended: signal } = app;
    addEventListener("beforeprint", () => this.#print(true), { signal });
    addEventListener("afterprint", () => this.#print(false), { signal });
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
    if (this.element.clientWidth === this.#width || this.element.hidden || this.#printing) return;
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
      width: this.#printing ? PAPER : this.#width,
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

  /** On paper everything stands, as wide as the reading form. */
  #print(on: boolean): void {
    this.#printing = on;
    if (this.element.hidden) return;
    this.#place();
    this.#window(on && this.#app.rows.length <= MOST_PRINTED);
    if (!on) this.#reveal();
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
    const top = whole ? 0 : this.element.scrollTop - MARGIN;
    const end = whole ? Infinity : this.element.scrollTop + this.element.clientHeight + MARGIN;
    this.#shownRows.draw(placing, [top, end], placing.rows[this.#app.rowAt()]);
  }

  #decorate({ seq, more }: SequenceRow, cell: HTMLElement): void {
    if (more !== undefined) cell.append(this.#stretch(more));
    // Whose message it is: a click follows that one.
    cell.querySelector(".tag")?.addEventListener("click", (event) => {
      event.stopPropagation();
      this.#app.goTo(seq);
      followServer(this.#app);
    });
  }

  #isAfter(seq: number): boolean {
    return this.#app.stepping && seq > this.#app.state.seq;
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
