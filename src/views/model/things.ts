/**
 * The states of servers, ports, images, volumes and whatever else has one, through their lives: what a
 * strip against time is drawn from. Names and states are those of `States`.
 */
import type { States, StateChange } from "../states.js";
import { rowId, type DbEntry } from "./rows.js";

/** How a state is to be read: at rest, under way, failed, or no more there. */
export type Mood = "rest" | "busy" | "error" | "gone";

/** From one entry to the next that changes it. */
export interface Stretch {
  readonly seq: number;
  readonly at: number;
  /** `building/spawning`; undefined once the thing is gone. */
  readonly state: string | undefined;
  readonly mood: Mood;
}

export interface Thing {
  /** The row that it is stored in. */
  readonly id: string;
  /** `server`, `port`, `image`. */
  readonly thing: string;
  /** As a reader knows it now: the last name that it had. */
  readonly name: string;
  readonly stretches: readonly Stretch[];
}

interface Growing {
  readonly id: string;
  readonly thing: string;
  name: string;
  readonly stretches: Stretch[];
}

export class Things {
  readonly #states: States;
  readonly #things = new Map<string, Growing>();
  readonly #changes = new Map<number, { change: StateChange; id: string }>();

  constructor(states: States) {
    this.#states = states;
  }

  /** To be called with each `db` entry in order. */
  add(entry: DbEntry): void {
    const change = this.#states.see(entry);
    if (change === undefined) return;
    const id = rowId(entry);
    const thing = this.#things.get(id) ?? {
      id,
      thing: change.thing,
      name: change.name,
      stretches: [],
    };
    this.#things.set(id, thing);
    thing.name = change.name;
    const { seq, at } = entry;
    // What is written to a row that is gone does not bring it back.
    const late = entry.op === "update" && thing.stretches.at(-1)?.mood === "gone" && isGone(thing);
    const mood = late ? "gone" : moodOf(change.after);
    thing.stretches.push({ seq, at, state: change.after, mood });
    this.#changes.set(seq, { change, id });
  }

  /** In the order in which they came to be. */
  get all(): readonly Thing[] {
    return [...this.#things.values()];
  }

  get(id: string): Thing | undefined {
    return this.#things.get(id);
  }

  /** What entry `seq` changed, in the words of that moment. */
  changeAt(seq: number): StateChange | undefined {
    return this.#changes.get(seq)?.change;
  }

  /** The thing that entry `seq` changed. */
  thingAt(seq: number): Thing | undefined {
    const found = this.#changes.get(seq);
    return found === undefined ? undefined : this.#things.get(found.id);
  }
}

/** Whether its row has been deleted, and not made anew. */
const isGone = ({ stretches }: Thing): boolean =>
  stretches.findLast(({ state, mood }) => state === undefined || mood !== "gone")?.state ===
  undefined;

/** The state of `thing` once entry `seq` had happened; undefined before there was any. */
export function stateAt({ stretches }: Thing, seq: number): Stretch | undefined {
  return stretches.findLast((stretch) => stretch.seq <= seq);
}

/** Words of states in which somebody is still at work. */
const UNDER_WAY = /\/|ing$|IN_PROGRESS$|^(build|queued|new)$/i;
const FAILED = /error|fail/i;
const GONE = /^(deleted|soft-delete|killed|delete_complete)$/i;

export function moodOf(state: string | undefined): Mood {
  if (state === undefined || GONE.test(state)) return "gone";
  if (FAILED.test(state)) return "error";
  return UNDER_WAY.test(state) && state !== "building" ? "busy" : "rest";
}
