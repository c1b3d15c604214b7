/** Rows and queues as they were at the cursor: the fold of everything up to it. */
import { wordsOf } from "../../views/at/entry-words.js";
import { stateAt, type Thing } from "../../views/model/things.js";
import { took } from "../../views/sequence/labels.js";
import { clock, safe } from "../../views/words.js";
import type { App } from "../app.js";
import { el, word } from "../dom.js";
import { tree } from "./tree.js";

const MOST_THINGS = 12;
const MOST_COLUMNS = 60;

/** Each thing that stands, the one that was written last first; its last change is marked. */
export function drawRows(app: App): readonly Node[] {
  const { model, entry } = app;
  const { seq } = app.state;
  const standing = model.things.all
    .map((thing) => ({ thing, around: model.rows.around(thing.id, seq) }))
    .filter(({ around }) => around.last !== undefined)
    .sort((a, b) => (b.around.last?.seq ?? 0) - (a.around.last?.seq ?? 0));
  const shown = standing.slice(0, MOST_THINGS);
  const more = standing.length - shown.length;
  return [
    el("h2", {}, `Rows at ${clock(entry?.at ?? 0)} s`),
    ...(standing.length === 0
      ? [el("p", { class: "muted" }, "Nothing has been written yet.")]
      : []),
    ...shown.flatMap(({ thing }, index) => rowOf(app, thing, index === 0)),
    ...(more > 0 ? [el("p", { class: "muted" }, `${String(more)} more, all in States`)] : []),
  ];
}

function rowOf(app: App, thing: Thing, open: boolean): readonly Node[] {
  const { rows, entries } = app.model;
  const { seq } = app.state;
  const { last, next } = rows.around(thing.id, seq);
  if (last === undefined) return [];
  const columns = rows.at(thing.id, seq);
  const state = stateAt(thing, seq)?.state;
  const head = el(
    "summary",
    {},
    `${thing.thing} `,
    el("b", {}, word(thing.name)),
    " ",
    el("span", { class: "state" }, columns === undefined ? "gone" : (state ?? "")),
  );
  const list = el("dl", {});
  const changed = new Set(Object.keys(last.changes));
  const told = [...(columns ?? [])].filter(([, value]) => value !== null);
  told.sort(([a], [b]) => Number(changed.has(b)) - Number(changed.has(a)));
  for (const [column, value] of told.slice(0, MOST_COLUMNS)) {
    const name = changed.has(column) ? `▸ ${column}` : column;
    list.append(
      el("dt", { class: changed.has(column) ? "changed" : undefined }, word(name)),
      el("dd", {}, tree(value, 3)),
    );
  }
  const cause = last.cause === undefined ? undefined : entries[last.cause];
  const behalf = cause === undefined ? "" : `, for ${wordsOf(cause, app.model)}`;
  const by = el(
    "p",
    { class: "muted" },
    `Written at entry ${String(last.seq)} by `,
    word(last.actor ?? "nobody known"),
    word(behalf),
  );
  const before = rows.around(thing.id, last.seq - 1).last;
  const turns = el("p", { class: "turns" });
  for (const [words, to] of [
    ["previous change", before?.seq],
    ["this change", last.seq],
    ["next change", next?.seq],
  ] as const) {
    const one = el("button", { type: "button", disabled: to === undefined || to === seq }, words);
    one.addEventListener("click", () => app.goTo(to));
    turns.append(one);
  }
  return [el("details", { open }, head, list, by, turns)];
}

export function drawQueues(app: App): readonly Node[] {
  const { model, entry } = app;
  const now = entry?.at ?? 0;
  const queues = [...model.queues.at(app.state.seq)];
  queues.sort((a, b) => b.waiting.length - a.waiting.length);
  const parts: Node[] = [el("h2", {}, `Queues at ${clock(now)} s`)];
  if (queues.length === 0) parts.push(el("p", { class: "muted" }, "No message has been sent yet."));
  for (const { name, waiting, taken } of queues) {
    const full = waiting.length > 0;
    parts.push(
      el("h3", { class: "queue" }, word(safe(name))),
      el(
        "p",
        { class: full ? "cast" : "muted" },
        full
          ? `${"▮".repeat(Math.min(12, waiting.length))} ${String(waiting.length)} waiting`
          : "empty",
        ` · ${String(taken)} taken so far`,
      ),
    );
    for (const { seq } of waiting.slice(0, 12)) {
      const sent = model.entries[seq];
      if (sent === undefined) continue;
      const words = `${wordsOf(sent, model)} from ${model.actors.of(sent.actor ?? "").service}, ${took(now - sent.at)} so far`;
      const link = el("button", { type: "button", class: "link" }, word(words));
      link.addEventListener("click", () => app.goTo(seq));
      parts.push(el("p", {}, link));
    }
  }
  return parts;
}
