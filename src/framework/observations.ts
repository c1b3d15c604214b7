/** What the service framework publishes: rows that change, services that come and go, log lines. */
import type { LogLine, Observation } from "../kernel/index.js";
import type { Json } from "../python/index.js";

export interface DbChange extends Observation {
  readonly kind: "db";
  readonly project: string;
  readonly op: "insert" | "update" | "delete";
  readonly table: string;
  readonly key: string | number;
  /** Column by column, what it was and what it is. */
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** A table whose rows have a state that readers of a recording follow. */
export interface WatchedTable {
  /** What a row is: `server`, `volume`. */
  readonly thing: string;
  /** The columns that make its state, joined where they have a value: `vm_state/task_state`. */
  readonly columns: readonly string[];
  /** What stands between them; `/` by default. */
  readonly joint?: string;
}

/** By project and table. */
export type WatchedStates = Readonly<Record<string, Readonly<Record<string, WatchedTable>>>>;

export interface ServiceEvent extends Observation {
  readonly kind: "service";
  readonly event: "starting" | "started" | "reported" | "stopping" | "stopped" | "crashed";
}

export type { LogLine };

/** A candidate and what was found about it: whether it passed, and what was compared. */
export type Verdict = readonly [candidate: string, passed: boolean, compared: string];

/** One test of the candidates that were left before it. */
export interface Sieve {
  readonly filter: string;
  /** It was not asked: its answer cannot have changed since it was asked for the first instance. */
  readonly skipped?: true;
  readonly verdicts: readonly Verdict[];
}

/** What one weigher adds to each candidate: what it measured, and that by its scale and multiplier. */
export interface Scale {
  readonly weigher: string;
  readonly multiplier: number;
  readonly weights: readonly (readonly [candidate: string, measured: number, added: number])[];
}

/** How a host was chosen for one instance, or why none was: the tests, the weights, the choice. */
export interface Decision extends Observation {
  readonly kind: "decision";
  readonly what: string;
  /** For whom: the id of the instance, and its name. */
  readonly instance: string;
  readonly name: string;
  /** The how-manieth of how many in one request, from 0. */
  readonly index: number;
  readonly of: number;
  /** What is asked for: `flavor: m1.small`, `memory_mb: 2048`. */
  readonly asked: Readonly<Record<string, string | number>>;
  /** What the request says of hosts: hints, forced and ignored hosts, attempts before. */
  readonly given: Readonly<Record<string, Json>>;
  /** All candidates as they were believed to be. */
  readonly candidates: readonly (readonly [
    candidate: string,
    state: Readonly<Record<string, number>>,
  ])[];
  /** Candidates that no filter was asked about, and why. */
  readonly left_out: readonly (readonly [candidate: string, why: string])[];
  /** Hosts were forced: no filter is asked. */
  readonly unfiltered?: true;
  readonly filters: readonly Sieve[];
  readonly weighers: readonly Scale[];
  /** Those that passed, heaviest first. */
  readonly weights: readonly (readonly [candidate: string, weight: number])[];
  /** Out of how many of the heaviest one was drawn. */
  readonly subset: number;
  readonly chosen: string | null;
  /** What the chosen one promises. */
  readonly limits: Readonly<Record<string, number>>;
}

export type FrameworkObservation = DbChange | ServiceEvent | LogLine | Decision;
