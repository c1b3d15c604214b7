/**
 * The words at the lines of a map: in the gaps between the boxes, each at its line and none over another.
 * Where there is no room for words, the number says which message of the list it is.
 */
import type { UnderWay } from "../../views/map/under-way.js";
import type { Label } from "../../views/sequence/row.js";
import type { App } from "../app.js";
import { el, word } from "../dom.js";
import { pointAt, toneOf, type Way } from "./lines.js";

/** Words are so high, and stand so far from each other at least. */
const HIGH = 18;

export interface Labelled {
  readonly way: Way;
  readonly message: UnderWay;
  /** In the list of what is under way. */
  readonly number: number;
}

interface Gap {
  readonly left: number;
  readonly right: number;
}

export class Labels {
  readonly element = el("div", { class: "map-labels", "aria-hidden": "true" });
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** @param boxes whose children are the columns of boxes. @param left where the field begins */
  draw(labels: readonly Labelled[], boxes: HTMLElement, left: number): void {
    const gaps = gapsOf(boxes, left);
    const placed = labels.map((one) => {
      const gap = gapOf(one.way, gaps);
      return { ...one, gap, y: pointAt(one.way, (gap.left + gap.right) / 2).y };
    });
    placed.sort((a, b) => a.y - b.y);
    const lowest = new Map<Gap, number>();
    const made = placed.map(({ gap, y: wanted, ...one }) => {
      const y = Math.max(wanted, (lowest.get(gap) ?? -HIGH) + HIGH);
      lowest.set(gap, y);
      return this.#made(one, gap, y);
    });
    this.element.replaceChildren(...made);
  }

  #made({ message, number }: Labelled, { left, right }: Gap, y: number): HTMLElement {
    const { entry, model } = this.#app;
    const here = entry === undefined ? undefined : model.messages.of(entry)?.sent.seq;
    const names = [
      "map-label",
      message.failed ? "bad" : toneOf(message.mark),
      ...(message.seq === here ? ["here"] : []),
      ...(this.#app.follows(message.seq) ? [] : ["faded"]),
    ];
    const label = el(
      "span",
      { class: names.join(" ") },
      el("b", { class: "map-number" }, String(number)),
      el("span", {}, ...wordsOf(message.label)),
    );
    label.style.left = `${String((left + right) / 2)}px`;
    label.style.top = `${String(y)}px`;
    label.style.maxWidth = `${String(right - left)}px`;
    label.addEventListener("click", () => this.#app.goTo(message.seq));
    return label;
  }
}

/** Left of the boxes, and between each two columns of them. */
function gapsOf(boxes: HTMLElement, left: number): readonly Gap[] {
  const columns = [...boxes.children].map((one) => one.getBoundingClientRect());
  let from = 4;
  return columns.flatMap((column) => {
    const gap = { left: from, right: column.left - left - 4 };
    from = Math.max(from, column.right - left + 4);
    return gap.right - gap.left > 20 ? [gap] : [];
  });
}

/** The gap that a line leaves its beginning through: what turns around on the left stays there. */
function gapOf({ xs: [start, control] }: Way, gaps: readonly Gap[]): Gap {
  const away = control < start ? -1 : 1;
  const near = (gap: Gap): number => Math.abs((away < 0 ? gap.right : gap.left) - start);
  return gaps.reduce(
    (best, gap) => (near(gap) < near(best) ? gap : best),
    gaps[0] ?? { left: 0, right: 96 },
  );
}

export function wordsOf(label: Label): readonly HTMLElement[] {
  return label.map(({ text, tone }) => word(text, tone));
}
