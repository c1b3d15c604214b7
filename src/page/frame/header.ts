/** The first line of the page: what this is, which view, how much of it, the filter, and help. */
import { LEVELS } from "../../views/sequence/row.js";
import { took } from "../../views/sequence/labels.js";
import { count, safe } from "../../views/words.js";
import { TIMES, VIEWS } from "../address.js";
import type { App, Part } from "../app.js";
import { button, el, word } from "../dom.js";

const title = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
const THEMES = ["system", "light", "dark"] as const;

export class Header implements Part {
  readonly element: HTMLElement;
  readonly #filter = el("input", {
    type: "search",
    placeholder: "Filter  /",
    "aria-label": "Filter rows",
    autocomplete: "off",
    spellcheck: "false",
  });
  readonly #groups: HTMLElement;
  readonly #theme: HTMLButtonElement;

  constructor(app: App, help: () => void) {
    const { header, entries } = app.model;
    const last = entries.at(-1)?.at ?? 0;
    const facts = `seed ${String(header.seed)} · ${count(entries.length, "entry", "entries")} · ${took(last - (entries[0]?.at ?? 0))}`;
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
    let waiting = 0;
    this.#filter.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => app.set({ filter: this.#filter.value }), 120);
    });
    this.#theme = button("◐", "Theme", () => {
      const next = THEMES[(THEMES.indexOf(app.state.theme) + 1) % THEMES.length];
      if (next !== undefined) app.set({ theme: next });
    });
    this.element = el(
      "header",
      {},
      el("h1", { title: header.title }, word(safe(header.title))),
      el("span", { class: "facts" }, facts),
      this.#groups,
      this.#filter,
      this.#theme,
      button("?", "Keys and signs (?)", help),
    );
  }

  focusFilter(): void {
    this.#filter.focus();
    this.#filter.select();
  }

  draw(app: App): void {
    const { view, level, time, filter, theme } = app.state;
    for (const one of this.#groups.querySelectorAll<HTMLElement>("button")) {
      const { view: ofView, level: ofLevel, time: ofTime } = one.dataset;
      const chosen = ofView === view || ofLevel === level || ofTime === time;
      one.setAttribute("aria-pressed", String(chosen));
    }
    if (document.activeElement !== this.#filter) this.#filter.value = filter;
    this.#theme.title = `Theme: ${theme}`;
    this.#theme.setAttribute("aria-label", `Theme: ${theme}`);
    const root = document.documentElement;
    if (theme === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = theme;
    root.classList.toggle("reading", !app.state.panels);
  }
}

/** What a reader must know before relying on the picture, and what is hidden now. */
export class Notices implements Part {
  readonly element = el("div", { class: "notices", role: "status" });
  #closed = false;

  draw(app: App): void {
    const { model, state } = app;
    const lines: HTMLElement[] = [];
    const told = model.notices.of(model.header, app.truncated);
    // That payloads are digests is said where they are; the rest is about the whole.
    const grave = told.filter((notice) => !notice.startsWith("Kept at detail"));
    if (!this.#closed) for (const notice of grave) lines.push(el("p", {}, notice));
    if (lines.length > 0) {
      lines.at(-1)?.append(
        " ",
        button("✕", "Close notices", () => {
          this.#closed = true;
          app.draw();
        }),
      );
    }
    if (app.problem !== "") lines.push(el("p", { class: "bad" }, app.problem));
    else if (state.filter.trim() !== "") {
      const shown = app.rows.filter(({ kind }) => kind !== "chapter").length;
      const words =
        shown === 0
          ? "No row matches. "
          : `${String(shown)} of ${count(app.rowsWithoutFilter.length, "row")} match. `;
      const dim = button("Dim the rest instead", "Dim the rest instead", () =>
        app.set({ follow: state.filter, filter: "" }),
      );
      lines.push(
        el(
          "p",
          {},
          words,
          dim,
          " ",
          button("Clear", "Clear the filter (Esc)", () => app.set({ filter: "" })),
        ),
      );
    }
    if (state.follow !== "" && app.following) {
      const shown = app.rows.filter(
        ({ seq, kind }) => kind !== "chapter" && app.follows(seq),
      ).length;
      const only = button("Show only these", "Show only these", () =>
        app.set({ filter: state.follow, follow: "" }),
      );
      lines.push(
        el(
          "p",
          {},
          "Following ",
          word(state.follow),
          `: ${String(shown)} of ${count(app.rows.length, "row")} `,
          only,
          " ",
          button("Stop", "Stop following (Esc)", () => app.set({ follow: "" })),
        ),
      );
    }
    this.element.replaceChildren(...lines);
    this.element.hidden = lines.length === 0;
  }
}
