/** Two sequences row by row: what is the same deed in one row, as far as both keep step. */
import type { Model } from "../model/model.js";
import { sequenceRows } from "../sequence/rows.js";
import type { Level, SequenceRow } from "../sequence/row.js";
import type { Change } from "./changes.js";
import type { Comparison, Pair } from "./compare.js";
import { placesOf } from "./places.js";

export interface ComparedRow {
  readonly a: SequenceRow | undefined;
  readonly b: SequenceRow | undefined;
  readonly mark: "alike" | "changed" | "onlyA" | "onlyB";
  readonly changes: readonly Change[];
}

/** What one side shows at `level` the other shows as well. */
export function comparedRows(comparison: Comparison<Model>, level: Level): readonly ComparedRow[] {
  const { a, b, ofA, ofB } = comparison;
  const [firstA, firstB] = [sequenceRows(a, level), sequenceRows(b, level)];
  const rowsA = sequenceRows(
    a,
    level,
    partners(firstB, (seq) => ofB(seq)?.a),
  );
  const rowsB = sequenceRows(
    b,
    level,
    partners(firstA, (seq) => ofA(seq)?.b),
  );
  const pairs = pairsOf(rowsA, rowsB, comparison);
  const indices = (rows: readonly SequenceRow[]): readonly number[] => rows.map((_, i) => i);
  return placesOf(pairs, indices(rowsA), indices(rowsB)).map((place): ComparedRow => {
    const one = place.a === undefined ? undefined : rowsA[place.a];
    const other = place.b === undefined ? undefined : rowsB[place.b];
    const whole = one ?? other;
    if (whole?.kind === "gap") return { a: one, b: other, mark: "alike", changes: [] };
    if (one !== undefined) {
      return { a: one, b: other, ...marked(one, a, "onlyA", ofA) };
    }
    const mark = other === undefined ? undefined : marked(other, b, "onlyB", ofB);
    return { a: one, b: other, mark: "alike", changes: [], ...mark };
  });
}

/** Each as what is to be shown though the level leaves it out. */
function partners(
  rows: readonly SequenceRow[],
  of: (seq: number) => number | undefined,
): readonly { readonly from: number; readonly to: number }[] {
  return rows.flatMap((row) => {
    const seq = row.kind === "arrow" ? of(row.message) : undefined;
    return seq === undefined ? [] : [{ from: seq, to: seq }];
  });
}

function pairsOf(
  rowsA: readonly SequenceRow[],
  rowsB: readonly SequenceRow[],
  { ofA }: Comparison<Model>,
): readonly (readonly [number, number])[] {
  const inB = new Map(rowsB.map((row, j) => [keyOf(row.kind === "gap", row.seq), j]));
  return rowsA.flatMap((row, i) => {
    // Time that passes stands before the row that ends it, on both sides.
    const other = ofA(row.seq)?.b;
    const j = other === undefined ? undefined : inB.get(keyOf(row.kind === "gap", other));
    return j === undefined ? [] : [[i, j] as const];
  });
}

const keyOf = (isGap: boolean, seq: number): string => `${isGap ? "gap" : "row"} ${String(seq)}`;

function marked(
  row: SequenceRow,
  { entries, messages }: Model,
  only: "onlyA" | "onlyB",
  of: (seq: number) => Pair | undefined,
): Pick<ComparedRow, "mark" | "changes"> {
  const pair = of(row.seq);
  if (pair === undefined) return { mark: only, changes: [] };
  const entry = entries[row.seq];
  const exchange = entry === undefined ? undefined : messages.of(entry);
  const answer = exchange?.kind === "rest" ? exchange.response : exchange?.outcome;
  // An answer in the row of its message differs there.
  const folded = row.kind === "arrow" && row.folded && answer !== undefined;
  const changes = [...pair.changes, ...(folded ? (of(answer.seq)?.changes ?? []) : [])];
  return { mark: changes.length === 0 ? "alike" : "changed", changes };
}
