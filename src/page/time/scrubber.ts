/** The course of the run as one line: drag, step, play. What is under the playhead is what is shown. */
import { clock, safe } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { button, el } from "../dom.js";
import { sentence } from "../sentence.js";
import { axisOf } from "./strip.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 10];
/** Rows a second at speed 1. */
const PACE = 2;

export class Scrubber implements Part {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #track: HTMLElement;
  readonly #marks = el("div", { class: "marks", "aria-hidden": "true" });
  readonly #said = el("output", { class: "said" });
  readonly #play: HTMLButtonElement;
  readonly #pace: HTMLButtonElement;
  #speed = 2;
  #timer: number | undefined;
  #key: unknown;

  constructor(app: App) {
    this.#app = app;
    this.#track = el(
      "div",
      { class: "track", role: "slider", tabindex: 0, "aria-label": "Time", "aria-valuemin": 0 },
      this.#marks,
      el("div", { class: "playhead" }),
      this.#said,
    );
    this.#play = button("▶", "Play (Space)", () => this.toggle(), { class: "play" });
    this.#pace = button("1×", "1×: speed (< and >)", () => this.faster(1, true));
    const buttons = el(
      "div",
      { class: "transport" },
      button("|◀", "First (Home)", () => this.#app.goTo(app.rows[0]?.seq)),
      button("◀", "Previous row (←)", () => this.#by(-1)),
      this.#play,
      button("▶|", "Next row (→)", () => this.#by(1)),
      button("▶▶|", "Last (End)", () => this.#app.goTo(app.rows.at(-1)?.seq)),
      this.#pace,
    );
    this.element = el("div", { class: "scrubber" }, buttons, this.#track);
    const drag = (event: PointerEvent): void => {
      const { left, width } = this.#track.getBoundingClientRect();
      const share = Math.max(0, Math.min(1, (event.clientX - left) / width));
      const row = app.rows[Math.round(share * (app.rows.length - 1))];
      this.pause();
      app.goTo(row?.seq);
      this.#track.classList.add("dragged");
    };
    this.#track.addEventListener("pointerdown", (event) => {
      this.#track.setPointerCapture(event.pointerId);
      drag(event);
    });
    this.#track.addEventListener("pointermove", (event) => {
      if (this.#track.hasPointerCapture(event.pointerId)) drag(event);
    });
    this.#track.addEventListener("pointerup", () => this.#track.classList.remove("dragged"));
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.#start();
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  /** @param round after the fastest comes the slowest */
  faster(by: 1 | -1, round = false): void {
    const next = this.#speed + by;
    this.#speed = round ? next % SPEEDS.length : Math.max(0, Math.min(SPEEDS.length - 1, next));
    if (this.playing) this.#start();
    this.#tell();
  }

  draw(app: App): void {
    if (this.#key !== app.rows) {
      this.#key = app.rows;
      this.#mark(app);
    }
    this.element.style.setProperty("--head", `${String(axisOf(app, app.state.seq) * 100)}%`);
    const row = app.rows[app.rowAt()];
    const { chapters } = app.model;
    const chapter = chapters.all[chapters.indexOf(app.state.seq)];
    const title = chapter === undefined ? "" : ` · ${String(chapter.number)} ${safe(chapter.text)}`;
    this.#said.textContent =
      `${clock(app.entry?.at ?? 0)} s · entry ${String(app.state.seq)}${title}`.slice(0, 90);
    this.#track.setAttribute("aria-valuemax", String(app.model.entries.length - 1));
    this.#track.setAttribute("aria-valuenow", String(app.state.seq));
    if (row !== undefined) this.#track.setAttribute("aria-valuetext", sentence(row, app.model));
  }

  #by(by: 1 | -1): void {
    this.pause();
    this.#app.step(by);
  }

  #start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#tick(), 1_000 / (PACE * (SPEEDS[this.#speed] ?? 1)));
    this.#tell();
  }

  /** One row on; play stops at a chapter and at the end. */
  #tick(): void {
    const before = this.#app.state.seq;
    this.#app.step(1);
    const row = this.#app.rows[this.#app.rowAt()];
    if (this.#app.state.seq === before || row?.kind === "chapter") this.pause();
  }

  #tell(): void {
    this.#play.textContent = this.playing ? "❚❚" : "▶";
    this.#play.setAttribute("aria-label", this.playing ? "Pause (Space)" : "Play (Space)");
    const speed = `${String(SPEEDS[this.#speed])}×`;
    this.#pace.textContent = speed;
    this.#pace.setAttribute("aria-label", `${speed}: speed (< and >)`);
  }

  /** Chapters, numbered where there is room, and problems. */
  #mark(app: App): void {
    let last = -1;
    let drawn = -1;
    const width = Math.max(300, this.#track.clientWidth);
    const made = app.rows.flatMap((row) => {
      const share = axisOf(app, row.seq);
      const at = (element: HTMLElement): HTMLElement => {
        element.style.left = `${String(share * 100)}%`;
        return element;
      };
      if (row.kind === "chapter") {
        const room = (share - last) * width >= 22 || last < 0;
        if (room) last = share;
        return [
          at(
            el(
              "i",
              { class: room ? "chapter" : "chapter low" },
              room ? String(row.chapter.number) : "",
            ),
          ),
        ];
      }
      const bad =
        (row.kind === "mark" && ["timeout", "lost", "fails", "crashed"].includes(row.sign)) ||
        (row.kind === "arrow" && row.lost);
      if (bad) return [at(el("i", { class: "problem" }, "✕"))];
      // Of many rows at one pixel one is enough.
      const pixel = Math.round(share * width);
      if (row.kind !== "arrow" || pixel === drawn) return [];
      drawn = pixel;
      return [at(el("i", { class: "tick" }))];
    });
    this.#marks.replaceChildren(...made);
  }
}
