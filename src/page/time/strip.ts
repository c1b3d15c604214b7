/**
 * States against the course of a run, above the scrubber and on its axis: a row for each server, port,
 * image or volume; of many those that the cursor's thread touched.
 */
import type { Stretch, Thing } from "../../views/model/things.js";
import type { Level } from "../../views/sequence/row.js";
import { ordered } from "../../views/strip/order.js";
import { ThreadThings } from "../../views/strip/threads.js";
import { toldThings } from "../../views/strip/told.js";
import { clock, safe } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { button, el, word } from "../dom.js";

/** So many rows fit under a sequence; all of them are in the view States. */
const MOST = 12;

/** Where an entry is on the axis, from 0 to 1. */
export function axisOf(app: App, seq: number): number {
  return app.axis.at(app.rowAt(seq));
}

export class Strip implements Part {
  readonly element: HTMLElement;
  readonly #list = el("div", { class: "strips" });
  readonly #facts = el("p", { class: "facts" });
  #axis: unknown;
  readonly #head = el("div", { class: "playhead" });
  #read = -1;
  #level: Level | undefined;
  #things: readonly Thing[] = [];
  #threads: ThreadThings | undefined;
  #shown: readonly Thing[] = [];

  constructor(app: App) {
    const all = button("all in States", "All in States (3)", () => app.set({ view: "states" }));
    all.className = "link";
    new ResizeObserver(() => fitWords(this.#list)).observe(this.#list);
    this.element = el(
      "div",
      { class: "strip", role: "group", "aria-label": "States" },
      this.#list,
      el("div", { class: "axis", "aria-hidden": "true" }, this.#head),
      el("div", { class: "strip-more" }, this.#facts, all),
    );
  }

  draw(app: App): void {
    this.element.hidden = app.state.view === "states";
    if (this.element.hidden) return;
    const { entries } = app.model;
    if (entries.length !== this.#read || app.state.level !== this.#level) {
      this.#things = ordered(toldThings(app.model, app.state.level), "created");
      this.#threads = undefined;
    }
    const shown = this.#choose(app);
    const same =
      shown.length === this.#shown.length && shown.every((one, i) => one === this.#shown[i]);
    if (!same || this.#axis !== app.axis || entries.length !== this.#read) {
      this.#list.replaceChildren(...shown.map((thing) => stripRow(app, thing)));
      fitWords(this.#list);
    }
    [this.#shown, this.#axis, this.#read] = [shown, app.axis, entries.length];
    this.#level = app.state.level;
    const { length } = this.#things;
    this.element.classList.toggle("is-part", length > shown.length);
    this.#facts.textContent = `${String(shown.length)} of ${String(length)}, `;
    this.#head.style.setProperty("--head", `${String(axisOf(app, app.state.seq) * 100)}%`);
  }

  #choose(app: App): readonly Thing[] {
    if (this.#things.length <= MOST) return this.#things;
    this.#threads ??= new ThreadThings(app.model, this.#things);
    const own = this.#threads.at(app.state.seq);
    return this.#things.filter((thing) => own.has(thing)).slice(0, MOST);
  }
}

/** One thing: its name, and its states as buttons that go to the entries that wrote them. */
export function stripRow(app: App, thing: Thing): HTMLElement {
  const bar = el("div", { class: "bar-of-states" });
  thing.stretches.forEach((stretch, i) => {
    const next = thing.stretches[i + 1];
    const from = axisOf(app, stretch.seq);
    const to = next === undefined ? 1 : axisOf(app, next.seq);
    if (stretch.state === undefined && next === undefined && from === 1) return;
    const words = safe(stretch.state ?? "gone");
    const says = spokenState(thing, stretch, next);
    const made = el(
      "button",
      {
        type: "button",
        tabindex: -1,
        class: `stretch is-${stretch.mood}`,
        "aria-label": says,
        title: says,
      },
      el("span", {}, stretch.mood === "error" ? "✗ " : undefined, word(words)),
    );
    made.style.left = `${String(from * 100)}%`;
    made.style.width = `${String(Math.max(0, to - from) * 100)}%`;
    made.addEventListener("click", () => app.goTo(stretch.seq));
    bar.append(made);
  });
  return el("div", { class: "one" }, nameOf(thing), bar);
}

/** Words that are cut tell nothing: those that do not fit into their stretch are left to its tooltip. */
export function fitWords(list: HTMLElement): void {
  const all = [...list.querySelectorAll<HTMLElement>(".stretch > span")];
  for (const words of all) words.hidden = false;
  const rooms = all.map((words) => words.scrollWidth <= words.clientWidth);
  for (const [i, words] of all.entries()) words.hidden = rooms[i] !== true;
}

function nameOf(thing: Thing): HTMLElement {
  return el("div", { class: "name" }, `${thing.thing} `, el("b", {}, word(thing.name)));
}

/** `server t3, building/spawning, from 0.243 to 3.970`. */
export function spokenState(
  thing: Thing,
  { state, at }: Stretch,
  next: Stretch | undefined,
): string {
  const end = next === undefined ? "the end" : clock(next.at);
  return `${thing.thing} ${thing.name}, ${state ?? "gone"}, from ${clock(at)} to ${end}`;
}
