/** The heads of the lanes: the project's band, the service, and the host where it matters. */
import { cut, textWidth } from "./measure.js";
import { HEADS, UPRIGHT_HEADS, type Across, type PlacedLane } from "./place.js";
import { line } from "./text.js";
import { escape, num, tag } from "./xml.js";

const SIZE = 11;
/** Where no project stands above, there is no band. */
const HEADS_ALONE = 44;

export function headsHeight({ beside, bands }: Across): number {
  if (beside !== undefined) return UPRIGHT_HEADS;
  return bands.some(({ name }) => name !== "") ? HEADS : HEADS_ALONE;
}

/** @param y where they begin; they end `headsHeight` below */
export function heads(layout: Across, y: number): string {
  const height = headsHeight(layout);
  const pieces = [
    tag("rect", { class: "panel", x: 0, y, width: layout.width, height }),
    tag("path", { class: "rule edge", d: `M0 ${num(y + height - 0.5)}H${num(layout.width)}` }),
  ];
  for (const { name: whole, lanes } of layout.bands) {
    const [first] = lanes;
    const last = lanes.at(-1);
    if (first === undefined || last === undefined || whole === "") continue;
    const from = first.x - first.width / 2 + 3;
    const to = last.x + last.width / 2 - 3;
    const name = cut(whole, to - from, 11);
    pieces.push(
      tag("text", { class: "under", x: (from + to) / 2, y: y + 13 }, escape(name)),
      tag("path", { class: "rule edge", d: `M${num(from)} ${num(y + 19)}H${num(to)}` }),
    );
  }
  for (const lane of layout.lanes) {
    pieces.push(
      isUpright(lane, layout)
        ? uprightHead(lane, y + height - 8, height - 36)
        : levelHead(lane, y + height - 9),
    );
  }
  return pieces.join("\n");
}

/** In a lane that is not as wide as a word, the word stands upright. */
export function isUpright({ kind }: PlacedLane, { beside }: Across): boolean {
  return beside !== undefined || kind === "slim";
}

function levelHead({ head, under, x, width }: PlacedLane, bottom: number): string {
  const room = width - 6;
  const names = headLines(head, room).slice(0, under === "" ? 3 : 2);
  const lines = names.map((name, i) =>
    line(
      x,
      bottom - (under === "" ? 0 : 13) - (names.length - 1 - i) * 12,
      "head",
      cut(name, room, SIZE, true),
    ),
  );
  if (under !== "") lines.push(line(x, bottom, "under", cut(under, room, SIZE)));
  return lines.join("");
}

/** Of fifty lanes of one service it is the host that tells them apart. */
function uprightHead({ head, under, x }: PlacedLane, bottom: number, room: number): string {
  const name = cut(under === "" ? head : `${under} ${head}`, room, SIZE, true);
  const turned = `rotate(-90 ${num(x + 4)} ${num(bottom)})`;
  const style = "text-anchor:start";
  return tag(
    "text",
    { class: "head", x: x + 4, y: bottom, transform: turned, style },
    escape(name),
  );
}

/** `openvswitch-agent` in lines: broken at its dashes alone. A word that is too long for one is cut by whoever draws it. */
export function headLines(name: string, room: number): readonly string[] {
  if (name.includes(" ")) return name.split(" ").flatMap((word) => headLines(word, room));
  const fits = (text: string): boolean => textWidth(text, SIZE, true) <= room;
  const lines: string[] = [];
  let line = "";
  for (const [at, word] of name.split("-").entries()) {
    const longer = at === 0 ? word : `${line}-${word}`;
    if (at === 0 || fits(longer)) line = longer;
    else {
      // The dash ends its line, unless there is no room for it.
      lines.push(fits(`${line}-`) ? `${line}-` : line);
      line = fits(`${line}-`) ? word : `-${word}`;
    }
  }
  return [...lines, line];
}
