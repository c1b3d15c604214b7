/**
 * The two sequences beside each other, and between them what differs: one scroll, one cursor, and room
 * left where one side has nothing, so that both keep step.
 */
import type { ComparedRow } from "../../views/compare/index.js";
import type { SequenceRow } from "../../views/sequence/row.js";
import type { PlacedRow } from "../../views/svg/place.js";
import { el, word } from "../dom.js";
import { sentence } from "../sentence.js";
import { drawHeads } from "../sequence/heads.js";
import { Placing, type Form } from "../sequence/placing.js";
import { RowsWindow } from "../sequence/window.js";
import {
  isDifference,
  isGap,
  type ComparePart,
  type Comparing,
  type SideName,
} from "./comparing.js";

const MARGIN = 300;
/** In narrower panes there is room for what is said alone. */
const NAMED = 760;
/** What the other side alone has, where one is shown. */
const GHOST = 22;

export class Panes implements ComparePart {
  readonly element: HTMLElement;
  readonly #comparing: Comparing;
  readonly #sides: Readonly<Record<SideName, Pane>>;
  readonly #gutter = el("div", { class: "differences", "aria-hidden": "true" });
  readonly #heights: number[] = [];
  #rows: readonly ComparedRow[] | undefined;
  #side: SideName | undefined;
  #at = -1;
  #width = 0;

  constructor(comparing: Comparing) {
    this.#comparing = comparing;
    this.#sides = { a: new Pane(comparing, "a"), b: new Pane(comparing, "b") };
    const { a, b } = this.#sides;
    this.element = el(
      "div",
      { class: "panes", id: "sequence" },
      el("div", { class: "pane side-a" }, a.heads, a.canvas),
      el("div", { class: "between" }, el("div", { class: "heads" }), this.#gutter),
      el("div", { class: "pane side-b" }, b.heads, b.canvas),
    );
    this.element.addEventListener("scroll", () => this.#window());
    new ResizeObserver(() => {
      if (this.element.clientWidth !== this.#width) this.draw(comparing, true);
    }).observe(this.element);
  }

  draw(comparing: Comparing, anew = false): void {
    this.element.dataset["side"] = comparing.side;
    const changed = anew || this.#rows !== comparing.rows || this.#side !== comparing.side;
    if (changed) this.#place();
    if (changed || this.#at !== comparing.at) this.#reveal();
    this.#rows = comparing.rows;
    this.#side = comparing.side;
    this.#at = comparing.at;
    this.#window();
  }

  focus(): void {
    this.#sides[this.#comparing.side].canvas.focus();
  }

  page(by: 1 | -1): void {
    this.element.scrollBy({ top: by * (this.element.clientHeight - 160) });
  }

  /** Each row of both as high as the higher of the two. */
  #place(): void {
    const { rows, side } = this.#comparing;
    this.#width = this.element.clientWidth;
    const { a, b } = this.#sides;
    const shown = [a, b].filter(({ isShown }) => isShown);
    const one = shown.length === 1 ? this.#sides[side] : undefined;
    const heights = shown.map((pane) => pane.heightsOf(rows));
    let y = 0;
    this.#heights.splice(0);
    const tops = rows.map((row, at) => {
      const least = one === undefined || isGap(row) ? 0 : GHOST;
      const height = Math.max(least, ...heights.map((own) => own[at] ?? 0));
      const top = y;
      y += height;
      this.#heights.push(height);
      return top;
    });
    for (const pane of shown) pane.place(rows, tops, y, one !== undefined);
    this.#gutter.style.height = `${String(y + 40)}px`;
    this.#gutter.replaceChildren(
      ...rows.flatMap((row, at) => {
        const again = row.mark !== "changed" && rows[at - 1]?.mark === row.mark;
        return isDifference(row) && !again ? [sign(row, tops[at] ?? 0)] : [];
      }),
    );
  }

  #reveal(): void {
    const top = this.#heights.slice(0, this.#comparing.at).reduce((sum, one) => sum + one, 0);
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop + 28 || top > scrollTop + clientHeight - 190) {
      this.element.scrollTop = Math.max(0, top - clientHeight / 3);
    }
  }

  #window(): void {
    const { scrollTop, clientHeight } = this.element;
    const range = [scrollTop - MARGIN, scrollTop + clientHeight + MARGIN] as const;
    for (const pane of [this.#sides.a, this.#sides.b]) if (pane.isShown) pane.window(range);
  }
}

/** `≠` and in what, or whose it is alone. */
function sign({ mark, changes }: ComparedRow, top: number): HTMLElement {
  const [first] = changes;
  const words = mark === "onlyA" ? "only A" : mark === "onlyB" ? "only B" : "≠";
  const made = el("div", { class: `sign ${mark}` }, el("b", {}, words));
  if (first !== undefined) made.append(" ", word(`${first.a} / ${first.b}`));
  made.title = changes.map(({ what, a, b }) => `${what}: ${a} / ${b}`).join("\n");
  made.style.top = `${String(top)}px`;
  return made;
}

interface Ghost {
  readonly element: HTMLElement;
  readonly row: ComparedRow;
  readonly y: number;
}

class Pane {
  readonly heads = el("div", { class: "heads", "aria-hidden": "true" });
  readonly canvas: HTMLElement;
  readonly #comparing: Comparing;
  readonly #side: SideName;
  readonly #rows: RowsWindow;
  #placing: Placing | undefined;
  #ghosts: readonly Ghost[] = [];
  #marks = new Map<number, ComparedRow["mark"]>();

  constructor(comparing: Comparing, side: SideName) {
    this.#comparing = comparing;
    this.#side = side;
    const name = `Sequence of ${side.toUpperCase()}`;
    this.canvas = el("div", { class: "canvas", role: "grid", tabindex: 0, "aria-label": name });
    this.canvas.dataset["side"] = side;
    this.#rows = new RowsWindow(this.canvas, {
      share: () => 1,
      classes: ({ seq }) => {
        const mark = this.#marks.get(seq) ?? "alike";
        return mark === "alike" ? [] : [mark];
      },
      written: (row) => row,
      said: (row) => this.#said(row),
      decorate: () => undefined,
      choose: (row) => comparing.choose(side, row),
    });
  }

  #said(row: SequenceRow): string {
    const mark = this.#marks.get(row.seq) ?? "alike";
    const words = { alike: "", changed: ", differs", onlyA: ", only in A", onlyB: ", only in B" };
    const said = sentence(row, this.#comparing.models[this.#side]);
    return `${this.#side.toUpperCase()}: ${said}${row.kind === "gap" ? "" : words[mark]}`;
  }

  get isShown(): boolean {
    return this.canvas.offsetParent !== null;
  }

  /** By row of both, how high it would be alone. */
  heightsOf(rows: readonly ComparedRow[]): readonly number[] {
    const placed = this.#placed(rows).rows;
    let next = 0;
    return rows.map((row) => (row[this.#side] === undefined ? 0 : (placed[next++]?.height ?? 0)));
  }

  /** @param alone the rows of the other side are told in words */
  place(
    rows: readonly ComparedRow[],
    tops: readonly number[],
    bottom: number,
    alone: boolean,
  ): void {
    const own = rows.flatMap((row, at) => (row[this.#side] === undefined ? [] : [tops[at] ?? 0]));
    const steps = (even: readonly PlacedRow[]): readonly PlacedRow[] =>
      even.map((one, i) => ({ ...one, y: own[i] ?? 0, line: one.line - one.y + (own[i] ?? 0) }));
    this.#placing = this.#placed(rows, { steps });
    const isOwn = (row: ComparedRow): readonly (readonly [number, ComparedRow["mark"]])[] => {
      const mine = row[this.#side];
      return mine === undefined || mine.kind === "gap" ? [] : [[mine.seq, row.mark]];
    };
    this.#marks = new Map(rows.flatMap(isOwn));
    this.#ghosts = !alone
      ? []
      : rows.flatMap((row, at) => {
          const other = this.#side === "a" ? row.b : row.a;
          return row[this.#side] !== undefined || other === undefined || isGap(row)
            ? []
            : [this.#ghost(other, row, tops[at] ?? 0)];
        });
    this.canvas.style.height = `${String(bottom + 40)}px`;
    this.canvas.setAttribute("aria-rowcount", String(this.#placing.rows.length));
    drawHeads(this.heads, this.#placing.layout, undefined);
  }

  window(range: readonly [number, number]): void {
    const placing = this.#placing;
    if (placing === undefined) return;
    const mine = this.#comparing.row?.[this.#side];
    const here = placing.rows.find(({ row }) => row === mine);
    this.#rows.draw(placing, range, here);
    const [top, end] = range;
    this.canvas.append(
      ...this.#ghosts.flatMap((one) => (one.y + GHOST > top && one.y < end ? [one.element] : [])),
    );
    for (const { element, row } of this.#ghosts)
      element.classList.toggle("here", row === this.#comparing.row);
  }

  /** A row of the other side, where this one has none. */
  #ghost(other: SequenceRow, row: ComparedRow, y: number): Ghost {
    const side = this.#side === "a" ? "b" : "a";
    const said = sentence(other, this.#comparing.models[side]);
    const words = `${side.toUpperCase()}: ${said.replace(/^Entry \d+, /u, "")}`;
    const attributes = { class: `row ghost ${row.mark}`, role: "row", "aria-label": words };
    const element = el("div", attributes, el("div", { role: "gridcell" }, word(words)));
    element.style.top = `${String(y)}px`;
    element.style.height = `${String(GHOST)}px`;
    element.addEventListener("click", () => this.#comparing.choose(side, other));
    return { element, row, y };
  }

  #placed(rows: readonly ComparedRow[], given: Pick<Form, "steps"> = {}): Placing {
    const own = rows.flatMap((row) => row[this.#side] ?? []);
    const width = this.canvas.parentElement?.clientWidth ?? 0;
    const named = width >= NAMED;
    const form = { width, named, beside: true, stretch: undefined, ...given };
    return new Placing(this.#comparing.models[this.#side], own, own, form);
  }
}
