/** States against the course of a run: a strip for each server, port, image or volume, in the order in which they came. */
import type { Stretch, Thing } from "../../views/model/things.js";
import { clock, safe } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { el, word } from "../dom.js";

const FIRST = ["server", "port", "image", "volume", "stack"];
/** So many strips fit under a sequence; all of them are in the view States. */
const MOST = 12;
/** About so many pixels are the whole run. */
const AXIS = 980;

/** Where an entry is on the axis, from 0 to 1: rows are evenly spaced, as in the sequence. */
export function axisOf(app: App, seq: number): number {
  const { rows } = app;
  if (rows.length < 2) return 0;
  return Math.max(0, app.rowAt(seq)) / (rows.length - 1);
}

export class Strip implements Part {
  readonly element: HTMLElement;
  readonly #whole: boolean;
  readonly #list = el("div", { class: "strips" });
  readonly #facts = el("p", { class: "facts" });
  #key: unknown;

  /** @param whole all things, as a view; else some, above the scrubber */
  constructor(whole: boolean) {
    this.#whole = whole;
    this.element = el(
      "div",
      { class: whole ? "states" : "strip", role: "group", "aria-label": "States" },
      this.#facts,
      this.#list,
      el("div", { class: "axis", "aria-hidden": "true" }, el("div", { class: "playhead" })),
    );
  }

  draw(app: App): void {
    if (this.#whole) this.element.hidden = app.state.view !== "states";
    else this.element.hidden = app.state.view === "states";
    if (this.element.hidden) return;
    if (this.#key !== app.rows) {
      this.#key = app.rows;
      this.#make(app);
    }
    const share = `${String(axisOf(app, app.state.seq) * 100)}%`;
    this.element.style.setProperty("--head", share);
  }

  #make(app: App): void {
    const all = app.model.things.all.filter(({ thing }) => thing !== "token");
    const rank = ({ thing }: Thing): number =>
      (FIRST.indexOf(thing) + FIRST.length + 1) % (FIRST.length + 1);
    const sorted = [...all].sort((a, b) => rank(a) - rank(b));
    const things = this.#whole ? sorted : sorted.slice(0, MOST);
    this.#list.replaceChildren(...things.map((thing) => strip(app, thing)));
    const left = sorted.length - things.length;
    const moods = (mood: string): number =>
      all.filter((one) => one.stretches.at(-1)?.mood === mood).length;
    const whole = `${String(all.length)} things · at the end ${String(moods("error"))} in error, ${String(moods("busy"))} busy, ${String(moods("rest"))} at rest, ${String(moods("gone"))} gone`;
    this.#facts.textContent = this.#whole
      ? whole
      : left > 0
        ? `${String(things.length)} of ${String(sorted.length)}, all in States`
        : "";
  }
}

function strip(app: App, thing: Thing): HTMLElement {
  const bar = el("div", { class: "bar-of-states" });
  thing.stretches.forEach((stretch, i) => {
    const next = thing.stretches[i + 1];
    const from = axisOf(app, stretch.seq);
    const to = next === undefined ? 1 : axisOf(app, next.seq);
    if (stretch.state === undefined && next === undefined && from === 1) return;
    const words = safe(stretch.state ?? "gone");
    // Words that are cut tell nothing; what stands there is said on hovering.
    const fits = (to - from) * AXIS > words.length * 6 + 8;
    const made = el(
      "button",
      {
        type: "button",
        tabindex: -1,
        class: `stretch is-${stretch.mood}`,
        "aria-label": spoken(thing, stretch, next),
        title: spoken(thing, stretch, next),
      },
      fits && stretch.mood === "error" ? "✗ " : undefined,
      fits ? word(words) : undefined,
    );
    made.style.left = `${String(from * 100)}%`;
    made.style.width = `${String(Math.max(0, to - from) * 100)}%`;
    made.addEventListener("click", () => app.goTo(stretch.seq));
    bar.append(made);
  });
  const name = el("div", { class: "name" }, `${thing.thing} `, el("b", {}, word(thing.name)));
  return el("div", { class: "one" }, name, bar);
}

/** `server t3, building/spawning, from 0.243 to 3.970`. */
function spoken(thing: Thing, { state, at }: Stretch, next: Stretch | undefined): string {
  const end = next === undefined ? "the end" : clock(next.at);
  return `${thing.thing} ${thing.name}, ${state ?? "gone"}, from ${clock(at)} to ${end}`;
}
