/**
 * What is said of a row while a pointer rests on it, and that its message and its answer are one: both are
 * thicker. All of it stands in the inspector as well.
 */
import { took } from "../../views/sequence/labels.js";
import type { SequenceRow } from "../../views/sequence/row.js";
import { clock, safe } from "../../views/words.js";
import type { App } from "../app.js";
import { el, word } from "../dom.js";
import { sentence } from "../sentence.js";

/** So long a pointer rests before anything is said. */
const REST = 300;
const WIDTH = 360;

export class Hover {
  readonly #app: App;
  readonly #canvas: HTMLElement;
  readonly #tip = el("div", { class: "tip", role: "tooltip", hidden: true });
  #row: SequenceRow | undefined;
  #timer = 0;

  constructor(app: App, canvas: HTMLElement) {
    this.#app = app;
    this.#canvas = canvas;
    document.body.append(this.#tip);
    app.ended.addEventListener("abort", () => {
      this.leave();
      this.#tip.remove();
    });
    canvas.addEventListener("pointermove", ({ clientX, clientY, target, pointerType }) => {
      if (pointerType === "touch") return;
      const at = target instanceof Element ? target.closest(".row") : null;
      const row = at === null ? undefined : this.#rowOf(at.id);
      if (row === this.#row) return;
      this.leave();
      this.#row = row;
      if (row === undefined) return;
      this.#timer = setTimeout(() => this.#show(row, clientX, clientY), REST);
    });
    canvas.addEventListener("pointerleave", () => this.leave());
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#row = undefined;
    this.#tip.hidden = true;
    for (const thick of this.#canvas.querySelectorAll(".thick")) thick.classList.remove("thick");
  }

  #rowOf(id: string): SequenceRow | undefined {
    const [, seq] = /^row-(\d+)$/u.exec(id) ?? [];
    if (seq === undefined) return undefined;
    const row = this.#app.rows[this.#app.rowAt(Number(seq))];
    return row?.kind === "chapter" ? undefined : row;
  }

  #show(row: SequenceRow, x: number, y: number): void {
    const message = row.kind === "arrow" ? row.message : -1;
    for (const lines of this.#canvas.querySelectorAll(`g[data-m="${String(message)}"]`)) {
      lines.classList.add("thick");
    }
    const facts = this.#factsOf(message).map((fact) => el("div", { class: "muted" }, word(fact)));
    // The whole of it is below the pointer, or above where there is no room.
    document.body.append(this.#tip);
    this.#tip.replaceChildren(el("div", {}, word(sentence(row, this.#app.model))), ...facts);
    this.#tip.hidden = false;
    const { offsetHeight: height } = this.#tip;
    const top = y + 18 + height > innerHeight ? y - 12 - height : y + 18;
    this.#tip.style.left = `${String(Math.max(8, Math.min(x, innerWidth - WIDTH - 8)))}px`;
    this.#tip.style.top = `${String(Math.max(8, top))}px`;
  }

  #factsOf(message: number): readonly string[] {
    const { model } = this.#app;
    const entry = model.entries[message];
    const exchange = entry === undefined ? undefined : model.messages.of(entry);
    if (exchange === undefined) return [];
    const { sent } = exchange;
    const answer = exchange.kind === "rest" ? exchange.response : exchange.outcome;
    const [taken] = exchange.kind === "rpc" ? exchange.delivered : [];
    const to = exchange.kind === "rest" ? exchange.sent.to : (taken?.to ?? "nobody yet");
    const ended = answer === undefined ? [] : [`answered after ${took(answer.at - sent.at)}`];
    const waited = taken === undefined ? [] : [`taken after ${took(taken.at - sent.at)}`];
    return [
      `${safe(sent.from)} → ${safe(to)}`,
      [`sent at ${clock(sent.at)} s`, ...waited, ...ended].join(", "),
    ];
  }
}
