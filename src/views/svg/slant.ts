/** Messages that slant from where they were sent to where they were taken; no word is in here. */
import type { Flight } from "../sequence/flights.js";
import type { ArrowRow } from "../sequence/row.js";
import type { Across, PlacedRow } from "./place.js";
import { toneOf } from "./shapes.js";
import type { Moments } from "./time.js";
import { num, tag } from "./xml.js";

/** One line with its head. */
export interface Slant {
  readonly line: string;
  readonly head: "filled" | "open" | "hollow";
  readonly tone: string;
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
}

/** Half of a bar. */
const HALF = 4;

/**
 * The lines of a row: of a message one to each who took it, of an answer one back, of both in one row
 * both. Empty for what is drawn across: what is lost, what waits, what goes to oneself.
 */
export function slantsOf(
  { row, line }: PlacedRow & { readonly row: ArrowRow },
  flight: Flight | undefined,
  layout: Across,
  moments: Moments,
): readonly Slant[] {
  const from = layout.x(row.from);
  if (from === undefined || row.lost || row.waits || flight === undefined) return [];
  const tone = toneOf(row);
  const dashed = row.family === "rpc" ? " rpc" : "";
  if (row.mark === "answer" || row.mark === "failure") {
    const to = layout.x(row.to[0] ?? "");
    if (to === undefined || to === from || flight.left === undefined) return [];
    const left = Math.min(line, moments.y(flight.left));
    return [slant("l answer", "open", tone, [from, left], [to, line])];
  }
  const open = row.mark === "cast" || row.mark === "fanout";
  return [...flight.taken].flatMap(([actor, taken]) => {
    const to = layout.x(actor);
    if (to === undefined || to === from) return [];
    const head = open ? "open" : flight.guessed ? "hollow" : "filled";
    const end = Math.max(line, moments.y(taken));
    const there = slant(`l${dashed}`, head, tone, [from, line], [to, end]);
    const { left, answered } = flight;
    if (!row.folded || left === undefined || answered === undefined) return [there];
    const leaves = Math.max(end, moments.y(left));
    const comes = Math.max(leaves, moments.y(answered));
    return [there, slant("l answer", "open", tone, [to, leaves], [from, comes])];
  });
}

export function slantShape({ line, head, tone, from: [x, y], to: [toX, toY] }: Slant): string {
  const [across, down] = [toX - x, toY - y];
  const length = Math.max(1, Math.sqrt(across * across + down * down));
  const right = (across / length).toFixed(3);
  const below = (down / length).toFixed(3);
  const turned = `${right} ${below} ${(-down / length).toFixed(3)} ${right}`;
  const transform = `matrix(${turned} ${num(toX)} ${num(toY)})`;
  const path = tag("path", {
    class: `${line} ${tone}`,
    d: `M${num(x)} ${num(y)}L${num(toX)} ${num(toY)}`,
  });
  switch (head) {
    case "open":
      return path + tag("path", { class: `l ${tone}`, d: "M-6.4 -4L0 0L-6.4 4", transform });
    case "filled":
      return path + tag("path", { class: tone, d: "M0 0l-8 -4v8z", transform });
    case "hollow":
      return path + tag("path", { class: `l hollow ${tone}`, d: "M0 0l-8 -4v8z", transform });
    default:
      return head satisfies never;
  }
}

function slant(
  line: string,
  head: Slant["head"],
  tone: string,
  [x, y]: Slant["from"],
  [toX, toY]: Slant["to"],
): Slant {
  const side = Math.sign(toX - x);
  return { line, head, tone, from: [x + side * HALF, y], to: [toX - side * HALF, toY] };
}
