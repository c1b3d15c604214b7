/** What one can ask of entries by key: `server:t3`, `status:>=400`, `took:>100ms`. */
import type { Entry, Exchange } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { MOMENT, readRange, SPAN, STATUS, type Unit } from "./ranges.js";

export type Test = (entry: Entry, model: Model) => boolean;

export interface Key {
  /** @returns the test, or what would have been a value */
  readonly test: (value: string) => Test | string;
  /** What a reader may mean, to be offered. */
  readonly values: (model: Model) => Iterable<string>;
}

export const KEYS: ReadonlyMap<string, Key> = new Map([
  [
    "server",
    {
      test:
        (value) =>
        ({ seq }, { servers }) =>
          servers.of(seq).has(value),
      values: ({ things }) =>
        things.all.flatMap(({ thing, name }) => (thing === "server" ? [name] : [])),
    },
  ],
  ["service", ofEnds(({ service }) => service)],
  ["host", ofEnds(({ host }) => host)],
  ["topic", ofSent("topic")],
  ["method", ofSent("method")],
  [
    "kind",
    {
      test:
        (value) =>
        ({ kind }) =>
          kind === value || kind.endsWith(`.${value}`),
      values: ({ entries }) => entries.map(({ kind }) => kind.replace(/^(?:rest|rpc)\./u, "")),
    },
  ],
  ["status", ofNumber(STATUS, (entry, model) => statusOf(model.messages.of(entry)))],
  [
    "request",
    {
      test: (value) => (entry, model) => isOfRequest(entry, value, model),
      values: ({ requests }) => requests.all.map(({ id }) => id),
    },
  ],
  ["took", ofNumber(SPAN, (entry, model) => spanOf(model.messages.of(entry)))],
  ["at", ofNumber(MOMENT, ({ at }) => at)],
  [
    "chapter",
    {
      test: (value) =>
        /^\d+$/u.test(value)
          ? ({ seq }, { chapters }) => chapters.all[chapters.indexOf(seq)]?.number === Number(value)
          : "2",
      values: ({ chapters }) => chapters.all.map(({ number }) => String(number)),
    },
  ],
]);

/** What went wrong, whatever it is. */
export const isError: Test = (entry, { messages }) => {
  switch (entry.kind) {
    case "rpc.failure":
    case "rpc.timeout":
    case "rpc.lost":
      return true;
    case "rest.response":
      return entry.status === 0 || entry.status >= 400;
    case "rpc.call":
    case "rest.request": {
      const exchange = messages.of(entry);
      const status = statusOf(exchange) ?? 200;
      const ended = exchange?.kind === "rpc" ? exchange.outcome?.kind : undefined;
      return status === 0 || status >= 400 || (ended !== undefined && ended !== "rpc.reply");
    }
    case "log":
      return entry.level === "error";
    case "check":
      return !entry.passed;
    case "client":
      return entry.exit !== 0;
    case "service":
      return entry.event === "crashed";
    default:
      return false;
  }
};

function ofEnds(wordOf: (actor: { service: string; host: string }) => string): Key {
  return {
    test: (value) => (entry, model) =>
      ends(entry, model).some((end) => wordOf(model.actors.of(end)) === value),
    values: ({ actors }) => actors.all.map(wordOf),
  };
}

function ofSent(field: "topic" | "method"): Key {
  const wordOf = (exchange: Exchange | undefined): string | undefined => {
    if (exchange === undefined) return undefined;
    if (field === "method") return exchange.sent.method;
    return exchange.kind === "rpc" ? exchange.sent.topic : undefined;
  };
  return {
    test:
      (value) =>
      (entry, { messages }) =>
        wordOf(messages.of(entry)) === value,
    values: ({ messages }) =>
      [...messages.rest.values(), ...messages.rpc.values()].flatMap((one) => wordOf(one) ?? []),
  };
}

function ofNumber(unit: Unit, numberOf: (entry: Entry, model: Model) => number | undefined): Key {
  return {
    test: (value) => {
      const range = readRange(value, unit);
      if (range === undefined) return unit.example;
      return (entry, model) => {
        const number = numberOf(entry, model);
        return number !== undefined && range(number);
      };
    },
    values: ({ messages }) =>
      unit === STATUS
        ? [...messages.rest.values()].flatMap((one) => String(statusOf(one) ?? ""))
        : unit.example.split(/, | or /u),
  };
}

function ends(entry: Entry, { messages }: Model): readonly string[] {
  const exchange = messages.of(entry);
  const found = entry.actor === undefined ? [] : [entry.actor];
  if (exchange === undefined) return found;
  found.push(exchange.sent.from);
  if (exchange.kind === "rest") found.push(exchange.sent.to);
  else found.push(...exchange.delivered.map(({ to }) => to));
  return found;
}

function isOfRequest(entry: Entry, id: string, { requests, messages }: Model): boolean {
  const sent = messages.of(entry)?.sent.seq ?? entry.seq;
  return (
    requests.has(id, entry.seq) || requests.has(id, sent) || entry.request?.startsWith(id) === true
  );
}

function statusOf(exchange: Exchange | undefined): number | undefined {
  return exchange?.kind === "rest" ? exchange.response?.status : undefined;
}

/** From when it was sent to its answer; of what has none, to when it was taken. */
function spanOf(exchange: Exchange | undefined): number | undefined {
  if (exchange === undefined) return undefined;
  const end =
    exchange.kind === "rest" ? exchange.response : (exchange.outcome ?? exchange.delivered[0]);
  return end === undefined ? undefined : end.at - exchange.sent.at;
}
