/** What stands around a picture: its title above, what its lines mean below, and its colours. */
import type { Model } from "../model/model.js";
import { took } from "../sequence/labels.js";
import { clip, count, safe } from "../words.js";
import { wrapped } from "./measure.js";
import { STYLE } from "./style.js";
import { line } from "./text.js";
import { escape, num, tag } from "./xml.js";
import { arrowShape, sampleArrow } from "./shapes.js";
import type { ArrowRow } from "../sequence/row.js";

const HEIGHT_OF_TITLE = 52;
const LONGEST_TITLE = 90;

export interface Body {
  readonly body: string;
  readonly bottom: number;
}

/** @param draw is told where its top is, and tells where its bottom is */
export function frame(
  model: Model,
  width: number,
  notices: readonly string[],
  draw: (top: number) => Body,
): string {
  const { header, entries } = model;
  const title = clip(safe(header.title), LONGEST_TITLE);
  const first = entries[0]?.at ?? 0;
  const last = entries.at(-1)?.at ?? first;
  const facts = [
    safe(header.scenario),
    `seed ${String(header.seed)}`,
    count(entries.length, "entry", "entries"),
    took(last - first),
  ];
  const told = notices.flatMap((notice) => wrapped(notice, width - 32, 12));
  const top = HEIGHT_OF_TITLE + told.length * 17;
  const { body, bottom } = draw(top);
  const height = bottom + LEGEND_HEIGHT;
  const inside = [
    tag("title", { id: "title" }, escape(title)),
    tag("desc", { id: "about" }, escape(aboutOf(model))),
    `<style>${STYLE}</style>`,
    HATCH,
    tag("rect", { class: "paper", width, height }),
    tag("rect", { class: "panel", width, height: top }),
    line(16, 24, "title", title),
    line(16, 42, "small", facts.join(" · ")),
    ...told.map((words, i) => line(16, HEIGHT_OF_TITLE + 8 + i * 17, "muted", words)),
    body,
    legend(bottom, width),
  ];
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${num(width)} ${num(height)}`,
    role: "img",
    "aria-labelledby": "title about",
    "xml:space": "preserve",
  };
  return `${tag("svg", attributes, `\n${inside.join("\n")}\n`)}\n`;
}

const HATCH =
  `<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">` +
  `<rect width="4" height="4" class="hatched"/><path d="M0 0V4" class="hatch"/></pattern></defs>`;

/** For whoever hears a picture: the story without the arrows. */
function aboutOf({ chapters }: Model): string {
  const told = chapters.all
    .filter(({ number }) => number > 0)
    .map(({ number, text, note }) => `${String(number)}. ${safe(text)} ${safe(note)}`.trim());
  return clip(told.join(" "), 2_000);
}

const LEGEND_HEIGHT = 44;

/** How each kind is drawn, each in its words. */
function legend(y: number, width: number): string {
  const samples: readonly (readonly [string, Partial<ArrowRow>])[] = [
    ["REST", { mark: "rest", family: "rest" }],
    ["RPC call, waited for", { mark: "call" }],
    ["RPC cast, nobody waits", { mark: "cast" }],
    ["answer", { mark: "answer" }],
    ["lost", { mark: "call", lost: true }],
  ];
  let x = 16;
  const pieces = [
    tag("rect", { class: "panel", x: 0, y, width, height: LEGEND_HEIGHT }),
    tag("path", { class: "rule edge", d: `M0 ${num(y + 0.5)}H${num(width)}` }),
  ];
  for (const [words, sample] of samples) {
    pieces.push(arrowShape(sampleArrow(sample), x, x + 36, y + 20));
    pieces.push(line(x + 42, y + 24, "small", words));
    x += 42 + words.length * 6.2 + 26;
  }
  return pieces.join("\n");
}
