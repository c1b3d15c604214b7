/** What stands on paper alone: after the sequence what its signs mean and how to get the same run again. */
import { count, safe } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { el, word } from "../dom.js";
import { signs } from "./help.js";

export class Colophon implements Part {
  readonly element = el("div", { class: "colophon" });
  readonly #most: number;
  #made = "";

  /** @param most rows that are printed */
  constructor(most: number) {
    this.#most = most;
  }

  draw({ model: { header, entries }, rows }: App): void {
    const long = rows.length > this.#most;
    document.documentElement.classList.toggle("too-long", long);
    const made = `${String(entries.length)} ${String(long)} ${String(rows.length)}`;
    if (made === this.#made) return;
    this.#made = made;
    const facts = `scenario ${safe(header.scenario)} · seed ${String(header.seed)} · novasim ${safe(header.novasim)} · ${count(entries.length, "entry", "entries")}`;
    if (long) {
      const words = `These are ${count(rows.length, "row")}, too many for paper. Choose a chapter first: the filter chapter:2 leaves one.`;
      this.element.replaceChildren(el("p", {}, words), el("p", {}, word(facts)));
    } else {
      this.element.replaceChildren(el("h2", {}, "Signs"), signs(), el("p", {}, word(facts)));
    }
  }
}
