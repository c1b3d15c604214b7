/** One row of the text view, before it is laid out: what happened, not yet how wide it is. */
import type { Micros } from "../../kernel/index.js";
import type { Paint } from "../view.js";

export interface Row {
  readonly at: Micros;
  /** How many messages deep: its indentation. */
  readonly depth: number;
  /** `nova-api ──> glance`, `◆ server t3`. */
  readonly lead: string;
  readonly what: string;
  /** The essential arguments. */
  readonly extra: string;
  readonly tone: keyof Paint;
  /** How it ended, at the right edge. */
  readonly end: string;
  readonly endTone: keyof Paint;
  /** Lines under the row: what a command printed, why something failed. */
  readonly block: readonly string[];
  /** Rows with the same key that follow each other become one. Undefined: never. */
  readonly key: string | undefined;
  /** What the rows of one key differ in, gathered as `Instance.save ×3`. */
  readonly item: string | undefined;
  /** Never elided, however long the step. */
  readonly important: boolean;
  /** May stand between rows of one key without parting them. */
  readonly aside: boolean;
}

/** A row once the run is known: how a message ended, and who else there is, comes after it. */
export type Later = () => Row;

/** A row of which only some parts are given. */
export function row(at: Micros, depth: number, parts: Partial<Omit<Row, "at" | "depth">>): Row {
  return {
    at,
    depth,
    lead: "",
    what: "",
    extra: "",
    tone: "dim",
    end: "",
    endTone: "dim",
    block: [],
    key: undefined,
    item: undefined,
    important: false,
    aside: false,
    ...parts,
  };
}
