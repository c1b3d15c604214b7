/** The course of the run as one line: drag, step, play. What is under the playhead is what is shown. */
import { clock, safe } from "../../views/words.js";
import type { App, Part } from "../app.js";
import { button, el } from "../dom.js";
import { sentence } from "../sentence.js";
import { Marks } from "./marks.js";
import { axisOf } from "./strip.js";

const SPEEDS = [0.25, 0.5, 1, 2, 4, 10];
/** At speed 1, milliseconds from row to row; by time the virtual ones, up to so many. */
const EVEN = 500;
const LONGEST = 1_000;

export class Scrubber implements Part {
  readonly element: HTMLElement;
  readonly #app: App;
  readonly #track: HTMLElement;
  readonly #marks = new Marks();
  readonly #head = el("div", { class: "playhead" });
  readonly #said = el("output", { class: "said" });
  readonly #play: HTMLButtonElement;
  readonly #pace: HTMLButtonElement;
  #speed = 2;
  #timer: number | undefined;
  #key: readonly unknown[] = [];
  /** Whether play stops where a chapter begins; a reader finds it beside the keys. */
  readonly pauses = el("input", { type: "checkbox", checked: true });

  constructor(app: App) {
    this.#app = app;
    this.#track = el(
      "div",
      { class: "track", role: "slider", tabindex: 0, "aria-label": "Time", "aria-valuemin": 0 },
      this.#marks.element,
      this.#head,
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
      const row = app.rows[app.axis.nearest(share)];
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
    new ResizeObserver(() => this.#marks.draw(app.rows, app.axis)).observe(this.#marks.element);
    const { ended: signal } = app;
    const again = (): void => this.#marks.draw(app.rows, app.axis);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again, { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#timer));
  }

  get playing(): boolean {
    return this.#timer !== undefined;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.#start();
  }

  pause(): void {
    clearTimeout(this.#timer);
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
    const key = [app.axis, app.state.theme];
    if (key.some((one, i) => one !== this.#key[i])) {
      this.#key = key;
      this.#marks.draw(app.rows, app.axis);
    }
    // Set where it is read: what inherits it would be styled anew, each of its marks.
    const share = `${String(axisOf(app, app.state.seq) * 100)}%`;
    for (const one of [this.#head, this.#said]) one.style.setProperty("--head", share);
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
    this.#app.step("row", by);
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tick(), this.#wait());
    this.#tell();
  }

  /** Until the next row: the same for each, or as much as passes, of long times a second. */
  #wait(): number {
    const app = this.#app;
    const { rows } = app;
    const here = app.rowAt();
    const passes = ((rows[here + 1]?.at ?? 0) - (rows[here]?.at ?? 0)) / 1_000;
    const wait = app.state.time === "by" ? Math.max(0, Math.min(LONGEST, passes)) : EVEN;
    return wait / (SPEEDS[this.#speed] ?? 1);
  }

  /** One row on; play stops at a chapter and at the end. */
  #tick(): void {
    const before = this.#app.state.seq;
    this.#app.step("row", 1);
    const row = this.#app.rows[this.#app.rowAt()];
    const stops = this.pauses.checked && row?.kind === "chapter";
    if (this.#app.state.seq === before || stops) this.pause();
    else this.#start();
  }

  #tell(): void {
    this.#play.textContent = this.playing ? "❚❚" : "▶";
    this.#play.setAttribute("aria-label", this.playing ? "Pause (Space)" : "Play (Space)");
    const speed = `${String(SPEEDS[this.#speed])}×`;
    this.#pace.textContent = speed;
    this.#pace.setAttribute("aria-label", `${speed}: speed (< and >)`);
  }
}
