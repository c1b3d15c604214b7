/**
 * A line under the header: what a reader must know of the recording before relying on its picture, how far
 * it has been read, and what a filter hides or what is followed.
 */
import { count } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { button, el, word } from "../dom.js";

export class Notices implements Part {
  readonly element = el("div", { class: "notices" });
  readonly #recording = el("div", { role: "status" });
  readonly #rows = el("div", { role: "status" });
  /** What has been read and put away; what is new is shown all the same. */
  readonly #closed = new Set<string>();
  #told = "";

  constructor() {
    this.element.append(this.#recording, this.#rows);
  }

  draw(app: App): void {
    this.tell(app);
    this.#rows.replaceChildren(...this.#filtered(app), ...this.#followed(app));
    this.#hide();
  }

  /** What is known of the recording by now. */
  tell(app: App): void {
    const { reading, model } = app;
    const all = [
      ...(reading.done ? [] : [progress(model.entries.length)]),
      ...(reading.wrong === undefined
        ? []
        : [`The rest cannot be read: ${reading.wrong} What came before is shown.`]),
      ...model.notices.of(model.header, reading.truncated),
    ].filter((notice) => !this.#closed.has(notice));
    if (all.join("\n") === this.#told) return;
    this.#told = all.join("\n");
    // What is alike is not said again by a screen reader: each line stays while it is true.
    const close = button("✕", "Close notices", () => {
      for (const notice of all) this.#closed.add(notice);
      app.draw();
    });
    const lines = all.map((notice) => el("p", {}, notice));
    if (reading.done) lines.at(-1)?.append(" ", close);
    this.#recording.replaceChildren(...lines);
    this.#hide();
  }

  #hide(): void {
    this.element.hidden = this.#recording.childElementCount + this.#rows.childElementCount === 0;
  }

  #filtered(app: App): readonly HTMLElement[] {
    const { state, problem } = app;
    if (problem !== "") return [el("p", { class: "bad" }, problem)];
    if (state.filter.trim() === "") return [];
    const { shown } = app.counts;
    const words =
      shown === 0
        ? "No row matches. "
        : `${String(shown)} of ${count(app.rowsWithoutFilter.length, "row")} match. `;
    const dim = button("Dim the rest instead", "Dim the rest instead", () =>
      app.set({ follow: state.filter, filter: "" }),
    );
    const clear = button("Clear", "Clear the filter (Esc)", () => app.set({ filter: "" }));
    return [el("p", {}, words, dim, " ", clear)];
  }

  #followed(app: App): readonly HTMLElement[] {
    const { follow } = app.state;
    if (follow === "" || !app.following) return [];
    const only = button("Show only these", "Show only these", () =>
      app.set({ filter: follow, follow: "" }),
    );
    const stop = button("Stop", "Stop following (Esc)", () => app.set({ follow: "" }));
    const shown = `: ${String(app.counts.followed)} of ${count(app.rows.length, "row")} `;
    return [el("p", {}, "Following ", word(follow), shown, only, " ", stop)];
  }
}

function progress(entries: number): string {
  // Thousands, as a reader counts: the last digits would only flicker.
  const thousands = Math.floor(entries / 1_000);
  const told = thousands === 0 ? String(entries) : `${String(thousands)},000`;
  return `Reading the recording: ${told} entries so far`;
}
