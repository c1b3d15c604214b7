/** What stands on the lifelines: work, waiting, death, and the way through a queue. */
import type { Model } from "../model/model.js";
import { barsOf } from "../sequence/bars.js";
import type { Across, Heights, PlacedRow } from "./place.js";
import { num, tag } from "./xml.js";

/** Half of a bar. */
export const HALF = 4;

/** Where an entry is. */
export type Places = Pick<Heights, "from" | "to">;

/** While a process is dead its lifeline is dotted. */
export function deaths(
  model: Model,
  { lanes }: Across,
  heights: Places,
  bottom: number,
): readonly string[] {
  // Of several in one lane nobody could say who is dead.
  const single = lanes.filter(({ actors }) => actors.length === 1);
  return single.flatMap(({ actor, x }) =>
    model.processes.deadOf(actor.name).map(([from, to]) => {
      const end = to === Infinity ? bottom : heights.to(to);
      const start = heights.from(from);
      return tag("path", { class: "dead", d: `M${num(x)} ${num(start)}V${num(end)}` });
    }),
  );
}

/** From where a message waits in its queue down to where it is taken from it. */
export function threads(
  { messages }: Model,
  layout: Across,
  rows: readonly PlacedRow[],
  heights: Places,
): readonly string[] {
  const exchanges = new Map([...messages.rpc.values()].map((one) => [one.sent.seq, one]));
  return rows.flatMap(({ row, line: y }) => {
    if (row.kind !== "arrow" || !row.waits) return [];
    const [taken] = exchanges.get(row.seq)?.delivered ?? [];
    const [from, to] = [layout.x(row.from), layout.x(taken?.to ?? "")];
    if (taken === undefined || from === undefined || to === undefined) return [];
    const x = to - (Math.sign(to - from) || 1) * 11;
    const d = `M${num(x)} ${num(y + 7)}V${num(Math.max(y + 7, heights.from(taken.seq) + 4))}`;
    return [tag("path", { class: "l answer cast", d })];
  });
}

export function bars(
  model: Model,
  layout: Across,
  rows: readonly PlacedRow[],
  bottom: number,
  heights: Places,
): readonly string[] {
  return barBoxes(model, layout, rows, bottom, heights).map(barShape);
}

export interface BarBox {
  readonly kind: "works" | "waits";
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Where each bar stands. */
export function barBoxes(
  model: Model,
  { x }: Across,
  rows: readonly PlacedRow[],
  bottom: number,
  heights: Places,
): readonly BarBox[] {
  // A bar without its arrow would be a riddle; what is answered within its row has its bar there.
  const shown = new Map(
    rows.flatMap((placed) =>
      placed.row.kind === "arrow" && !placed.row.folded ? [[placed.row.seq, placed] as const] : [],
    ),
  );
  return barsOf(model).flatMap(({ actor, kind, from, to, message }) => {
    const middle = x(actor);
    const sent = shown.get(message);
    if (middle === undefined || sent === undefined) return [];
    const begins = heights.from(from);
    // Who takes it before anything else is shown begins where the arrow ends.
    const y = begins === sent.y + sent.height ? sent.line : begins;
    const height = (to === Infinity ? bottom : heights.to(to)) - y;
    return height < 2 * HALF ? [] : [{ kind, x: middle - HALF, y, height }];
  });
}

export function barShape({ kind, x, y, height }: BarBox): string {
  return tag("rect", { class: kind === "works" ? "bar" : "wait", x, y, width: 2 * HALF, height });
}
