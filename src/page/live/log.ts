/**
 * The list of what came in, the newest at the end, under whoever sent it. It follows what happens until somebody chooses a row,
 * and goes on following when they say so.
 */
import { count, duration, clock } from "../../views/words.js";
import { el, word } from "../dom.js";
import type { Thread } from "./thread.js";
import { Speakers, type Speaker } from "./speakers.js";

/** More rows than these nobody reads; what is kept can be asked for by scrolling no further. */
const MOST_ROWS = 250;
const MOST_EFFECTS = 3;

export interface LogHands {
  choose(thread: Thread): void;
}

interface Row {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
}

export class Log {
  readonly element = el("ol", { class: "log", "aria-label": "Requests" });
  readonly #hands: LogHands;
  readonly #rows = new Map<Thread, Row>();
  readonly #speakers = new Speakers();
  readonly #heads = new Map<Speaker, HTMLElement>();
  /** The newest that is not shown any more. */
  #floor = -1;
  #chosen: Thread | undefined;
  #only = false;

  constructor(hands: LogHands) {
    this.#hands = hands;
    this.element.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (by === 0) return;
      event.preventDefault();
      event.stopPropagation();
      this.#move(by);
    });
  }

  /** Only what was meant to change something. */
  only(changes: boolean): void {
    this.#only = changes;
    this.element.classList.toggle("only-changes", changes);
    this.toEnd();
  }

  clear(): void {
    this.#rows.clear();
    this.#heads.clear();
    this.#speakers.clear();
    this.#floor = -1;
    this.#chosen = undefined;
    this.element.replaceChildren();
  }

  /** Those are new, or there is more to say of them. */
  show(threads: Iterable<Thread>): void {
    const atEnd = this.#atEnd;
    for (const thread of threads) this.#show(thread);
    for (const [thread, { element }] of this.#rows) {
      if (this.#rows.size <= MOST_ROWS) break;
      element.remove();
      this.#rows.delete(thread);
      this.#floor = thread.seq;
      const speaker = this.#speakers.forget(thread);
      if (speaker !== undefined) this.#drop(speaker);
    }
    if (atEnd) this.toEnd();
  }

  mark(thread: Thread | undefined): void {
    if (thread === this.#chosen) return;
    const before = this.#chosen && this.#rows.get(this.#chosen)?.button;
    before?.removeAttribute("aria-current");
    this.#chosen = thread;
    const now = thread && this.#rows.get(thread)?.button;
    now?.setAttribute("aria-current", "true");
    for (const { button: one } of this.#rows.values()) one.tabIndex = one === now ? 0 : -1;
    now?.scrollIntoView({ block: "nearest" });
  }

  toEnd(): void {
    const scrolled = this.element.parentElement;
    if (scrolled !== null) scrolled.scrollTop = scrolled.scrollHeight;
  }

  get #atEnd(): boolean {
    const scrolled = this.element.parentElement;
    if (scrolled === null) return true;
    return scrolled.scrollTop + scrolled.clientHeight > scrolled.scrollHeight - 40;
  }

  #show(thread: Thread): void {
    if (thread.seq <= this.#floor) return;
    const known = this.#rows.get(thread);
    if (known !== undefined) {
      fill(known.button, thread);
      known.element.classList.toggle("is-change", thread.changes);
      return;
    }
    const speaker = this.#speakers.of(thread);
    const made = el("button", { type: "button", class: "one-request" });
    made.addEventListener("click", () => this.#hands.choose(thread));
    made.tabIndex = this.#rows.size === 0 ? 0 : -1;
    fill(made, thread);
    const element = el("li", { class: thread.changes ? "is-change" : undefined }, made);
    this.#rows.set(thread, { element, button: made });
    const list = this.#listOf(speaker);
    list.append(element);
  }

  #listOf(speaker: Speaker): HTMLElement {
    const known = this.#heads.get(speaker);
    if (known !== undefined) {
      known.querySelector(".speaker")?.replaceChildren(...wordsOf(speaker));
      return known.querySelector("ol") ?? known;
    }
    const list = el("ol", {});
    const made = el(
      "li",
      { class: "said-by" },
      el("p", { class: "speaker" }, ...wordsOf(speaker)),
      list,
    );
    this.#heads.set(speaker, made);
    this.element.append(made);
    return list;
  }

  #drop(speaker: Speaker): void {
    this.#heads.get(speaker)?.remove();
    this.#heads.delete(speaker);
  }

  /** To the next row that is shown, or the one before. */
  #move(by: 1 | -1): void {
    const shown = [...this.#rows].filter(([thread]) => !this.#only || thread.changes);
    const here = shown.findIndex(([, { button: one }]) => one === document.activeElement);
    const next = shown[Math.max(0, Math.min(shown.length - 1, here + by))];
    if (next === undefined) return;
    next[1].button.focus();
    this.#hands.choose(next[0]);
  }
}

const wordsOf = ({ agent, user }: Speaker): readonly HTMLElement[] => [
  el("b", {}, word(agent)),
  ...(user === "" ? [] : [el("span", {}, " · ", word(user))]),
];

/** What it asks, what it got, and what became of it. */
function fill(made: HTMLButtonElement, thread: Thread): void {
  const { took, effects, service, messages, refused, at } = thread;
  const [first, rest] = thread.words;
  const [verdict, tone] = verdictOf(thread);
  const what = [...effects.values()].slice(-MOST_EFFECTS);
  const facts = [
    ...(service === "" ? [] : [service]),
    ...(took === undefined ? [] : [duration(took)]),
    ...(messages === 0 ? [] : [count(messages, "message")]),
  ];
  made.replaceChildren(
    el(
      "span",
      { class: "asked" },
      el("span", { class: "method" }, word(first)),
      el("span", { class: "path" }, word(rest)),
      el("span", { class: `verdict ${tone}` }, verdict),
    ),
    el("span", { class: "facts" }, el("span", { class: "when" }, clock(at)), facts.join(" · ")),
    ...(refused === "" ? [] : [el("span", { class: "became bad" }, word(refused))]),
    ...what.map(({ name, state, mood }) =>
      el(
        "span",
        { class: "became" },
        el("span", { class: `dot is-${mood}` }),
        word(`${name} → ${state}`),
      ),
    ),
  );
  made.title = thread.root.kind === "request" ? thread.root.arrived.target : rest;
}

function verdictOf({
  status,
  root,
  failed,
  refused,
}: Thread): readonly [words: string, tone: string] {
  if (refused !== "") return ["✕ refused", "bad"];
  if (root.kind !== "request") return ["", ""];
  if (status === undefined) return ["…", "muted"];
  if (status === 0) return ["✕ broken", "bad"];
  return failed ? [`✕ ${String(status)}`, "bad"] : [String(status), "good"];
}
