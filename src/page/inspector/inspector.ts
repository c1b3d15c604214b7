/** What is beside the sequence: the entry under the cursor, the rows as they were, the queues as they were. */
import { TABS, type TabName } from "../address.js";
import type { App, Part } from "../app.js";
import { button, el } from "../dom.js";
import { drawEntry } from "./entry.js";
import { drawQueues, drawRows } from "./panes.js";

const NAMES: Readonly<Record<TabName, string>> = { entry: "Entry", rows: "Rows", queues: "Queues" };

export class Inspector implements Part {
  readonly element: HTMLElement;
  readonly #tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Inspector" });
  readonly #body = el("div", { class: "body", role: "tabpanel", tabindex: 0 });
  #shown = "";

  constructor(app: App) {
    this.element = el(
      "aside",
      { class: "inspector", "aria-label": "Inspector" },
      this.#tabs,
      this.#body,
    );
    for (const tab of TABS) {
      const one = button(NAMES[tab], NAMES[tab], () => app.set({ tab }), { role: "tab" });
      one.dataset["tab"] = tab;
      this.#tabs.append(one);
    }
    this.#tabs.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (by === 0) return;
      event.stopPropagation();
      const next = TABS[(TABS.indexOf(app.state.tab) + by + TABS.length) % TABS.length];
      if (next === undefined) return;
      app.set({ tab: next });
      this.#tabs.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
    });
  }

  focus(): void {
    this.#body.focus();
  }

  draw(app: App): void {
    const { seq, tab, follow } = app.state;
    for (const one of this.#tabs.querySelectorAll("button")) {
      const chosen = one.dataset["tab"] === tab;
      one.setAttribute("aria-selected", String(chosen));
      one.tabIndex = chosen ? 0 : -1;
    }
    const shown = `${tab} ${String(seq)} ${follow}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#body.setAttribute("aria-label", NAMES[tab]);
    const draws = { entry: drawEntry, rows: drawRows, queues: drawQueues };
    this.#body.replaceChildren(...draws[tab](app));
    this.#body.scrollTop = 0;
  }
}
