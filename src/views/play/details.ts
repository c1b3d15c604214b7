/** All that is known of one entry, in lines: for a message both of its ends, what led to it and what it led to. */
import type { Entry, Exchange, RestExchange, RpcExchange } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { titleOf, wordsOf } from "../at/entry-words.js";
import { took } from "../sequence/labels.js";
import { queueOf } from "../sequence/rows.js";
import { clip, clock, jsonOf, safe } from "../words.js";
import { saidLines, type LineFrame } from "./lines.js";

const MOST_LINKS = 6;
const MOST_LINES = 40;
/** Fields that stand above. */
const TOLD = new Set(["seq", "at", "kind", "actor", "request", "cause"]);

export function entryLines(model: Model, seq: number, frame: LineFrame): string[] {
  const entry = model.entries[seq];
  if (entry === undefined) return ["There is no such entry."];
  const { paint, width } = frame;
  const exchange = model.messages.of(entry);
  const [title] = titleOf(entry, exchange);
  const facts = [
    ["Entry", `${String(entry.seq)}, ${clock(entry.at)} s`],
    ...factsOf(entry, exchange),
    ...(entry.request === undefined ? [] : [["Request", safe(entry.request)]]),
  ];
  const fact = ([name = "", text = ""]: readonly string[]): string =>
    `${paint.dim(name.padEnd(9))} ${clip(text, width - 10)}`;
  return [
    `${paint.strong(title)}  ${clip(wordsOf(entry, model), width - title.length - 2)}`,
    ...facts.map(fact),
    ...because(model, entry, frame),
    ...payloads(entry, exchange, frame),
  ];
}

type Fact = readonly [string, string];

function factsOf(entry: Entry, exchange: Exchange | undefined): readonly Fact[] {
  if (exchange?.kind === "rest") return restFacts(exchange);
  if (exchange?.kind === "rpc") return rpcFacts(exchange);
  return entry.actor === undefined ? [] : [["Actor", safe(entry.actor)]];
}

function restFacts({ sent, response }: RestExchange): readonly Fact[] {
  const how =
    response === undefined
      ? "not in this recording"
      : `${response.status === 0 ? "no answer" : String(response.status)} after ${took(response.at - sent.at)}`;
  return [
    ["From", safe(sent.from)],
    ["To", safe(sent.to)],
    ["Sent", `${clock(sent.at)} s`],
    ["Answered", how],
  ];
}

function rpcFacts(exchange: RpcExchange): readonly Fact[] {
  const { sent, delivered, outcome } = exchange;
  const [first] = delivered;
  const takers = delivered.map(({ to }) => safe(to)).join(", ");
  const answered =
    sent.kind !== "rpc.call"
      ? `a ${sent.kind.slice("rpc.".length)} has no answer`
      : outcome === undefined
        ? "not in this recording"
        : `${outcome.kind.slice("rpc.".length)} after ${took(outcome.at - sent.at)}`;
  return [
    ["From", safe(sent.from)],
    ["To", takers === "" ? "nobody took it" : takers],
    ["Queue", queueOf(exchange)],
    ["Sent", `${clock(sent.at)} s`],
    ...(first === undefined
      ? []
      : ([["Taken", `after ${took(first.at - sent.at)} in the queue`]] as const)),
    ["Answered", answered],
  ];
}

function because(model: Model, { seq }: Entry, { paint, width }: LineFrame): string[] {
  const cause = model.causes.of(seq);
  const led = model.causes.consequences(seq);
  const link = (one: number): string => {
    const entry = model.entries[one];
    const words = entry === undefined ? "" : wordsOf(entry, model);
    return clip(`${String(one).padStart(6)} ${words}`, width);
  };
  const more = led.length - MOST_LINKS;
  return [
    paint.dim("Because of"),
    cause === undefined ? "       nothing that was recorded" : link(cause),
    paint.dim(`Led to (${String(led.length)})`),
    ...led.slice(0, MOST_LINKS).map(link),
    ...(more > 0 ? [`       ${String(more)} more`] : []),
  ];
}

/** What goes with it, the most telling first. */
function payloads(entry: Entry, exchange: Exchange | undefined, frame: LineFrame): string[] {
  if (exchange?.kind === "rest") {
    const { sent, response } = exchange;
    return [
      ...shown("Request body", sent.body, frame),
      ...shown("Answer", response?.body, frame),
      ...shown("Error", response?.error, frame),
    ];
  }
  if (exchange?.kind === "rpc") {
    const { sent, outcome } = exchange;
    return [
      ...shown("Arguments", sent.args, frame),
      ...(outcome?.kind === "rpc.reply" ? shown("Result", outcome.result, frame) : []),
      ...(outcome?.kind === "rpc.failure" ? shown("Failure", outcome.failure, frame) : []),
      ...(outcome?.kind === "rpc.timeout" || outcome?.kind === "rpc.lost"
        ? shown("Why", outcome.why, frame)
        : []),
    ];
  }
  switch (entry.kind) {
    case "client":
      return [
        ...printed("Printed", entry.stdout, frame),
        ...printed("Printed as errors", entry.stderr, frame),
      ];
    case "db":
      return [frame.paint.dim("Changed columns"), ...changed(entry.changes, frame.width)];
    case "check":
      return [...shown("Expected", entry.expected, frame), ...shown("Actual", entry.actual, frame)];
    case "step":
      return [
        ...saidLines("?", entry.question ?? "", frame.width),
        ...saidLines(" ", entry.note ?? "", frame.width),
      ];
    default: {
      const rest = Object.entries(entry).filter(([field]) => !TOLD.has(field));
      return shown("As recorded", Object.fromEntries(rest), frame);
    }
  }
}

function shown(title: string, value: unknown, { paint, width }: LineFrame): string[] {
  if (value === null || value === undefined) return [];
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return [paint.dim(title), ...cut(text, width)];
}

function printed(title: string, text: string, { paint, width }: LineFrame): string[] {
  return text === "" ? [] : [paint.dim(title), ...cut(text.replace(/\n$/u, ""), width)];
}

function cut(text: string, width: number): string[] {
  const lines = text.split("\n");
  const kept = lines.slice(0, MOST_LINES).map((line) => clip(`  ${safe(line)}`, width));
  const more = lines.length - kept.length;
  return more > 0 ? [...kept, `  … ${String(more)} more lines`] : kept;
}

function changed(changes: Readonly<Record<string, unknown>>, width: number): string[] {
  return Object.entries(changes).map(([column, pair]) => {
    const [before, after] = Array.isArray(pair) ? (pair as unknown[]) : [undefined, pair];
    const was = before === undefined || before === null ? "" : `${jsonOf(before)} → `;
    return clip(`  ${safe(column)}  ${was}${after === null ? "nothing" : jsonOf(after)}`, width);
  });
}
