/**
 * The states of everything that has one against the course of the run. A few things have a row each, as in
 * the strip; many are rows of three pixels with the errors named, so that two hundred servers are one picture.
 */
import type { Thing } from "../../views/model/things.js";
import { failed, moodsAt, ordered, SORTS, type Sort } from "../../views/strip/order.js";
import { toldThings } from "../../views/strip/told.js";
import { clock } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { button, el } from "../dom.js";
import { axisOf, fitWords, stripRow } from "../time/strip.js";
import { Dense } from "./dense.js";

/** More things than this are drawn small. */
const MOST = 25;

const TITLES: Readonly<Record<Sort, string>> = {
  created: "Created",
  name: "Name",
  error: "Error first",
};

export class States implements Part {
  readonly element: HTMLElement;
  readonly #facts = el("p", { class: "facts" });
  readonly #sorts = el("div", { class: "choice", role: "group", "aria-label": "Sort" });
  readonly #head = el("div", { class: "playhead" });
  readonly #list = el("div", { class: "strips" });
  readonly #dense: Dense;
  #key: readonly unknown[] = [];
  #things: readonly Thing[] = [];

  constructor(app: App) {
    this.#dense = new Dense(app);
    for (const sort of SORTS) {
      const one = button(TITLES[sort], `Sort: ${TITLES[sort]}`, () => app.set({ sort }));
      one.dataset["sort"] = sort;
      this.#sorts.append(one);
    }
    const axis = el("div", { class: "axis" }, this.#head);
    axis.setAttribute("aria-hidden", "true");
    this.element = el(
      "div",
      { class: "states", role: "region", tabindex: 0, "aria-label": "States" },
      el("div", { class: "states-head" }, this.#facts, this.#sorts),
      el("div", { class: "states-field" }, this.#list, this.#dense.element, axis),
    );
    this.element.addEventListener("scroll", () => this.#dense.window(this.element));
    new ResizeObserver(() => {
      fitWords(this.#list);
      this.#dense.window(this.element);
    }).observe(this.element);
  }

  draw(app: App): void {
    const { view, level, sort, seq } = app.state;
    this.element.hidden = view !== "states";
    if (this.element.hidden) return;
    const key = [app.axis, app.model.entries.length, level, sort];
    if (key.some((one, i) => one !== this.#key[i])) {
      this.#key = key;
      this.#things = ordered(toldThings(app.model, level), sort);
      const many = this.#things.length > MOST;
      this.#list.hidden = many;
      this.#dense.element.hidden = !many;
      this.#list.replaceChildren(...(many ? [] : this.#things.map((one) => stripRow(app, one))));
      fitWords(this.#list);
      this.#dense.show(many ? this.#things : []);
    }
    for (const one of this.#sorts.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(one.dataset["sort"] === sort));
    }
    this.#facts.textContent = `${this.#counted()} at ${clock(app.entry?.at ?? 0)} s: ${this.#moods(seq)}`;
    this.#head.style.setProperty("--head", `${String(axisOf(app, seq) * 100)}%`);
    this.#dense.window(this.element);
  }

  /** `203 servers, 203 ports`: of each kind how many there are in the whole run. */
  #counted(): string {
    const kinds = new Map<string, number>();
    for (const { thing } of this.#things) kinds.set(thing, (kinds.get(thing) ?? 0) + 1);
    const told = [...kinds].map(([kind, n]) => `${String(n)} ${n === 1 ? kind : `${kind}s`}`);
    return told.length === 0 ? "Nothing has a state" : told.join(", ");
  }

  #moods(seq: number): string {
    const { error, busy, rest, gone } = moodsAt(this.#things, seq);
    const ever = this.#things.filter(failed).length;
    const all = ever > error ? ` (${String(ever)} in the whole run)` : "";
    return `${String(error)} in error${all}, ${String(busy)} busy, ${String(rest)} at rest, ${String(gone)} gone`;
  }
}
