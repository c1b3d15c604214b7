/** Whether two round trips say the same, but for how long they took. */
import type { ArrowRow } from "./row.js";

export function isSame(one: ArrowRow, other: ArrowRow): boolean {
  const key = ({ from, to, label }: ArrowRow): string => JSON.stringify([from, to, said(label)]);
  return one.folded && key(one) === key(other);
}

/** A label without its times. */
function said(label: ArrowRow["label"]): string {
  return label.map(({ text }) => text.replace(/ in [\d.]+ m?s$/, "")).join("");
}
