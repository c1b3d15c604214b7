/** All that is known of one entry: for a message both of its ends, what led to it and what it led to. */
import type { Entry, RestExchange, RpcExchange } from "../../timeline/index.js";
import { titleOf, wordsOf } from "../../views/at/entry-words.js";
import { took } from "../../views/sequence/labels.js";
import { queueOf } from "../../views/sequence/rows.js";
import { clock, safe, shortIds } from "../../views/words.js";
import type { App } from "../app.js";
import { el, word } from "../dom.js";
import { tree } from "./tree.js";

const MOST_LINKS = 6;
/** Fields that stand above. */
const TOLD = new Set(["seq", "at", "kind", "actor", "request", "cause"]);

export function drawEntry(app: App): readonly Node[] {
  const { entry, model } = app;
  if (entry === undefined) return [el("p", {}, "This recording has no entries.")];
  const exchange = model.messages.of(entry);
  const [title, tone] = titleOf(entry, exchange);
  const facts = el("dl", {});
  const fact = (name: string, value: string | Node | undefined): void => {
    if (value === undefined) return;
    facts.append(el("dt", {}, name), el("dd", {}, typeof value === "string" ? word(value) : value));
  };
  fact("Entry", String(entry.seq));
  fact("At", `${clock(entry.at)} s`);
  if (exchange?.kind === "rest") restFacts(exchange, fact);
  else if (exchange?.kind === "rpc") rpcFacts(exchange, fact);
  else fact("Actor", entry.actor);
  if (entry.request !== undefined) fact("Request", followed(entry.request, app));
  return [
    el("h2", { class: tone }, title),
    el("p", { class: "mono" }, word(wordsOf(entry, model))),
    facts,
    ...because(app, entry),
    ...payloads(entry, exchange),
  ];
}

type Fact = (name: string, value: string | Node | undefined) => void;

function restFacts({ sent, response }: RestExchange, fact: Fact): void {
  fact("From", sent.from);
  fact("To", sent.to);
  fact("Sent", `${clock(sent.at)} s`);
  if (response === undefined) fact("Answered", "not in this recording");
  else
    fact(
      "Answered",
      `${response.status === 0 ? "no answer" : String(response.status)} after ${took(response.at - sent.at)}`,
    );
}

function rpcFacts(exchange: RpcExchange, fact: Fact): void {
  const { sent, delivered, outcome } = exchange;
  const [first] = delivered;
  fact("From", sent.from);
  fact(
    "To",
    delivered.length > 1
      ? delivered.map(({ to }) => to).join(", ")
      : (first?.to ?? "nobody took it"),
  );
  fact("Queue", queueOf(exchange));
  fact("Sent", `${clock(sent.at)} s`);
  if (first !== undefined) fact("Taken", `after ${took(first.at - sent.at)} in the queue`);
  if (sent.kind !== "rpc.call") fact("Answered", `a ${sent.kind.slice(4)} has no answer`);
  else
    fact(
      "Answered",
      outcome === undefined
        ? "not in this recording"
        : `${outcome.kind.slice(4)} after ${took(outcome.at - sent.at)}`,
    );
}

function followed(id: string, app: App): HTMLElement {
  const follow = `request:${id}`;
  const on = app.state.follow === follow;
  const made = el(
    "button",
    { type: "button", "aria-pressed": String(on) },
    on ? "Stop" : "Follow",
    el("kbd", {}, "f"),
  );
  made.addEventListener("click", () => app.set({ follow: on ? "" : follow }));
  return el("span", {}, el("span", { class: "mono", title: id }, shortIds(safe(id))), " ", made);
}

function because(app: App, { seq }: Entry): readonly Node[] {
  const { causes } = app.model;
  const cause = causes.of(seq);
  const led = causes.consequences(seq);
  const links = (all: readonly number[]): HTMLElement => {
    const list = el(
      "ul",
      { class: "links" },
      ...all.slice(0, MOST_LINKS).map((one) => link(app, one)),
    );
    if (all.length > MOST_LINKS) {
      list.append(el("li", { class: "muted" }, `${String(all.length - MOST_LINKS)} more`));
    }
    return list;
  };
  return [
    el("h3", {}, "Because of"),
    cause === undefined ? el("p", { class: "muted" }, "nothing that was recorded") : links([cause]),
    el("h3", {}, `Led to (${String(led.length)})`),
    led.length === 0 ? el("p", { class: "muted" }, "nothing") : links(led),
  ];
}

function link(app: App, seq: number): HTMLElement {
  const entry = app.model.entries[seq];
  const words = entry === undefined ? "" : wordsOf(entry, app.model);
  const made = el("button", { type: "button", class: "link" }, `${String(seq)} · `, word(words));
  made.addEventListener("click", () => app.goTo(seq));
  return el("li", {}, made);
}

/** What goes with it, the most telling first; headers closed. */
function payloads(entry: Entry, exchange: RestExchange | RpcExchange | undefined): readonly Node[] {
  if (exchange?.kind === "rest") {
    const { sent, response } = exchange;
    return [
      ...shown("Request body", sent.body),
      ...shown("Answer", response?.body),
      ...(response?.error === undefined ? [] : shown("Error", response.error)),
      closed("Headers", { request: sent.headers, answer: response?.headers ?? {} }),
    ];
  }
  if (exchange?.kind === "rpc") {
    const { sent, outcome } = exchange;
    return [
      ...shown("Arguments", sent.args),
      ...(outcome?.kind === "rpc.reply" ? shown("Result", outcome.result) : []),
      ...(outcome?.kind === "rpc.failure" ? shown("Failure", outcome.failure) : []),
      ...(outcome?.kind === "rpc.timeout" || outcome?.kind === "rpc.lost"
        ? shown("Why", outcome.why)
        : []),
    ];
  }
  switch (entry.kind) {
    case "client":
      return [...output("Printed", entry.stdout), ...output("Printed as errors", entry.stderr)];
    case "db":
      return [el("h3", {}, "Changed columns"), changes(entry.changes)];
    case "check":
      return [...shown("Expected", entry.expected), ...shown("Actual", entry.actual)];
    case "step":
      return entry.note === undefined ? [] : [el("p", { class: "note" }, word(entry.note))];
    default: {
      const rest = Object.entries(entry).filter(([field]) => !TOLD.has(field));
      return shown("As recorded", Object.fromEntries(rest));
    }
  }
}

function shown(title: string, value: unknown): readonly Node[] {
  if (value === null || value === undefined) return [];
  return [el("h3", {}, title), el("div", { class: "tree" }, tree(value))];
}

function closed(title: string, value: unknown): Node {
  return el("details", { class: "tree" }, el("summary", {}, title), tree(value));
}

export function output(title: string, text: string): readonly Node[] {
  if (text === "") return [];
  return [el("h3", {}, title), el("pre", { tabindex: 0 }, text)];
}

function changes(changed: Readonly<Record<string, unknown>>): HTMLElement {
  const table = el("dl", {});
  for (const [column, pair] of Object.entries(changed)) {
    const value = Array.isArray(pair)
      ? el("span", {}, tree((pair as unknown[])[0]), " → ", tree((pair as unknown[])[1]))
      : tree(pair);
    table.append(el("dt", {}, word(column)), el("dd", {}, value));
  }
  return table;
}
