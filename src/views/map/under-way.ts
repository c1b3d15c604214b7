/**
 * Which messages are under way at any entry of a run, and how far: sent, waiting in a queue, being worked
 * on. A request or call is under way until it is answered, a cast for as long as somebody works on it.
 */
import type { Entry, Exchange, RestExchange, RpcExchange } from "../../timeline/index.js";
import { Intervals } from "../model/intervals.js";
import type { Model } from "../model/model.js";
import { barsOf } from "../sequence/bars.js";
import {
  answerLabel,
  isFailure,
  requestLabel,
  responseLabel,
  sentLabel,
} from "../sequence/labels.js";
import { part, type Label } from "../sequence/row.js";
import { queueOf } from "../sequence/rows.js";

export interface UnderWay {
  /** The entry that sent it. */
  readonly seq: number;
  readonly mark: "rest" | "call" | "cast" | "fanout";
  readonly from: string;
  /** Who has it, or will take it; nobody, if nobody ever does. */
  readonly to: readonly string[];
  /** In which queue of the bus it is or was, as `queueName` has it; undefined for REST. */
  readonly queue: string | undefined;
  /** `ends`: the entry that is looked at is its end, and it goes back. */
  readonly stage: "waits" | "works" | "ends";
  readonly failed: boolean;
  readonly label: Label;
}

interface Message {
  readonly exchange: Exchange;
  readonly span: readonly [number, number];
}

export class MessagesUnderWay {
  readonly #model: Model;
  readonly #open: Intervals<Message>;

  constructor(model: Model) {
    this.#model = model;
    const ends = endsOfWork(model);
    const messages: Message[] = [];
    for (const exchange of model.messages.rest.values()) {
      messages.push({ exchange, span: [exchange.sent.seq, exchange.response?.seq ?? Infinity] });
    }
    for (const exchange of model.messages.rpc.values()) {
      const { sent, outcome } = exchange;
      const end =
        sent.kind === "rpc.call" || outcome?.kind === "rpc.lost"
          ? (outcome?.seq ?? Infinity)
          : (ends.get(sent.seq) ?? Infinity);
      messages.push({ exchange, span: [sent.seq, end] });
    }
    this.#open = new Intervals(messages, ({ span }) => span);
  }

  /** In the order in which they were sent; the one that entry `n` ends comes last. */
  at(n: number): readonly UnderWay[] {
    const open = this.#open.at(n).map(({ exchange }) => told(exchange, n));
    const entry = this.#model.entries[n];
    const ended = entry === undefined ? undefined : this.#model.messages.of(entry);
    const end = entry === undefined || ended === undefined ? undefined : endOf(ended, entry);
    return end === undefined ? open : [...open.filter(({ seq }) => seq !== end.seq), end];
  }
}

/** Each receiver of a fanout has a queue of its own, told from the others by a number that says nothing. */
export function queueName(name: string): string {
  return name.replace(/_fanout_[0-9a-f]{32}$/u, "_fanout");
}

/** By the message that was sent: until when somebody works on it. */
function endsOfWork(model: Model): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (const { kind, message, to } of model.once(barsOf)) {
    // The entry itself still belongs to the work.
    if (kind === "works") ends.set(message, Math.max(ends.get(message) ?? 0, to + 1));
  }
  return ends;
}

function told(exchange: Exchange, n: number): UnderWay {
  if (exchange.kind === "rest") {
    const { seq, from, to } = exchange.sent;
    const label = requestLabel(exchange);
    return { ...whole(seq, "rest", from, [to]), stage: "works", label };
  }
  const { sent, delivered } = exchange;
  const taken = delivered.filter(({ seq }) => seq <= n);
  const to = (taken.length > 0 ? taken : delivered).map((one) => one.to);
  const plain = whole(sent.seq, markOf(exchange), sent.from, [...new Set(to)]);
  const stage = taken.length > 0 ? "works" : "waits";
  return { ...plain, stage, queue: queueName(queueOf(exchange)), label: sentLabel(sent) };
}

/** What `entry` ends, on its way back or gone. */
function endOf(exchange: Exchange, entry: Entry): UnderWay | undefined {
  return exchange.kind === "rest" ? restEnd(exchange, entry) : rpcEnd(exchange, entry);
}

function restEnd(exchange: RestExchange, entry: Entry): UnderWay | undefined {
  if (exchange.response !== entry) return undefined;
  const { seq, from, to } = exchange.sent;
  const failed = isFailure(exchange);
  return {
    ...whole(seq, "rest", from, [to]),
    stage: "ends",
    failed,
    label: responseLabel(exchange),
  };
}

function rpcEnd(exchange: RpcExchange, entry: Entry): UnderWay | undefined {
  const { sent, outcome, delivered } = exchange;
  const plain = {
    ...whole(sent.seq, markOf(exchange), sent.from, [...new Set(delivered.map(({ to }) => to))]),
    queue: queueName(queueOf(exchange)),
    stage: "ends" as const,
  };
  switch (entry.kind) {
    case "rpc.reply":
    case "rpc.failure": {
      const late = outcome?.kind === "rpc.timeout";
      const label = answerLabel(exchange, entry, late);
      return { ...plain, failed: late || entry.kind === "rpc.failure", label };
    }
    case "rpc.timeout":
      return { ...plain, failed: true, label: [part("timed out", "bad")] };
    case "rpc.lost":
      return { ...plain, failed: true, label: [part("✕ lost", "bad")] };
    default:
      return undefined;
  }
}

function markOf({ sent }: RpcExchange): UnderWay["mark"] {
  return sent.kind.slice("rpc.".length) as "call" | "cast" | "fanout";
}

function whole(seq: number, mark: UnderWay["mark"], from: string, to: readonly string[]) {
  return { seq, mark, from, to, queue: undefined, failed: false } as const;
}
