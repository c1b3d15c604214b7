/** What was under way at an instant: messages without an end, faults that last, processes that are down. */
import type { Entry, Exchange } from "../../timeline/index.js";
import { CLIENT } from "../model/actors.js";
import type { Model } from "../model/model.js";
import { took } from "../sequence/labels.js";
import { clock } from "../words.js";
import { wordsOf } from "./entry-words.js";
import { cell, type Table } from "./table.js";

/** Messages that were sent and had not come to their end. */
export function messagesAt(model: Model, seq: number): Table {
  const now = model.entries[seq]?.at ?? 0;
  const open = [...model.messages.rest.values(), ...model.messages.rpc.values()]
    .filter((exchange) => exchange.sent.seq <= seq && endOf(exchange) > seq)
    .sort((a, b) => a.sent.seq - b.sent.seq);
  return {
    title: "messages",
    columns: ["entry", "kind", "from", "to", "what", "where", "for"],
    rows: open.map((exchange) => {
      const { sent } = exchange;
      const { to, where } = placeOf(exchange, seq);
      const kind = sent.kind === "rest.request" ? "REST" : sent.kind.slice("rpc.".length);
      const waits = now - sent.at;
      return [
        cell(sent.seq),
        cell(kind, kind === "REST" ? "rest" : "rpc"),
        cell(sent.from),
        cell(to),
        cell(wordsOf(sent, model)),
        cell(where, where === "waits" ? "warn" : undefined),
        cell(waits / 1_000_000, undefined, took(waits)),
      ];
    }),
    besides: "",
  };
}

/** The entry with which a message is over; a cast and a fanout are, once they are taken. */
function endOf(exchange: Exchange): number {
  if (exchange.kind === "rest") return exchange.response?.seq ?? Infinity;
  const { sent, delivered, outcome } = exchange;
  if (outcome !== undefined) return outcome.seq;
  return sent.kind === "rpc.call" ? Infinity : (delivered[0]?.seq ?? Infinity);
}

function placeOf(exchange: Exchange, seq: number): { readonly to: string; readonly where: string } {
  if (exchange.kind === "rest") return { to: exchange.sent.to, where: "asked" };
  const { sent, delivered } = exchange;
  const taken = delivered.find((one) => one.seq <= seq);
  if (taken !== undefined) return { to: taken.to, where: "at work" };
  const server = typeof sent.server === "string" ? `.${sent.server}` : "";
  return { to: sent.topic + server, where: "waits" };
}

/** Every process of the run, those that are down first. */
export function processesAt(model: Model, seq: number, downOnly: boolean): Table {
  // Who types commands, and addresses where nobody listens, are no processes.
  const actors = model.actors.all.filter(({ host, project }) => host !== "" && project !== CLIENT);
  const lives = actors.map((actor) => ({ actor, life: model.processes.at(actor.name, seq) }));
  const down = lives.filter(({ life }) => life !== "running");
  const shown = downOnly ? down : [...down, ...lives.filter((one) => !down.includes(one))];
  return {
    title: downOnly ? "processes that are down" : "processes",
    columns: ["process", "host", "life"],
    rows: shown.map(({ actor, life }) => [
      cell(actor.service),
      cell(actor.host),
      cell(life, life === "running" ? "good" : "bad"),
    ]),
    besides: "",
  };
}

type FaultEntry = Extract<Entry, { kind: "fault" }>;

/** What had been declared and not been lifted, and how often it had struck. */
export function faultsAt(model: Model, seq: number): Table {
  const open = new Map<string, { entry: FaultEntry; struck: number }>();
  for (const entry of model.entries.slice(0, seq + 1)) {
    if (entry.kind !== "fault") continue;
    const known = open.get(entry.fault);
    if (entry.event === "lifted") open.delete(entry.fault);
    else if (entry.event === "struck" && known !== undefined) known.struck += 1;
    else open.set(entry.fault, { entry, struck: entry.event === "struck" ? 1 : 0 });
  }
  return {
    title: "faults",
    columns: ["fault", "since", "entry", "struck"],
    rows: [...open.values()].map(({ entry, struck }) => [
      cell(entry.fault, "bad"),
      cell(entry.at / 1_000_000, undefined, clock(entry.at)),
      cell(entry.seq),
      cell(struck, undefined, struck === 0 ? "never" : `${String(struck)} times`),
    ]),
    besides: "",
  };
}

/** Every request that had begun, by its id. */
export function requestsAt(model: Model, seq: number): Table {
  const begun = model.requests.all.filter(({ entries }) => (entries[0] ?? Infinity) <= seq);
  return {
    title: "requests",
    columns: ["request", "entries", "first", "at", "brought by"],
    rows: begun.map(({ id, entries, carrier }) => {
      const sent = carrier === undefined ? undefined : model.entries[carrier];
      const first = sent ?? model.entries[entries[0] ?? 0];
      const at = first?.at ?? 0;
      return [
        cell(id),
        cell(entries.filter((one) => one <= seq).length),
        cell(first?.seq ?? null),
        cell(at / 1_000_000, undefined, clock(at)),
        cell(sent === undefined ? null : wordsOf(sent, model)),
      ];
    }),
    besides: "",
  };
}
