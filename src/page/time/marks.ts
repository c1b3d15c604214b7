/**
 * What the scrubber's line bears: density and the beginnings of chapters as strokes, time that is cut,
 * and in words the numbers of chapters and the signs of failures, as far as there is room for them.
 */
import type { SequenceRow } from "../../views/sequence/row.js";
import { isFailure } from "../../views/sequence/steps.js";
import type { Axis } from "../../views/strip/axis.js";
import { el } from "../dom.js";

/** Numbers of chapters are no nearer to each other. */
const NUMBERS = 14;
const SIGNS = 8;

/** Strokes that are drawn, in pixels. */
interface Strokes {
  readonly ticks: readonly number[];
  readonly chapters: readonly number[];
}

export class Marks {
  readonly element = el("div", { class: "marks", "aria-hidden": "true" });
  readonly #canvas = el("canvas", {});
  readonly #words = el("div", {});

  constructor() {
    this.element.append(this.#canvas, this.#words);
  }

  draw(rows: readonly SequenceRow[], axis: Axis): void {
    const width = Math.max(1, this.element.clientWidth);
    const words: HTMLElement[] = [];
    const strokes: { ticks: number[]; chapters: number[] } = { ticks: [], chapters: [] };
    const free = { number: -Infinity, failure: -Infinity, cut: -Infinity };
    let tick = -1;
    const put = (name: string, x: number, text: string): void => {
      const made = el("i", { class: name }, text);
      made.style.left = `${String((x / width) * 100)}%`;
      words.push(made);
    };
    for (const [i, row] of rows.entries()) {
      const x = axis.at(i) * width;
      if (row.kind === "chapter") {
        strokes.chapters.push(x);
        if (x < free.number) continue;
        const number = String(row.chapter.number);
        put("number-mark", x, number);
        free.number = x + Math.max(NUMBERS, number.length * 7 + 6);
      } else if (row.kind === "gap") {
        if (x < free.cut) continue;
        put("cut-mark", x, "//");
        free.cut = x + SIGNS;
      } else if (isFailure(row)) {
        if (x < free.failure) continue;
        put("problem", x, "✕");
        free.failure = x + SIGNS;
      } else if (row.kind === "arrow" && Math.round(x) > tick) {
        tick = Math.round(x);
        strokes.ticks.push(tick);
      }
    }
    this.#words.replaceChildren(...words);
    this.#paint(strokes, width);
  }

  #paint({ ticks, chapters }: Strokes, width: number): void {
    const height = Math.max(1, this.element.clientHeight);
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    const brush = this.#canvas.getContext("2d");
    if (brush === null) return;
    brush.scale(devicePixelRatio, devicePixelRatio);
    const style = getComputedStyle(this.element);
    brush.fillStyle = style.getPropertyValue("--outline").trim();
    for (const x of ticks) brush.fillRect(x, height - 18, 1, 12);
    brush.fillStyle = style.getPropertyValue("--ink").trim();
    for (const x of chapters) brush.fillRect(x, 2, 1, height - 6);
  }
}
