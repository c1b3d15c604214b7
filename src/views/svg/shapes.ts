/** The marks of a sequence picture as shapes: lines, heads, glyphs. No word is in here. */
import type { ArrowRow, Sign } from "../sequence/row.js";
import { num, tag } from "./xml.js";

/** An arrow that is nobody's, for a legend: an RPC call, but for what is `given`. */
export const sampleArrow = (given: Partial<ArrowRow>): ArrowRow => ({
  ...{ kind: "arrow", mark: "call", family: "rpc" },
  ...{ seq: 0, message: 0, at: 0, from: "", to: [], label: [], times: 1 },
  ...{ folded: false, lost: false, waits: false },
  ...given,
});

/** A line from `from` toward `to`, with its head. */
export function arrowShape(row: ArrowRow, from: number, to: number, y: number): string {
  const tone = toneOf(row);
  const dashed = row.family === "rpc" ? " rpc" : "";
  const answers = row.mark === "answer" || row.mark === "failure";
  const line = answers ? "l answer" : `l${dashed}`;
  const end = row.lost ? from + (to - from) * 0.62 : to;
  const side = Math.sign(to - from) || 1;
  const box = row.waits ? 14 * side : 0;
  const pieces = [
    path(`${line} ${tone}`, from === to ? loop(from, y) : straight(from, end - box, y)),
  ];
  if (row.lost) pieces.push(cross(end, y));
  else if (from === to) pieces.push(openHead(tone, from + 4, y + 6, -1));
  else if (row.waits) pieces.push(openHead(tone, to - box, y, side), queueBox(to - box, y, side));
  else if (answers || row.mark === "cast" || row.mark === "fanout") {
    pieces.push(openHead(tone, end, y, side));
  } else pieces.push(filledHead(tone, end, y, side));
  // One to many begins with a double bar.
  if (row.mark === "fanout") {
    pieces.push(
      path(`l ${tone}`, `M${num(from + 2 * side)} ${num(y - 4)}v8m${num(3 * side)} -8v8`),
    );
  }
  if (row.folded && from !== to) {
    pieces.push(path(`l answer ${tone}`, straight(to, from + 4 * side, y + 4)));
    pieces.push(openHead(tone, from + 2 * side, y + 4, -side, 3));
  }
  return pieces.join("");
}

export function toneOf({ mark, family, lost }: ArrowRow): string {
  if (mark === "failure" || (lost && family === "rpc" && mark === "answer")) return "bad";
  if (family === "rest") return "rest";
  return mark === "cast" || mark === "fanout" ? "cast" : "call";
}

function straight(from: number, to: number, y: number): string {
  return `M${num(from)} ${num(y)}H${num(to)}`;
}

/** To oneself. */
function loop(x: number, y: number): string {
  return `M${num(x + 4)} ${num(y - 4)}h18v10h-16`;
}

function path(name: string, d: string): string {
  return tag("path", { class: name, d });
}

function filledHead(tone: string, x: number, y: number, side: number): string {
  return path(tone, `M${num(x)} ${num(y)}l${num(-8 * side)} -4v8z`);
}

function openHead(tone: string, x: number, y: number, side: number, size = 4): string {
  const back = -size * 1.6 * side;
  return tag("path", {
    class: `l ${tone}`,
    d: `M${num(x + back)} ${num(y - size)}L${num(x)} ${num(y)}l${num(back)} ${num(size)}`,
  });
}

/** An open box with a message in it. */
function queueBox(x: number, y: number, side: number): string {
  const box = `M${num(x + 2 * side)} ${num(y - 6)}h${num(9 * side)}v12h${num(-9 * side)}`;
  const left = Math.min(x + 4 * side, x + 7 * side);
  return (
    path("l cast", box) + tag("rect", { class: "cast", x: left, y: y - 3.5, width: 3, height: 7 })
  );
}

function cross(x: number, y: number): string {
  return path("l bad", `M${num(x - 4)} ${num(y - 4)}l8 8m0 -8l-8 8`);
}

/** The sign of a mark, its middle at (x, y). */
export function glyph(sign: Sign, x: number, y: number): string {
  const at = `M${num(x)} ${num(y)}`;
  const disc = (name: string): string => tag("circle", { class: name, cx: x, cy: y, r: 5 });
  switch (sign) {
    case "state":
      return path("glyph state", `${at}m0 -6l6 6l-6 6l-6 -6z`);
    case "timeout":
      return (
        tag("circle", { class: "glyph bad", cx: x, cy: y, r: 6.5 }) +
        path("l bad", `${at}m0 -4v4l3 2`)
      );
    case "lost":
    case "crashed":
      return path("l bad", `${at}m-5 -5l10 10m0 -10l-10 10`);
    case "fault":
      return path("bad", `${at}m2 -8l-7 9h4l-2 7l7 -9h-4z`);
    case "stopped":
      return tag("rect", { class: "glyph", x: x - 5, y: y - 3, width: 10, height: 6 });
    case "starting":
      return disc("glyph good");
    case "started":
      return disc("good");
    case "warning":
      return (
        tag("rect", { class: "glyph", x: x - 6, y: y - 7, width: 12, height: 14, rx: 2 }) +
        path("l bad", `${at}m0 -4v5m0 2v1.5`)
      );
    case "log":
      return (
        tag("rect", { class: "glyph", x: x - 6, y: y - 7, width: 12, height: 14, rx: 2 }) +
        path("l hatch", `${at}m0 -4v1m0 2v5`)
      );
    case "notification":
      return path("glyph", `${at}m-5 7v-13h10l-3 4l3 4h-10`);
    case "command":
      return (
        tag("rect", { class: "glyph", x: x - 7, y: y - 6, width: 14, height: 12, rx: 1 }) +
        path("l hatch", `${at}m-4 -3l3 3l-3 3m5 0h3`)
      );
    case "holds":
      return path("l good", `${at}m-5 0l4 4l7 -9`);
    case "fails":
      return path("l bad", `${at}m-5 -5l10 10m0 -10l-10 10`);
    case "taken":
      return path("l cast", `${at}m-14 -6h8v12h-8`) + openHead("cast", x - 1, y, 1, 3);
    case "write":
    case "other":
      return tag("circle", { class: "glyph", cx: x, cy: y, r: 3 });
    default:
      return sign satisfies never;
  }
}

/** Lifelines broken by time in which nothing happens. */
export function zigzag(x: number, y: number, height: number): string {
  const third = height / 3;
  return `M${num(x)} ${num(y)}v${num(third)}l-4 ${num(third / 3)}l8 ${num(third / 3)}l-4 ${num(third / 3)}v${num(third)}`;
}
