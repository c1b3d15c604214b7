/**
 * A run that is too long for a picture of its messages: chapter by chapter the classes of messages
 * between projects, with their numbers, the states that came of it, and what is left out.
 */
import type { Exchange } from "../../timeline/index.js";
import { CLIENT } from "../model/actors.js";
import type { Chapter } from "../model/chapters.js";
import type { Model } from "../model/model.js";
import type { Band } from "../sequence/lanes.js";
import { part, type ArrowRow, type Label, type SequenceRow } from "../sequence/row.js";
import type { ViewOptions } from "../view.js";
import { clip, count, safe } from "../words.js";
import { drawnPlain } from "./drawn.js";
import { frame } from "./frame.js";
import { heads, headsHeight } from "./heads.js";
import { across, down } from "./place.js";

/** Classes of one chapter that are drawn; the rest is counted. */
const MOST_CLASSES = 7;
/** Kinds of messages that one class names. */
const MOST_NAMES = 3;
const MOST_CHAPTERS = 40;
const CLASS_HEIGHT = 25;
const MOST_STATES = 3;

interface Class {
  readonly from: string;
  readonly to: string;
  readonly mark: "rest" | "call" | "cast";
  times: number;
  failed: number;
  readonly names: Map<string, number>;
  readonly seq: number;
  readonly at: number;
}

export function classesPicture(
  model: Model,
  options: ViewOptions,
  notices: readonly string[],
): string {
  const { chapter: number } = options;
  const parts = partsOf(model, options).filter(
    ({ classes, chapter }) =>
      classes.length > 0 && (number === undefined || chapter.number === number),
  );
  const shown = parts.slice(0, MOST_CHAPTERS);
  const rows = shown.flatMap((one) => rowsOf(one, model));
  const all = parts.reduce((sum, { classes }) => sum + total(classes), 0);
  const told = [
    ...notices,
    `${count(all, "message")} between projects, counted by chapter; answers are left out. Waiting belongs to what it waits for.`,
  ];
  if (parts.length > shown.length) {
    told.push(`${count(parts.length - shown.length, "later chapter")} left out.`);
  }
  const layout = across(bandsOfProjects(model, rows));
  return frame(model, layout.width, told, (top) => {
    const under = top + headsHeight(layout);
    const placed = down(rows, under, layout.width, headsHeight(layout), { arrow: CLASS_HEIGHT });
    return {
      body: `${drawnPlain(layout, placed, under)}\n${heads(layout, top)}`,
      bottom: placed.reduce((y, row) => Math.max(y, row.y + row.height), under),
    };
  });
}

interface Part {
  readonly chapter: Chapter;
  /** The last entry of it, and of the waiting after it. */
  end: number;
  readonly classes: Class[];
  /** By project, how many messages it sends to itself. */
  readonly inside: Map<string, number>;
}

/** Each chapter with its classes, in the order in which they come first. */
function partsOf(model: Model, { actors, only }: ViewOptions): readonly Part[] {
  const { chapters, messages, entries } = model;
  const parts: Part[] = [];
  const byChapter = chapters.all.map((chapter, index) => {
    const before = parts.at(-1);
    const end = (chapters.all[index + 1]?.seq ?? entries.length) - 1;
    if (before !== undefined && isWaiting(chapter)) {
      before.end = end;
      return before;
    }
    const begun: Part = { chapter, end, classes: [], inside: new Map() };
    parts.push(begun);
    return begun;
  });
  const sent = [...messages.rest.values(), ...messages.rpc.values()].sort(
    (a, b) => a.sent.seq - b.sent.seq,
  );
  for (const exchange of sent) {
    const own = byChapter[chapters.indexOf(exchange.sent.seq)];
    const shown = exchange.sent.quiet !== true && only?.has(exchange.sent.seq) !== false;
    if (own !== undefined && shown) counted(exchange, own, model, actors);
  }
  // What a cloud does to start is not what a scenario is about.
  return parts.filter(({ chapter }) => chapter.number > 0 || chapters.all.length === 1);
}

/** Nothing is typed and nothing is said of it: time goes by for what came before. */
function isWaiting({ note, commands, number }: Chapter): boolean {
  return note === "" && commands.length === 0 && number > 1;
}

function counted(
  exchange: Exchange,
  { classes, inside }: Part,
  model: Model,
  actors: readonly string[] | undefined,
): void {
  const ends = endsOf(exchange);
  if (ends === undefined) return;
  const [from, to] = ends.map((name) => projectOf(model, name, actors)) as [string, string];
  if (actors !== undefined && !ends.some((name) => isMeant(model, name, actors))) return;
  if (from === to) {
    inside.set(from, (inside.get(from) ?? 0) + 1);
    return;
  }
  const mark = markOf(exchange);
  const { seq, at, method } = exchange.sent;
  let found = classes.find((one) => one.from === from && one.to === to && one.mark === mark);
  if (found === undefined) {
    found = { from, to, mark, times: 0, failed: 0, names: new Map(), seq, at };
    classes.push(found);
  }
  found.times += 1;
  found.names.set(method, (found.names.get(method) ?? 0) + 1);
  if (isFailure(exchange)) found.failed += 1;
}

function total(classes: readonly Class[]): number {
  return classes.reduce((sum, { times }) => sum + times, 0);
}

function rowsOf({ chapter, end, classes, inside }: Part, model: Model): readonly SequenceRow[] {
  const { seq, at } = chapter;
  const most = [...classes].sort((a, b) => b.times - a.times).slice(0, MOST_CLASSES);
  const left = classes.filter((one) => !most.includes(one));
  const said: string[] = [];
  if (left.length > 0) {
    said.push(`${count(total(left), "more message")} between others`);
  }
  if (inside.size > 0) {
    const own = [...inside].sort(([, a], [, b]) => b - a);
    said.push(`inside ${own.map(([name, n]) => `${safe(name)} ${String(n)}`).join(", ")}`);
  }
  const mark = { kind: "mark", seq, at, actor: undefined } as const;
  const states = statesOf(model, seq, end);
  return [
    { kind: "chapter", seq, at, chapter },
    ...classes.filter((one) => most.includes(one)).map(rowOf),
    ...(said.length === 0
      ? []
      : [{ ...mark, sign: "other" as const, label: [part(said.join("; "), "muted")] }]),
    ...(states.length === 0 ? [] : [{ ...mark, sign: "state" as const, label: states }]),
  ];
}

/** What things came to between two entries. */
function statesOf(model: Model, from: number, to: number): Label {
  const ends: Label[] = [];
  for (const { thing, name, stretches } of model.things.all) {
    const last = stretches.findLast(({ seq }) => seq >= from && seq <= to);
    if (last === undefined) continue;
    ends.push([
      part(ends.length === 0 ? "" : " · ", "muted"),
      part(`${thing} `),
      part(clip(name, 18), "strong"),
      part(` ${last.state ?? "gone"}`, "state"),
    ]);
  }
  const more = ends.length - MOST_STATES;
  const tail = more > 0 ? [part(` and ${String(more)} more`, "muted")] : [];
  return [...ends.slice(0, MOST_STATES).flat(), ...tail];
}

function endsOf(exchange: Exchange): readonly [string, string] | undefined {
  if (exchange.kind === "rest") return [exchange.sent.from, exchange.sent.to];
  const [taken] = exchange.delivered;
  return taken === undefined ? undefined : [exchange.sent.from, taken.to];
}

/** Whose lane a message ends at; of those that are asked for by name, their own. */
function projectOf(model: Model, name: string, actors: readonly string[] | undefined): string {
  const { project, service } = model.actors.of(name);
  return project === CLIENT || isMeant(model, name, actors ?? []) ? service : project;
}

function isMeant(model: Model, name: string, words: readonly string[]): boolean {
  const { service, host } = model.actors.of(name);
  return words.some((word) => word === name || word === service || word === host);
}

function markOf(exchange: Exchange): Class["mark"] {
  if (exchange.kind === "rest") return "rest";
  return exchange.sent.kind === "rpc.call" ? "call" : "cast";
}

function isFailure(exchange: Exchange): boolean {
  if (exchange.kind === "rpc") {
    const { outcome } = exchange;
    return outcome !== undefined && outcome.kind !== "rpc.reply";
  }
  const status = exchange.response?.status;
  return status !== undefined && (status === 0 || status >= 500);
}

/** `15 GET ×12, POST ×3`, `4 call update_device_up ×4`. */
function rowOf({ from, to, mark, times, failed, names, seq, at }: Class): ArrowRow {
  const frequent = [...names].sort(([, a], [, b]) => b - a).slice(0, MOST_NAMES);
  const verb = mark === "rest" ? "" : `${mark} `;
  const named = frequent.map(([name, n]) =>
    n === 1 || names.size === 1 ? safe(name) : `${safe(name)} ×${String(n)}`,
  );
  const more = names.size - frequent.length;
  const tail = more > 0 ? `, ${String(more)} more` : "";
  const label: Label = [
    part(`${String(times)} `, "strong"),
    part(`${verb}${named.join(", ")}${tail}`),
    ...(failed === 0 ? [] : [part(`  ✕ ${String(failed)} failed`, "bad")]),
  ];
  const family = mark === "rest" ? "rest" : "rpc";
  const plain = { folded: false, lost: false, waits: false, times: 1 };
  return { kind: "arrow", seq, message: seq, at, mark, from, to: [to], family, label, ...plain };
}

/** A lane for each project, clients first. */
function bandsOfProjects(model: Model, rows: readonly SequenceRow[]): readonly Band[] {
  const names = new Set<string>();
  for (const row of rows) {
    if (row.kind !== "arrow") continue;
    for (const name of [row.from, ...row.to]) names.add(name);
  }
  // A lane of a client is called as the program is; no project is.
  const isProgram = (name: string): boolean =>
    model.actors.byProject().every((one) => one.name !== name);
  const lanes = [...names]
    .sort((a, b) => Number(isProgram(b)) - Number(isProgram(a)))
    .map((name) => {
      const actor = { name, service: name, project: "", host: "" };
      return { actor, actors: [actor], head: safe(name), under: "", kind: "one" as const };
    });
  return [{ name: "", lanes, folded: false }];
}
