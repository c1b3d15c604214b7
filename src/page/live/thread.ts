/**
 * One thing that came in from outside, with all that followed from it: a request, a fault that somebody declared, a step of
 * the scenario before. It is what a row of the list stands for, and what the sequence is drawn of.
 */
import type { Entry } from "../../timeline/index.js";
import { moodOf, type Mood } from "../../views/model/things.js";
import type { StateChange } from "../../views/states.js";
import { safe, shortIds } from "../../views/words.js";

/** What came in, as a recording has it. */
export interface Arrived {
  readonly to: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
}

export type Root =
  | { readonly kind: "request"; readonly arrived: Arrived }
  | { readonly kind: "operated"; readonly words: string }
  | { readonly kind: "step"; readonly words: string };

/** What became of a thing in it. */
export interface Effect {
  readonly name: string;
  readonly state: string;
  readonly mood: Mood;
}

const MESSAGES: ReadonlySet<string> = new Set([
  "rest.request",
  "rpc.call",
  "rpc.cast",
  "rpc.fanout",
]);

/** Of a thread that never ends no more is kept. */
export const MOST_ENTRIES = 10_000;

export class Thread {
  readonly seq: number;
  readonly at: number;
  readonly root: Root;
  readonly entries: Entry[] = [];
  /** Those of all entries in it, kept or not. */
  readonly numbers: number[] = [];
  /** Processes that had died before it began. */
  readonly dead: readonly string[];
  /** Who answers: `nova-api`. */
  service = "";
  /** 0: nobody answered. */
  status: number | undefined;
  took: number | undefined;
  /** Why it could not be done. */
  refused = "";
  /** How many messages followed from it, those that it began with aside. */
  messages = 0;
  /** How many entries are not kept. */
  missing = 0;
  readonly effects = new Map<string, Effect>();
  /** The request that carried it in, by its id in the recording. */
  #id: number | undefined;

  constructor(seq: number, at: number, root: Root, dead: readonly string[]) {
    this.seq = seq;
    this.at = at;
    this.root = root;
    this.dead = dead;
  }

  /** The next entry that follows from it, and what it did to a state. */
  add(entry: Entry, change: StateChange | undefined): void {
    if (this.entries.length < MOST_ENTRIES) this.entries.push(entry);
    else this.missing += 1;
    if (MESSAGES.has(entry.kind)) this.messages += 1;
    if (entry.kind === "rest.request" && this.#id === undefined && this.root.kind === "request") {
      this.#id = entry.id;
      this.messages -= 1;
      this.service = entry.to.split("@")[0] ?? entry.to;
    } else if (entry.kind === "rest.response" && entry.id === this.#id) {
      this.status = entry.status;
      this.took = entry.at - this.at;
    }
    if (change === undefined) return;
    const { thing, name, after = "gone" } = change;
    const mood = moodOf(change.after);
    this.effects.set(`${thing} ${name}`, { name: `${thing} ${name}`, state: after, mood });
  }

  /** Whether it was meant to change something, and is no login. */
  get changes(): boolean {
    if (this.root.kind !== "request") return true;
    const { method, target } = this.root.arrived;
    return method !== "GET" && method !== "HEAD" && !LOGIN.test(target);
  }

  get failed(): boolean {
    return (
      this.refused !== "" ||
      (this.status !== undefined && (this.status >= 400 || this.status === 0))
    );
  }

  /** `POST`, and `/v2/…/servers`. */
  get words(): readonly [first: string, rest: string] {
    if (this.root.kind !== "request")
      return [this.root.kind === "step" ? "step" : "⚡", this.root.words];
    const { method, target } = this.root.arrived;
    return [method, shortPath(target)];
  }

  get title(): string {
    return this.words.join(" ");
  }
}

const LOGIN = /^\/(?:v2\.0\/tokens|v3\/auth\/tokens|auth\/login)\/?(?:\?|$)/u;
const PROJECT = /\/[0-9a-f]{32}(?=\/|$)/u;

/** The project's id is the same in all, and says nothing; of the query only that there is one is kept, if it is long. */
export function shortPath(target: string): string {
  const [path = "", query] = target.split("?");
  const short = shortIds(safe(path.replace(PROJECT, "/…").replace(/AUTH_[0-9a-f]{32}/u, "AUTH_…")));
  if (query === undefined) return short;
  const words = shortIds(safe(query));
  return `${short}?${words.length > 40 ? `${words.slice(0, 40)}…` : words}`;
}
