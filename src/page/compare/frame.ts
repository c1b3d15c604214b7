/** What stands around two sequences: which two, how far they differ, and at the cursor in what. */
import type { ComparedRow } from "../../views/compare/index.js";
import type { Model } from "../../views/model/model.js";
import { LEVELS } from "../../views/sequence/row.js";
import { count, safe } from "../../views/words.js";
import { button, el, word } from "../dom.js";
import { sentence } from "../sentence.js";
import { isDifference, type ComparePart, type Comparing, type SideName } from "./comparing.js";

const SIDES = ["a", "b"] as const;

/** The titles, the levels, and what counts. */
export class CompareHeader implements ComparePart {
  readonly element: HTMLElement;
  readonly #levels = el("div", { class: "choice levels", role: "group", "aria-label": "Level" });
  readonly #sides = el("div", { class: "choice sides", role: "group", "aria-label": "Side" });
  readonly #times: HTMLInputElement;

  constructor(comparing: Comparing, help: () => void) {
    for (const level of LEVELS) {
      const name = `${level.slice(0, 1).toUpperCase()}${level.slice(1)}`;
      const one = button(name, `${name} (o)`, () => comparing.set({ level }));
      one.dataset["value"] = level;
      this.#levels.append(one);
    }
    for (const side of SIDES) {
      const one = button(side.toUpperCase(), `Side ${side.toUpperCase()} (v)`, () =>
        comparing.set({ side }),
      );
      one.dataset["value"] = side;
      this.#sides.append(one);
    }
    this.#times = el("input", { type: "checkbox", id: "count-times" });
    this.#times.addEventListener("change", () => comparing.set({ times: this.#times.checked }));
    const titles = SIDES.map((side) => title(side, comparing.models[side]));
    this.element = el(
      "header",
      {},
      el("h1", { class: "titles" }, ...titles),
      el(
        "div",
        { class: "groups" },
        this.#sides,
        this.#levels,
        el("label", { class: "switch", for: "count-times" }, this.#times, " Count times"),
      ),
      button("?", "Keys and signs (?)", help),
    );
  }

  draw({ level, times, side }: Comparing): void {
    this.#times.checked = times;
    for (const one of this.element.querySelectorAll<HTMLElement>(".choice button")) {
      const { value } = one.dataset;
      one.setAttribute("aria-pressed", String(value === level || value === side));
    }
  }
}

function title(side: SideName, { header }: Model): HTMLElement {
  const words = `${safe(header.title)} · seed ${String(header.seed)}`;
  return el(
    "span",
    { title: words },
    el("b", { class: "side" }, side.toUpperCase()),
    " ",
    word(words),
  );
}

/** `First difference: A entry 61, B entry 54 · 41 alike, 6 changed, 12 only in A, 23 only in B`. */
export class Counts implements ComparePart {
  readonly element = el("div", { class: "notices counts", role: "status" });

  draw(comparing: Comparing): void {
    const { comparison, rows } = comparing;
    const { first, alike, changed, onlyA, onlyB } = comparison;
    const numbers = `${String(alike)} alike, ${String(changed)} changed, ${String(onlyA.length)} only in A, ${String(onlyB.length)} only in B`;
    if (first === undefined) {
      this.element.replaceChildren(
        el("p", {}, `No difference: ${count(alike, "entry", "entries")} alike.`),
      );
      return;
    }
    const where = [
      ...(first.a === undefined ? [] : [`A entry ${String(first.a)}`]),
      ...(first.b === undefined ? [] : [`B entry ${String(first.b)}`]),
    ].join(", ");
    const to = rows.findIndex(isDifference);
    const turns = [
      button("First", "To the first difference", () => comparing.set({ at: to })),
      button("Previous", "Previous difference (p)", () => comparing.stepDifference(-1)),
      button("Next", "Next difference (n)", () => comparing.stepDifference(1)),
    ];
    if (to === -1) turns.splice(0);
    const hidden = to === -1 ? " Not in a row of this level." : "";
    this.element.replaceChildren(
      el("p", {}, `First difference: ${where} · ${numbers}.${hidden} `, ...turns),
    );
  }
}

/** What is at the cursor on both sides, and in what it differs. */
export class Differs implements ComparePart {
  readonly element = el("aside", { class: "differs", "aria-label": "What differs", tabindex: 0 });
  readonly #spoken = el("div", { class: "spoken", role: "status", "aria-live": "polite" });
  #timer = 0;

  draw({ row, models }: Comparing): void {
    if (row === undefined) return;
    const said = SIDES.map((side) => {
      const mine = row[side];
      const words = mine === undefined ? "nothing" : sentence(mine, models[side]);
      return el("p", {}, el("b", { class: "side" }, side.toUpperCase()), " ", word(words));
    });
    this.element.replaceChildren(...said, verdict(row), this.#spoken);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const words = [...said, verdict(row)].map(({ textContent }) => textContent);
      this.#spoken.textContent = words.join(". ").slice(0, 600);
    }, 300);
  }
}

function verdict({ mark, changes }: ComparedRow): HTMLElement {
  if (mark === "onlyA" || mark === "onlyB") {
    return el("p", { class: "muted" }, mark === "onlyA" ? "Only in A." : "Only in B.");
  }
  if (changes.length === 0) return el("p", { class: "muted" }, "Alike.");
  const head = el("tr", {}, ...["What", "A", "B"].map((name) => el("th", { scope: "col" }, name)));
  const rows = changes.map(({ what, a, b }) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, word(what)),
      el("td", {}, word(a)),
      el("td", {}, word(b)),
    ),
  );
  return el("table", {}, el("thead", {}, head), el("tbody", {}, ...rows));
}
