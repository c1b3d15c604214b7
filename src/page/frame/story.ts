/** The run as its author tells it: chapters with notes, what was typed and printed, what was checked. */
import { jsonOf, safe } from "../../views/words.js";
import type { Chapter } from "../../views/model/chapters.js";
import type { App, Part } from "../app.js";
import { button, el, word } from "../dom.js";

export class Story implements Part {
  readonly element = el("div", { class: "story", tabindex: 0, "aria-label": "Story" });
  #made = false;

  draw(app: App): void {
    this.element.hidden = app.state.view !== "story";
    if (this.element.hidden) return;
    if (!this.#made) {
      this.#made = true;
      const { all } = app.model.chapters;
      this.element.replaceChildren(
        ...all.filter(({ number }) => number > 0).map((one) => chapter(app, one)),
      );
    }
    const here = app.model.chapters.all[app.model.chapters.indexOf(app.state.seq)];
    for (const one of this.element.querySelectorAll<HTMLElement>("section")) {
      const current = one.dataset["number"] === String(here?.number);
      one.toggleAttribute("aria-current", current);
    }
  }
}

function chapter(app: App, { number, text, note, commands, checks, seq }: Chapter): HTMLElement {
  const title = text === "" ? "" : safe(text);
  const made = el(
    "section",
    {},
    el("h2", {}, el("span", { class: "number" }, `${String(number)} `), word(title)),
    note === "" ? undefined : el("p", { class: "note" }, word(note)),
  );
  made.dataset["number"] = String(number);
  for (const { stdout, stderr, exit } of commands) {
    const printed = [stdout, stderr].filter((one) => one !== "").join("\n");
    const ended = el("span", { class: exit === 0 ? "good" : "bad" }, `exit ${String(exit)}`);
    if (printed === "") made.append(el("p", {}, "prints nothing, ", ended));
    else
      made.append(
        el(
          "details",
          { open: printed.length < 3_000 },
          el("summary", {}, "what it printed, ", ended),
          el("pre", { tabindex: 0 }, printed),
        ),
      );
  }
  for (const { passed, what, expected, actual } of checks) {
    const line = el(
      "p",
      {},
      el("span", { class: passed ? "good" : "bad" }, passed ? "✓ holds: " : "✗ fails: "),
      word(what),
    );
    if (!passed)
      line.append(
        el("br"),
        word(`expected ${jsonOf(expected)}`),
        el("br"),
        word(`but was ${jsonOf(actual)}`),
      );
    made.append(line);
  }
  made.append(
    button("Show in the sequence", `Show in the sequence: chapter ${String(number)}`, () => {
      app.set({ view: "sequence" });
      app.goTo(seq);
    }),
  );
  return made;
}

/** The numbers of the chapters, beside the sequence: where one is, and where something failed. */
export class Rail implements Part {
  readonly element = el("nav", { class: "rail", "aria-label": "Story" });
  #made = false;

  draw(app: App): void {
    const { chapters } = app.model;
    if (!this.#made) {
      this.#made = true;
      for (const { number, text, note, seq, checks } of chapters.all) {
        if (number === 0) continue;
        const failed = checks.some(({ passed }) => !passed);
        const name = `Chapter ${String(number)}: ${safe(text === "" ? note : text)}${failed ? ", a check fails" : ""}`;
        const words = el(
          "span",
          {},
          failed ? "✗ " : "",
          el("b", {}, String(number)),
          el("span", { class: "title" }, word(` ${safe(text === "" ? note : text)}`)),
        );
        const one = button(words, name, () => app.goTo(seq));
        one.dataset["number"] = String(number);
        this.element.append(one);
      }
    }
    const here = chapters.all[chapters.indexOf(app.state.seq)]?.number;
    for (const one of this.element.querySelectorAll<HTMLElement>("button")) {
      if (one.dataset["number"] === String(here)) one.setAttribute("aria-current", "step");
      else one.removeAttribute("aria-current");
    }
  }
}
