/** What stays while threads come and go: how the connection is, and what happens, stands, and goes wrong. */
import { clock, count } from "../../views/words.js";
import { button, el } from "../dom.js";
import type { Link } from "./stream.js";

const PANES = ["requests", "cloud", "faults"] as const;
export type PaneName = (typeof PANES)[number];

export interface ColumnHands {
  follow(on: boolean): void;
  only(changes: boolean): void;
  /** A pane is shown now. */
  open(pane: PaneName): void;
}

const TITLES: Readonly<Record<PaneName, string>> = {
  requests: "Requests",
  cloud: "Cloud",
  faults: "Faults",
};

const LINKS: Readonly<Record<Link, readonly [words: string, tone: string]>> = {
  connecting: ["○ connecting", "muted"],
  live: ["● live", "good"],
  lost: ["○ not connected, trying again", "bad"],
};

export class Column {
  readonly element: HTMLElement;
  readonly #link = el("span", { role: "status" });
  readonly #facts = el("span", { class: "facts" });
  readonly #follow: HTMLButtonElement;
  readonly #tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Live" });
  readonly #bodies: ReadonlyMap<PaneName, HTMLElement>;
  readonly #hands: ColumnHands;
  #pane: PaneName = "requests";

  constructor(panes: Readonly<Record<PaneName, HTMLElement>>, hands: ColumnHands) {
    this.#hands = hands;
    const pressed = (one: HTMLElement): boolean => one.getAttribute("aria-pressed") === "true";
    this.#follow = button("Follow", "Follow what happens (l)", () =>
      hands.follow(!pressed(this.#follow)),
    );
    const only = button("Changes", "Changes: only what is meant to change something (c)", () => {
      only.setAttribute("aria-pressed", String(!pressed(only)));
      hands.only(pressed(only));
    });
    only.setAttribute("aria-pressed", "false");
    only.className = "only";
    this.#bodies = new Map(
      PANES.map((pane) => [
        pane,
        el(
          "div",
          {
            class: `pane is-${pane}`,
            id: `pane-${pane}`,
            role: "tabpanel",
            tabindex: pane === "requests" ? -1 : 0,
            "aria-label": TITLES[pane],
          },
          panes[pane],
        ),
      ]),
    );
    for (const pane of PANES) {
      const controls = `pane-${pane}`;
      const one = el("button", { type: "button", role: "tab", "aria-controls": controls });
      one.append(TITLES[pane]);
      one.addEventListener("click", () => this.open(pane));
      one.dataset["pane"] = pane;
      this.#tabs.append(one);
    }
    this.#tabs.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
      if (by === 0) return;
      event.stopPropagation();
      this.open(
        PANES[(PANES.indexOf(this.#pane) + by + PANES.length) % PANES.length] ?? "requests",
      );
      this.#tabs.querySelector<HTMLElement>(`[data-pane="${this.#pane}"]`)?.focus();
    });
    this.element = el(
      "section",
      { class: "live", "aria-label": "What happens" },
      el(
        "div",
        { class: "live-head" },
        this.#link,
        this.#facts,
        el("span", { class: "live-acts" }, only, this.#follow),
      ),
      this.#tabs,
      ...this.#bodies.values(),
    );
    // Keys that are not only for whoever works in the sequence.
    addEventListener("keydown", ({ key, target, ctrlKey, altKey, metaKey }) => {
      const writes = target instanceof Element && target.matches("input, textarea, select");
      if (writes || ctrlKey || altKey || metaKey) return;
      if (key === "l") this.#follow.click();
      if (key === "c") only.click();
    });
    this.tell("connecting");
    this.open("requests");
  }

  get pane(): PaneName {
    return this.#pane;
  }

  open(pane: PaneName): void {
    this.#pane = pane;
    for (const one of this.#tabs.querySelectorAll("button")) {
      const chosen = one.dataset["pane"] === pane;
      one.setAttribute("aria-selected", String(chosen));
      one.tabIndex = chosen ? 0 : -1;
    }
    for (const [name, body] of this.#bodies) body.hidden = name !== pane;
    this.#hands.open(pane);
  }

  following(on: boolean): void {
    this.#follow.setAttribute("aria-pressed", String(on));
  }

  tell(link: Link, ended = false): void {
    const [words, tone] = ended ? (["■ ended", "muted"] as const) : LINKS[link];
    this.#link.className = tone;
    if (this.#link.textContent !== words) this.#link.textContent = words;
  }

  count(requests: number, now: number): void {
    this.#facts.textContent = count(requests, "request");
    this.#facts.title = `at ${clock(now)} s of virtual time`;
  }

  /** How much there is in a pane, beside its name. */
  badge(pane: PaneName, words: string, tone = "muted"): void {
    const tab = this.#tabs.querySelector(`[data-pane="${pane}"]`);
    tab?.replaceChildren(
      TITLES[pane],
      ...(words === "" ? [] : [" ", el("span", { class: tone }, words)]),
    );
  }
}
