/**
 * What went wrong in a cloud, when, and with whose work: the ground on which a finding is called a defect of
 * Juno's. Kept whether anybody records or not. No process reads this, and upstream has nothing of the kind.
 */
import { seconds, type Micros } from "../kernel/index.js";

/** A message, a connection to the broker, a REST request, an operation of hardware, a process. */
export type MishapKind = "message" | "connection" | "request" | "operation" | "process";

/** Something that went wrong: a fault that struck, a process that was down. */
export interface Mishap {
  readonly kind: MishapKind;
  readonly from: Micros;
  /** When it was over, in virtual time; `Infinity`: it is not. */
  readonly to: Micros;
  /** The requests whose message was struck or lost, or whose work ended with a process; none: nobody knows. */
  readonly requests: ReadonlySet<string>;
  /** The process that was down, or the hosts and processes that a fault was aimed at. */
  readonly places: readonly string[];
}

/** A stretch of virtual time. */
export interface Stretch {
  readonly from: Micros;
  readonly to: Micros;
}

/** Whether a mishap and a stretch have a moment in common. @param of of rows */
export const meet = (mishap: Mishap, of: Stretch): boolean =>
  mishap.from <= of.to + ROUNDING && of.from - ROUNDING <= mishap.to;

/** Columns of time may have no parts of a second. */
const ROUNDING = seconds(1);

/** Whether anything went wrong at a moment or later, if it is of one of `kinds`. @param at of a row */
export const wentWrongSince = (
  mishaps: readonly Mishap[],
  at: Micros,
  kinds: readonly MishapKind[] = ALL_KINDS,
): boolean => mishaps.some(({ kind, to }) => kinds.includes(kind) && to >= at - ROUNDING);

const ALL_KINDS: readonly MishapKind[] = [
  "message",
  "connection",
  "request",
  "operation",
  "process",
];
