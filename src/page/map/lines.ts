/** The lines of the map as shapes between boxes, and where the words of each stand. No word is in here. */
import type { UnderWay } from "../../views/map/under-way.js";
import { tag } from "../../views/svg/xml.js";

/** A box, in pixels of the field. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
  /** Where a line leaves: 1 to the right, -1 to the left. */
  readonly side: 1 | -1;
}

/** One way between two boxes. */
export interface Way {
  readonly d: string;
  readonly shape: string;
  /** Horizontally, its beginning, its two controls and its end; vertically its beginning and its end. */
  readonly xs: readonly [number, number, number, number];
  readonly ys: readonly [number, number];
}

/** Where a way is nearest to the height line of `x`. */
export function pointAt(
  { xs: [a, b, c, d], ys: [top, bottom] }: Way,
  x: number,
): { x: number; y: number } {
  let best = { x: a, y: top };
  for (let i = 0; i <= 24; i++) {
    const t = i / 24;
    const u = 1 - t;
    const here = u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
    // A loop comes by twice: its middle is its own.
    const better = Math.abs(here - x) - Math.abs(best.x - x);
    if (i === 0 || better < -0.5)
      best = {
        x: here,
        y: (u * u * u + 3 * u * u * t) * top + (3 * u * t * t + t * t * t) * bottom,
      };
  }
  return best;
}

/** Further boxes at the same height have their lines beside each other. */
const APART = 7;

/** Draws ways, and remembers how many have touched a box at each side. */
export class Ways {
  readonly #touched = new Map<string, number>();

  /** @param keys by which the boxes are known */
  between(keys: readonly [string, string], [from, to]: readonly [Box, Box], line: Line): Way {
    const [a, b] = sides(from, to);
    const start = this.#point(keys[0], from, a);
    const end = this.#point(keys[1], to, b);
    const bulge =
      a === b
        ? 26 + Math.min(70, Math.abs(end.y - start.y) * 0.25)
        : Math.abs(end.x - start.x) * 0.45;
    const [c1, c2] = [start.x + start.side * bulge, end.x + end.side * bulge];
    const d = `M${px(start.x)} ${px(start.y)}C${px(c1)} ${px(start.y)} ${px(c2)} ${px(end.y)} ${px(end.x)} ${px(end.y)}`;
    const middle = { x: (start.x + 3 * c1 + 3 * c2 + end.x) / 8, y: (start.y + end.y) / 2 };
    return {
      d,
      shape: shapeOf(d, line.back ? start : end, line, middle),
      xs: [start.x, c1, c2, end.x],
      ys: [start.y, end.y],
    };
  }

  /** The next free height at that side of a box: its middle, then above and below. */
  #point(key: string, { left, right, top, bottom }: Box, side: 1 | -1): Point {
    const name = `${key} ${String(side)}`;
    const n = this.#touched.get(name) ?? 0;
    this.#touched.set(name, n + 1);
    const room = Math.max(0, (bottom - top) / 2 - 4);
    const off = Math.ceil(n / 2) * APART * (n % 2 === 0 ? 1 : -1);
    const y = (top + bottom) / 2 + Math.max(-room, Math.min(room, off));
    return { x: side === 1 ? right : left, y, side };
  }
}

/** How a line is drawn. */
export interface Line {
  readonly mark: UnderWay["mark"];
  readonly back: boolean;
  readonly failed: boolean;
  /** Broken: nothing gets through. */
  readonly cut: boolean;
  /** From 0 to 1. */
  readonly share: number;
}

/** Boxes beside each other are joined at the sides that face; boxes above each other at the left. */
function sides(from: Box, to: Box): readonly [1 | -1, 1 | -1] {
  if (from.right < to.left) return [1, -1];
  return from.left > to.right ? [-1, 1] : [-1, -1];
}

function shapeOf(d: string, end: Point, line: Line, middle: Spot): string {
  const tone = line.failed || line.cut ? "bad" : toneOf(line.mark);
  const dashes = line.cut ? "dead" : line.back ? "l answer" : line.mark === "rest" ? "l" : "l rpc";
  const parts = [tag("path", { class: line.cut ? dashes : `${dashes} ${tone}`, d })];
  if (line.cut) parts.push(cross(middle));
  else parts.push(head(end, tone, line.back || line.mark === "cast" || line.mark === "fanout"));
  const inner = parts.join("");
  return line.share === 1 ? inner : `<g opacity="${String(line.share)}">${inner}</g>`;
}

export function toneOf(mark: UnderWay["mark"]): "rest" | "call" | "cast" {
  if (mark === "rest" || mark === "call") return mark;
  return "cast";
}

/** Lines end level, so that heads need no turning. */
function head({ x, y, side }: Point, tone: string, open: boolean): string {
  if (open) {
    const d = `M${px(x + 7 * side)} ${px(y - 4)}L${px(x)} ${px(y)}l${px(7 * side)} 4`;
    return tag("path", { class: `l ${tone}`, d });
  }
  return tag("path", { class: tone, d: `M${px(x)} ${px(y)}l${px(8 * side)} -4v8z` });
}

function cross({ x, y }: Spot): string {
  return tag("path", { class: "l bad", d: `M${px(x - 5)} ${px(y - 5)}l10 10m0 -10l-10 10` });
}

function px(n: number): string {
  return n.toFixed(1);
}
