/** The first line of the page: what this is, which view, how much of it, the filter, and help. */
import { LEVELS } from "../../views/sequence/row.js";
import { took } from "../../views/sequence/labels.js";
import { count, safe } from "../../views/words.js";
import { TIMES, VIEWS } from "../address.js";
import type { App, Part } from "../app.js";
import { button, el, word } from "../dom.js";
import { FilterBox } from "./filter-box.js";

const title = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const THEMES = ["system", "light", "dark"] as const;

export class Header implements Part {
  readonly element: HTMLElement;
  readonly #filter: FilterBox;
  readonly #facts = el("span", { class: "facts" });
  readonly #groups: HTMLElement;
  readonly #theme: HTMLButtonElement;

  constructor(app: App, help: () => void) {
    const { header } = app.model;
    const views = el("div", { class: "choice views", role: "group", "aria-label": "View" });
    for (const view of VIEWS) {
      const one = button(title(view), `${title(view)} (${String(VIEWS.indexOf(view) + 1)})`, () =>
        app.set({ view }),
      );
      one.dataset["view"] = view;
      views.append(one);
    }
    const levels = el("div", { class: "choice levels", role: "group", "aria-label": "Level" });
    for (const level of LEVELS) {
      const one = button(title(level), `${title(level)} (o)`, () => app.set({ level }));
      one.dataset["level"] = level;
      levels.append(one);
    }
    const times = el("div", { class: "choice times", role: "group", "aria-label": "Time" });
    for (const time of TIMES) {
      const words = time === "even" ? "Even" : "By time";
      const one = button(words, `${words} (t)`, () => app.set({ time }));
      one.dataset["time"] = time;
      times.append(one);
    }
    this.#groups = el("div", { class: "groups" }, views, levels, times);
    this.#filter = new FilterBox(app);
    this.#theme = button("◐", "Theme", () => {
      const next = THEMES[(THEMES.indexOf(app.state.theme) + 1) % THEMES.length];
      if (next !== undefined) app.set({ theme: next });
    });
    this.element = el(
      "header",
      {},
      el("h1", { title: header.title }, word(safe(header.title))),
      this.#facts,
      this.#groups,
      this.#filter.element,
      this.#theme,
      button("?", "Keys and signs (?)", help),
    );
  }

  focusFilter(): void {
    this.#filter.focus();
  }

  draw(app: App): void {
    const { header, entries } = app.model;
    const last = entries.at(-1)?.at ?? 0;
    this.#facts.textContent = `seed ${String(header.seed)} · ${count(entries.length, "entry", "entries")} · ${took(last)}`;
    const { view, level, time, theme } = app.state;
    for (const one of this.#groups.querySelectorAll<HTMLElement>("button")) {
      const { view: ofView, level: ofLevel, time: ofTime } = one.dataset;
      const chosen = ofView === view || ofLevel === level || ofTime === time;
      one.setAttribute("aria-pressed", String(chosen));
    }
    this.#filter.draw(app);
    this.#theme.title = `Theme: ${theme}`;
    this.#theme.setAttribute("aria-label", `Theme: ${theme}`);
    const root = document.documentElement;
    if (theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    root.classList.toggle("reading", !app.state.panels);
  }
}
