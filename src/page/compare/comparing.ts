/**
 * Two recordings that are compared: what is shown of them, and one cursor, on a row of both. The parts
 * that show it are told when it changes.
 */
import {
  compareModels,
  comparedRows,
  type Comparison,
  type ComparedRow,
} from "../../views/compare/index.js";
import type { Model } from "../../views/model/model.js";
import { firstLevel } from "../../views/sequence/rows.js";
import { LEVELS, type Level, type SequenceRow } from "../../views/sequence/row.js";

export type SideName = "a" | "b";

export interface ComparePart {
  draw(comparing: Comparing): void;
}

export class Comparing {
  readonly models: Readonly<Record<SideName, Model>>;
  readonly #parts: ComparePart[] = [];
  comparison: Comparison<Model>;
  rows: readonly ComparedRow[];
  level: Level;
  /** Times count as differences. */
  times: boolean;
  /** In a pane that holds but one. */
  side: SideName;
  /** The row of the cursor. */
  at: number;

  constructor(a: Model, b: Model, hash: string) {
    const given = new URLSearchParams(hash.replace(/^#/u, ""));
    this.models = { a, b };
    this.times = given.get("times") === "1";
    this.side = given.get("side") === "b" ? "b" : "a";
    this.level = LEVELS.find((level) => level === given.get("level")) ?? firstLevel(a);
    this.comparison = compareModels(a, b, { times: this.times });
    this.rows = comparedRows(this.comparison, this.level);
    const asked = [seqOf(given.get("a")), seqOf(given.get("b"))] as const;
    const [askedA, askedB] = asked;
    const row = this.#indexOf(...asked);
    if (row !== -1) this.at = row;
    else if (askedA !== undefined) this.at = this.#near("a", askedA);
    else if (askedB !== undefined) this.at = this.#near("b", askedB);
    else this.at = Math.max(0, this.rows.findIndex(isDifference));
  }

  get row(): ComparedRow | undefined {
    return this.rows[this.at];
  }

  add(...parts: readonly ComparePart[]): void {
    this.#parts.push(...parts);
  }

  set(patch: Partial<Pick<Comparing, "at" | "level" | "times" | "side">>): void {
    const { level, times, row } = this;
    Object.assign(this, patch);
    if (this.times !== times) {
      this.comparison = compareModels(this.models.a, this.models.b, { times: this.times });
    }
    if (this.times !== times || this.level !== level) {
      this.rows = comparedRows(this.comparison, this.level);
      const found = this.#indexOf(row?.a?.seq, row?.b?.seq);
      const side = row?.a === undefined ? "b" : "a";
      this.at = found === -1 ? this.#near(side, row?.[side]?.seq ?? 0) : found;
    }
    history.replaceState(null, "", this.#address());
    this.draw();
  }

  draw(): void {
    for (const part of this.#parts) part.draw(this);
  }

  /** To the next row, or back; at the ends it stays. */
  step(by: 1 | -1): void {
    let next = this.at + by;
    while (isGap(this.rows[next])) next += by;
    if (this.rows[next] !== undefined) this.set({ at: next });
  }

  stepDifference(by: 1 | -1): void {
    const found =
      by === 1
        ? this.rows.findIndex((row, at) => at > this.at && isDifference(row))
        : this.rows.findLastIndex((row, at) => at < this.at && isDifference(row));
    if (found !== -1) this.set({ at: found });
  }

  choose(side: SideName, { seq }: SequenceRow): void {
    const at = this.rows.findIndex((row) => row[side]?.seq === seq && row[side].kind !== "gap");
    if (at !== -1) this.set({ at });
  }

  #indexOf(a: number | undefined, b: number | undefined): number {
    return this.rows.findIndex(
      (row) =>
        !isGap(row) &&
        (a === undefined || row.a?.seq === a) &&
        (b === undefined || row.b?.seq === b) &&
        (a !== undefined || b !== undefined),
    );
  }

  /** The last row of a side that is not after its entry `seq`. */
  #near(side: SideName, seq: number): number {
    return Math.max(
      0,
      this.rows.findLastIndex((one) => (one[side]?.seq ?? Infinity) <= seq),
    );
  }

  #address(): string {
    const given = new URLSearchParams();
    const { a, b } = this.row ?? {};
    if (a !== undefined) given.set("a", String(a.seq));
    if (b !== undefined) given.set("b", String(b.seq));
    if (this.level !== firstLevel(this.models.a)) given.set("level", this.level);
    if (this.times) given.set("times", "1");
    if (this.side === "b") given.set("side", "b");
    return `#${given.toString()}`;
  }
}

export function isDifference(row: ComparedRow): boolean {
  return row.mark !== "alike";
}

export function isGap(row: ComparedRow | undefined): boolean {
  return (row?.a ?? row?.b)?.kind === "gap";
}

function seqOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/u.test(text) ? Number(text) : undefined;
}
