/**
 * What the page keeps of a run that goes on and on: the last threads, how the cloud stands, and nothing else. Entries come by
 * the numbers that they have in the recording; a thread is numbered anew when it is shown.
 */
import type { Entry, Header } from "../../timeline/index.js";
import { readHeader } from "../../timeline/index.js";
import { Board } from "./board.js";
import type { About, Begun } from "./stream.js";
import { Thread, type Arrived, type Root } from "./thread.js";

/** More threads than these, or more entries in them, are forgotten, the oldest first. */
const MOST_THREADS = 400;
const MOST_KEPT = 40_000;

/** An entry of any kind, those of the door among them. */
interface Any {
  readonly kind: string;
  readonly seq: number;
  readonly at: number;
  readonly cause?: number;
}

export class Session {
  readonly header: Header;
  readonly about: About;
  readonly board: Board;
  /** By the numbers of the entries that they begin with, in order. */
  readonly #threads = new Map<number, Thread>();
  /** In which thread an entry is. */
  readonly #of = new Map<number, Thread>();
  #kept = 0;
  /** How many requests there were, and virtual time now. */
  total = 0;
  now = 0;
  /** How many faults have been declared, have struck or been lifted: a reason to ask for them anew. */
  faults = 0;
  ended = false;

  constructor({ header, before, about }: Begun) {
    this.header = readHeader(header);
    this.about = about;
    this.board = new Board(this.header, before);
  }

  get threads(): readonly Thread[] {
    return [...this.#threads.values()];
  }

  thread(seq: number | undefined): Thread | undefined {
    return seq === undefined ? undefined : this.#threads.get(seq);
  }

  /** The next line. @returns the thread that it belongs to */
  read(line: string): Thread | undefined {
    const entry = JSON.parse(line) as Any;
    this.now = entry.at;
    if (entry.kind === "closed") this.ended = true;
    if (entry.kind === "fault") this.faults += 1;
    const root = rootOf(entry);
    if (root !== undefined) return this.#begin(entry, root);
    const thread = entry.cause === undefined ? undefined : this.#of.get(entry.cause);
    const change = this.board.see(entry as Entry, thread?.seq);
    if (thread === undefined) return undefined;
    this.#of.set(entry.seq, thread);
    thread.numbers.push(entry.seq);
    if (entry.kind === "refused") thread.refused = (entry as Any & { readonly why: string }).why;
    else thread.add(entry as Entry, change);
    this.#kept += 1;
    return thread;
  }

  /** Forgets what is too much. @param spared the one that is shown */
  trim(spared: Thread | undefined): void {
    for (const [seq, thread] of this.#threads) {
      if (this.#threads.size <= MOST_THREADS && this.#kept <= MOST_KEPT) return;
      if (thread === spared) continue;
      this.#threads.delete(seq);
      this.#of.delete(seq);
      for (const number of thread.numbers) this.#of.delete(number);
      this.#kept -= thread.numbers.length;
    }
  }

  #begin({ seq, at }: Any, root: Root): Thread {
    const thread = new Thread(seq, at, root, this.board.dead);
    this.#threads.set(seq, thread);
    this.#of.set(seq, thread);
    if (root.kind === "request") this.total += 1;
    return thread;
  }
}

function rootOf(entry: Any): Root | undefined {
  switch (entry.kind) {
    case "arrival":
      return { kind: "request", arrived: (entry as Any & { readonly arrived: Arrived }).arrived };
    case "operated":
      return {
        kind: "operated",
        words: wordsOf((entry as Any & { readonly operated: unknown }).operated),
      };
    case "step": {
      const { text } = entry as Any & { readonly text: string };
      // A mere note leads to nothing.
      return text === "" ? undefined : { kind: "step", words: text };
    }
    default:
      return undefined;
  }
}

/** `fault: drop { topic: compute }`, as a person would write it. */
function wordsOf(step: unknown): string {
  if (typeof step !== "object" || step === null) return "";
  return Object.entries(step)
    .map(([verb, value]) => `${verb}: ${flow(value).replace(/^\{ | \}$/gu, "")}`)
    .join(", ");
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (value === null || value === undefined) return "everything";
  if (typeof value !== "object") return typeof value === "string" ? value : JSON.stringify(value);
  const parts = Object.entries(value).map(([key, one]) => `${key}: ${flow(one)}`);
  return `{ ${parts.join(", ")} }`;
}
