/**
 * Many things in little room: a row of three pixels each, on a canvas, with a name every 14 pixels and one
 * at each that was ever in error. Only what is in sight is drawn. Names are buttons; a click on a row goes
 * to the entry that wrote the state there.
 */
import type { Mood, Stretch, Thing } from "../../views/model/things.js";
import { failed } from "../../views/strip/order.js";
import type { App } from "../app.js";
import { button, el, word } from "../dom.js";
import { axisOf, spokenState } from "../time/strip.js";

const ROW = 3;
/** The height of a name, and of a row that must have one. */
const NAMED = 14;
/** What is drawn beyond what is seen. */
const MARGIN = 200;

interface Placed {
  readonly thing: Thing;
  readonly y: number;
  readonly height: number;
  readonly named: boolean;
}

/** Rows from the top on: errors as high as a name, all else small, and named where there is room. */
export function place(things: readonly Thing[]): readonly Placed[] {
  let y = 0;
  let free = 0;
  return things.map((thing, i) => {
    const bad = failed(thing);
    const height = bad ? NAMED : ROW;
    // Of the next few rows none may need the room.
    const near = things.slice(i + 1, i + Math.ceil(NAMED / ROW)).some(failed);
    const named = bad || (y >= free && !near);
    const placed = { thing, y, height, named };
    y += height;
    if (named) free = placed.y + NAMED;
    return placed;
  });
}

export class Dense {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #names = el("div", { class: "dense-names" });
  readonly #canvas = el("canvas", { class: "dense-rows", "aria-hidden": "true" });
  readonly #field: HTMLElement;
  #placed: readonly Placed[] = [];
  #drawn = "";

  constructor(app: App) {
    this.#app = app;
    this.#field = el("div", { class: "dense-field" }, this.#canvas);
    this.element = el("div", { class: "dense" }, this.#names, this.#field);
    this.#field.addEventListener("click", (event) => {
      const found = this.#under(event);
      if (found !== undefined) app.goTo(found.stretch.seq);
    });
    this.#field.addEventListener("pointermove", (event) => {
      const found = this.#under(event);
      this.#field.title =
        found === undefined ? "" : spokenState(found.thing, found.stretch, found.next);
    });
    // Colours are drawn, and follow the theme only when drawn again.
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#drawn = "";
      app.draw();
    });
  }

  show(things: readonly Thing[]): void {
    this.#placed = place(things);
    this.#drawn = "";
    const last = this.#placed.at(-1);
    const height = last === undefined ? 0 : last.y + Math.max(last.height, NAMED);
    this.element.style.height = `${String(height)}px`;
  }

  /** What of it is in sight in `scroller`, drawn anew if that is not what is drawn. */
  window(scroller: HTMLElement): void {
    if (this.element.hidden || scroller.hidden || this.#placed.length === 0) return;
    const top = scroller.scrollTop - this.element.offsetTop - MARGIN;
    const end = top + scroller.clientHeight + 2 * MARGIN;
    const first = this.#first(top);
    let last = first;
    while ((this.#placed[last]?.y ?? Infinity) < end) last += 1;
    const seen = this.#placed.slice(first, last);
    const { theme } = this.#app.state;
    const { clientWidth } = this.#field;
    const key = [first, last, clientWidth, devicePixelRatio, theme].join(" ");
    if (key === this.#drawn) return;
    this.#drawn = key;
    this.#paint(seen, clientWidth);
    this.#name(seen);
  }

  #paint(seen: readonly Placed[], width: number): void {
    const [first] = seen;
    const last = seen.at(-1);
    if (first === undefined || last === undefined) return;
    const height = last.y + last.height - first.y;
    this.#canvas.width = Math.round(width * devicePixelRatio);
    this.#canvas.height = Math.round(height * devicePixelRatio);
    this.#canvas.style.height = `${String(height)}px`;
    this.#canvas.style.top = `${String(first.y)}px`;
    const brush = this.#canvas.getContext("2d");
    if (brush === null) return;
    brush.scale(devicePixelRatio, devicePixelRatio);
    const style = getComputedStyle(document.documentElement);
    const colour = (token: string): string => style.getPropertyValue(token).trim();
    const fills: Readonly<Record<Mood, string>> = {
      rest: colour("--light-state"),
      busy: colour("--dark-state"),
      error: colour("--bad"),
      gone: "transparent",
    };
    for (const { thing, y, height: high } of seen) {
      thing.stretches.forEach(({ seq, mood }, i) => {
        const next = thing.stretches[i + 1];
        const from = axisOf(this.#app, seq) * width;
        const to = next === undefined ? width : axisOf(this.#app, next.seq) * width;
        if (mood === "gone") return;
        brush.fillStyle = fills[mood];
        // What took no row at all was there all the same.
        brush.fillRect(
          from,
          y - first.y,
          Math.max(0.5, to - from),
          high === ROW ? ROW - 0.6 : high - 1,
        );
      });
    }
  }

  #name(seen: readonly Placed[]): void {
    const focused = this.#names.contains(document.activeElement);
    this.#names.replaceChildren(
      ...seen.flatMap(({ thing, y, named }) => {
        if (!named) return [];
        const bad = failed(thing);
        const stretch = this.#telling(thing);
        const next = thing.stretches[thing.stretches.indexOf(stretch) + 1];
        const words = el("span", {}, bad ? "✗ " : "", word(thing.name));
        const made = button(words, spokenState(thing, stretch, next), () =>
          this.#app.goTo(stretch.seq),
        );
        made.className = bad ? "bad" : "";
        made.style.top = `${String(y)}px`;
        return [made];
      }),
    );
    if (focused) this.#names.querySelector("button")?.focus({ preventScroll: true });
  }

  /** The state that a name leads to: the error, if there was one, else the last. */
  #telling({ stretches }: Thing): Stretch {
    const found = stretches.find(({ mood }) => mood === "error") ?? stretches.at(-1);
    return found ?? { seq: 0, at: 0, state: undefined, mood: "gone" };
  }

  #under(
    event: MouseEvent,
  ): { thing: Thing; stretch: Stretch; next: Stretch | undefined } | undefined {
    const { left, top, width } = this.#field.getBoundingClientRect();
    const placed = this.#placed[Math.max(0, this.#first(event.clientY - top))];
    const share = (event.clientX - left) / width;
    const stretches = placed?.thing.stretches ?? [];
    const i = stretches.findLastIndex(({ seq }) => axisOf(this.#app, seq) <= share);
    const stretch = stretches[i];
    if (placed === undefined || stretch === undefined) return undefined;
    return { thing: placed.thing, stretch, next: stretches[i + 1] };
  }

  /** The row that `y` is in, or the first. */
  #first(y: number): number {
    let low = 0;
    let high = this.#placed.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const placed = this.#placed[middle];
      if (placed !== undefined && placed.y + placed.height <= y) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
