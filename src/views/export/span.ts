/** What a run is made of for tools that draw stretches of time: spans, points, stays in a queue. */
import type { Entry } from "../../timeline/index.js";
import type { Moment } from "./moments.js";
import type { Said } from "./said.js";

/** Whose track the steps of a scenario are on. */
export const SCENARIO = "scenario";

export interface Span {
  /** No two of a run have the same; never 0. */
  readonly id: number;
  /** The span that it is part of; of work at a message, the message's. */
  readonly parent: number | undefined;
  /** The entry from which all of it came in the end, often a step. */
  readonly root: number;
  /** The entry that begins it. */
  readonly seq: number;
  readonly actor: string;
  /** `asks` waits for an answer, `sends` does not. */
  readonly kind: "step" | "command" | "asks" | "sends" | "works";
  readonly name: string;
  readonly said: Said | undefined;
  readonly begin: Moment;
  /** Later than that. */
  readonly end: Moment;
  /** How it ended; undefined where the recording ended first, or nobody says. */
  readonly outcome: string | undefined;
  readonly failed: boolean;
}

/** Something that takes no time. */
export interface Point {
  readonly kind: "point";
  readonly at: Moment;
  readonly entry: Entry;
  readonly actor: string;
  /** The span that it is part of. */
  readonly parent: number | undefined;
  readonly root: number;
}

/** A message waits in a queue. */
export interface Stay {
  readonly kind: "stay";
  readonly queue: string;
  readonly from: Moment;
  /** Undefined: it is still there when the recording ends. */
  readonly to: Moment | undefined;
}

export type Piece = Span | Point | Stay;

/** The span of a message for whoever sent it, or of a step. */
export const asked = (seq: number): number => 2 * seq + 1;

/** The span of the work at what entry `seq` took. */
export const worked = (seq: number): number => 2 * seq + 2;

/** The entry that the span `id` begins with. */
export const openedBy = (id: number): number => Math.floor((id - 1) / 2);
