/** The run as its author tells it: chapters with notes, what was typed and printed, what was checked. */
import { jsonOf, safe } from "../../views/words.js";
import type { Chapter } from "../../views/model/chapters.js";
import type { App, Part } from "../app.js";
import { answerOf } from "../answer.js";
import { button, el, word } from "../dom.js";

export class Story implements Part {
  readonly element = el("div", { class: "story", tabindex: 0, "aria-label": "Story" });
  readonly #sections = new Map<Chapter, HTMLElement>();
  #read = -1;
  #here: HTMLElement | undefined;

  draw(app: App): void {
    this.element.hidden = app.state.view !== "story";
    if (this.element.hidden) return;
    const { chapters, entries } = app.model;
    if (this.#read !== entries.length) {
      this.#read = entries.length;
      this.#sections.clear();
      for (const one of chapters.all) {
        if (one.number > 0) this.#sections.set(one, chapter(app, one));
      }
      this.element.replaceChildren(...this.#sections.values());
    }
    const here = chapters.all[chapters.indexOf(app.state.seq)];
    this.#here?.removeAttribute("aria-current");
    this.#here = here === undefined ? undefined : this.#sections.get(here);
    this.#here?.setAttribute("aria-current", "step");
  }
}

function chapter(app: App, one: Chapter): HTMLElement {
  const { number, text, question, note, commands, checks, seq } = one;
  const title = text === "" ? "" : safe(text);
  const made = el(
    "section",
    {},
    el("h2", {}, el("span", { class: "number" }, `${String(number)} `), word(title)),
    question === "" ? undefined : el("p", { class: "question" }, word(safe(question))),
    note === "" ? undefined : el("p", { class: "note" }, word(note)),
    ...(question === "" ? [] : answerOf(one)),
  );
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
  readonly #buttons = new Map<Chapter, HTMLElement>();
  #read = -1;
  #here: HTMLElement | undefined;

  draw(app: App): void {
    const { chapters, entries } = app.model;
    if (this.#read !== entries.length) {
      this.#read = entries.length;
      this.#make(app);
    }
    const chapter = chapters.all[chapters.indexOf(app.state.seq)];
    const here = chapter === undefined ? undefined : this.#buttons.get(chapter);
    if (here === this.#here) return;
    this.#here?.removeAttribute("aria-current");
    this.#here = here;
    here?.setAttribute("aria-current", "step");
    here?.scrollIntoView({ block: "nearest" });
  }

  #make(app: App): void {
    this.#buttons.clear();
    this.#here = undefined;
    for (const chapter of app.model.chapters.all) {
      const { number, text, note, seq, checks } = chapter;
      if (number === 0) continue;
      const failed = checks.some(({ passed }) => !passed);
      const title = safe(text === "" ? note : text);
      const name = `Chapter ${String(number)}: ${title}${failed ? ", a check fails" : ""}`;
      const words = el(
        "span",
        {},
        failed ? "✗ " : "",
        el("b", {}, String(number)),
        el("span", { class: "title" }, word(` ${title}`)),
      );
      this.#buttons.set(
        chapter,
        button(words, name, () => app.goTo(seq)),
      );
    }
    this.element.replaceChildren(...this.#buttons.values());
  }
}
