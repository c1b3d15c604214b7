/**
 * What a reader wants to see of a run, as words: `server:t3 kind:call|cast -method:object_action`. Words
 * are *and*, `|` is or, `-` not, quotes hold spaces; a word without a key is looked for in what was recorded.
 */
import { nearest } from "../../text/nearest.js";
import type { Entry } from "../../timeline/index.js";
import type { Model } from "../model/model.js";

export type Filter = (entry: Entry) => boolean;

export type ReadFilter =
  | { readonly ok: true; readonly matches: Filter }
  | { readonly ok: false; readonly problem: string };

type Test = (entry: Entry, value: string, model: Model) => boolean;

const TESTS: ReadonlyMap<string, Test> = new Map<string, Test>([
  ["server", ({ seq }, value, { servers }) => servers.of(seq).has(value)],
  [
    "service",
    (entry, value, model) =>
      ends(entry, model).some((end) => model.actors.of(end).service === value),
  ],
  [
    "host",
    (entry, value, model) => ends(entry, model).some((end) => model.actors.of(end).host === value),
  ],
  ["topic", (entry, value, model) => sentOf(entry, model)?.["topic"] === value],
  ["method", (entry, value, model) => sentOf(entry, model)?.["method"] === value],
  ["kind", (entry, value) => entry.kind === value || entry.kind.endsWith(`.${value}`)],
  ["request", (entry, value, model) => isOfRequest(entry, value, model)],
  ["status", (entry, value, model) => compares(statusOf(entry, model), value)],
  [
    "chapter",
    (entry, value, { chapters }) =>
      String(chapters.all[chapters.indexOf(entry.seq)]?.number) === value,
  ],
]);

/** Words that are keys and value in one. */
const TOKEN = /(-?)(?:([a-z]+):)?("[^"]*"|[^\s"]+)/giu;

export function readFilter(text: string, model: Model): ReadFilter {
  const tests: Filter[] = [];
  for (const [, not = "", key, raw = ""] of text.matchAll(TOKEN)) {
    const values = raw
      .replaceAll('"', "")
      .split("|")
      .filter((value) => value !== "");
    if (values.length === 0) continue;
    const test = key === undefined ? mentions : TESTS.get(key.toLowerCase());
    if (test === undefined) {
      const close = nearest(key ?? "", TESTS.keys());
      const hint =
        close === undefined
          ? `There is: ${[...TESTS.keys()].join(", ")}.`
          : `Did you mean ${close}?`;
      return { ok: false, problem: `No key "${key ?? ""}". ${hint}` };
    }
    const wanted = not === "";
    tests.push((entry) => values.some((value) => test(entry, value, model)) === wanted);
  }
  return { ok: true, matches: (entry) => tests.every((test) => test(entry)) };
}

function mentions({ seq }: Entry, value: string, { texts }: Model): boolean {
  return texts.of(seq).includes(value.toLowerCase());
}

type Fields = Readonly<Record<string, unknown>>;

/** The message that an entry is about. */
function sentOf(entry: Entry, { messages }: Model): Fields | undefined {
  return messages.of(entry)?.sent as Fields | undefined;
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

function statusOf(entry: Entry, { messages }: Model): number | undefined {
  const exchange = messages.of(entry);
  return exchange?.kind === "rest" ? exchange.response?.status : undefined;
}

function compares(status: number | undefined, wanted: string): boolean {
  const [, sign = "", digits = ""] = /^(>=|<=|>|<|)(\d+)$/u.exec(wanted) ?? [];
  if (status === undefined || digits === "") return false;
  const limit = Number(digits);
  switch (sign) {
    case ">=":
      return status >= limit;
    case "<=":
      return status <= limit;
    case ">":
      return status > limit;
    case "<":
      return status < limit;
    default:
      return status === limit;
  }
}
