/**
 * A Mermaid sequence diagram, for pages that render it. REST is drawn solid and RPC dashed; a cast
 * has an open head and nobody answers it. Above some number of messages each step is summarised,
 * because a diagram of thousands of arrows can neither be drawn nor read.
 */
import { assertViewOptions } from "../given.js";
import { assertTimeline } from "../../timeline/checks/given.js";
import type { Timeline } from "../../timeline/index.js";
import { collect, type Arrow, type Item } from "./items.js";
import { label, paragraph } from "./label.js";
import { keyOf, summarise } from "./summarise.js";
import type { View, ViewOptions } from "../view.js";
import { count } from "../words.js";

/** Beyond this no diagram is readable, and Mermaid's own limits are near. */
const LIMIT = 150;

const HEADS: Readonly<Record<Arrow["style"], string>> = {
  rest: "->>",
  "rest failed": "-x",
  call: "-->>",
  cast: "--)",
  "rpc failed": "--x",
};

/**
 * The messages of a run as a Mermaid sequence diagram, for Markdown; a long run is summarised.
 *
 * @example
 * ```ts
 * import { Cloud, renderMermaid } from "novasim";
 *
 * const cloud = new Cloud();
 * cloud.user("demo").command("nova list");
 * console.log(renderMermaid(cloud.timeline).includes("sequenceDiagram")); // true
 * ```
 */
export function renderMermaid(timeline: Timeline, options: ViewOptions = {}): string {
  assertTimeline(timeline, "renderMermaid");
  assertViewOptions(options, "renderMermaid");
  const all = collapse(collect(timeline, options));
  const limit = options.limit ?? LIMIT;
  const messages = arrowsOf(all);
  const items = messages > limit ? summarise(all, messages, limit) : all;
  const { missing = 0 } = options;
  if (missing > 0) {
    const text = `… ${count(missing, "later entry", "later entries")} not shown`;
    items.push({ kind: "note", over: undefined, step: false, text });
  }
  const ids = new Map<string, string>();
  const lines: string[] = [];
  for (const item of items) {
    if (item.kind === "arrow") lines.push(arrowLine(item, id(item.from, ids), id(item.to, ids)));
  }
  // Participants stand in the order in which they first speak or are spoken to.
  const participants = [...ids].map(([name, short]) => `participant ${short} as ${label(name)}`);
  const body =
    ids.size === 0
      ? [`participant p0 as nobody`, `Note over p0: ${label("no messages")}`]
      : drawn(items, ids);
  const title = `title: ${label(`${timeline.header.scenario}: ${timeline.header.title}`)}`;
  return `${["sequenceDiagram", ...[title, ...participants, ...body].map((line) => `  ${line}`)].join("\n")}\n`;
}

export const mermaid: View = {
  name: "mermaid",
  about: "a sequence diagram for Markdown pages: REST solid, RPC dashed",
  extension: "mmd",
  filters: true,
  render: renderMermaid,
  crowded: (timeline, options = {}) =>
    arrowsOf(collapse(collect(timeline, options))) > (options.limit ?? LIMIT),
};

const arrowsOf = (items: readonly Item[]): number =>
  items.filter(({ kind }) => kind === "arrow").length;

function drawn(items: readonly Item[], ids: ReadonlyMap<string, string>): string[] {
  const all = [...ids.values()];
  const everybody = [all[0], all.at(-1)]
    .filter((short, i, ends) => i === 0 || short !== ends[0])
    .join(",");
  return items.map((item) => {
    if (item.kind === "arrow")
      return arrowLine(item, ids.get(item.from) ?? "", ids.get(item.to) ?? "");
    // A note stands at its actor if that one takes part at all.
    const over = (item.over === undefined ? undefined : ids.get(item.over)) ?? everybody;
    return `Note over ${over}: ${item.step ? paragraph(item.text) : label(item.text)}`;
  });
}

function arrowLine(arrow: Arrow, from: string, to: string): string {
  const text = arrow.times === 1 ? arrow.text : `${arrow.text} ×${String(arrow.times)}`;
  return `${from}${HEADS[arrow.style]}${to}: ${label(text)}`;
}

function id(name: string, ids: Map<string, string>): string {
  const known = ids.get(name);
  if (known !== undefined) return known;
  const short = `p${String(ids.size)}`;
  ids.set(name, short);
  return short;
}

/** Polling: the same question and the same answer again become one pair with a count. */
function collapse(items: readonly Item[]): Item[] {
  const kept: Item[] = [];
  let i = 0;
  while (i < items.length) {
    const pair = [items[i], items[i + 1]];
    const last = kept.slice(-2);
    if (last.length === 2 && pair.every((item, j) => isSame(item, last[j]))) {
      kept.splice(-2, 2, ...last.map((item) => again(item)));
      i += 2;
    } else {
      const [item] = pair;
      if (item !== undefined) kept.push(item);
      i += 1;
    }
  }
  return kept;
}

function isSame(one: Item | undefined, other: Item | undefined): boolean {
  if (one?.kind !== "arrow" || other?.kind !== "arrow") return false;
  return keyOf(one) === keyOf(other);
}

function again(item: Item): Item {
  return item.kind === "arrow" ? { ...item, times: item.times + 1 } : item;
}
