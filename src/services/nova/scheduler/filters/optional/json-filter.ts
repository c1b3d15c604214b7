/**
 * A query in the hint `query`: `[">=", "$free_ram_mb", 1024]`. Values compare as Python 2.7 compares them: of
 * two kinds the one is less than the other all the same. Upstream: nova/scheduler/filters/json_filter.py.
 */
import {
  KeyError,
  bytesRepr,
  get,
  hashable,
  isObject,
  item,
  loads,
  truth,
  type Json,
} from "../../../../../python/index.js";
import type { HostState } from "../../host-state.js";
import type { HostFilter } from "../filter.js";

export const jsonFilter: HostFilter = {
  name: "JsonFilter",
  oncePerRequest: false,
  forRequest({ filterProperties }) {
    const query = filterProperties.scheduler_hints?.["query"];
    if (query === undefined || !truth(query)) return undefined;
    const passes = (host: HostState): boolean => holds(answer(loads(query), host));
    return { passes, compared: (host) => (passes(host) ? "is so" : "is not so") };
  },
};

/** A list of answers holds if one of them does. */
const holds = (result: Json): boolean =>
  Array.isArray(result) ? (result as readonly Json[]).some((one) => truth(one)) : truth(result);

/** Numbers are less than dictionaries, these than lists, and lists than texts: types by their names. */
function kindOf(value: Json): number {
  if (value === null) return 0;
  if (typeof value === "string") return 4;
  if (typeof value !== "object") return 1;
  return isObject(value) ? 2 : 3;
}

/** `cmp(a, b)`. */
function order(a: Json, b: Json): number {
  const kinds = kindOf(a) - kindOf(b);
  if (kinds !== 0 || a === null || b === null) return kinds;
  if (Array.isArray(a) && Array.isArray(b)) return orderOfLists(a, b);
  if (typeof a === "string" && typeof b === "string") return textOrder(a, b);
  if (typeof a === "object") return textOrder(JSON.stringify(a), JSON.stringify(b));
  return Number(a) - Number(b);
}

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function orderOfLists(a: readonly Json[], b: readonly Json[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const here = order(a[at] ?? null, b[at] ?? null);
    if (here !== 0) return here;
  }
  return a.length - b.length;
}

/** Whether the first term stands to all others as `compare` says; a lone term does to nobody. */
const all =
  (compare: (order: number) => boolean) =>
  ([first = null, ...others]: readonly Json[]): boolean =>
    others.length > 0 && others.every((other) => compare(order(first, other)));

const COMMANDS: ReadonlyMap<unknown, (args: readonly Json[]) => Json> = new Map<
  unknown,
  (args: readonly Json[]) => Json
>([
  ["=", all((order) => order === 0)],
  ["<", all((order) => order < 0)],
  [">", all((order) => order > 0)],
  ["<=", all((order) => order <= 0)],
  [">=", all((order) => order >= 0)],
  ["in", ([first = null, ...others]) => others.some((other) => order(first, other) === 0)],
  ["not", (args) => args.map((arg) => !truth(arg))],
  ["or", (args) => args.some((arg) => truth(arg))],
  ["and", (args) => args.every((arg) => truth(arg))],
]);

/** @throws KeyError for a command that there is not; TypeError for what has no first item */
function answer(query: Json, host: HostState): Json {
  if (!truth(query)) return true;
  const [command = null, ...args] = itemsOf(query);
  const method = COMMANDS.get(hashable(command));
  if (method === undefined) throw new KeyError(bytesRepr(command));
  const terms = args.flatMap((arg): Json[] => {
    const term = Array.isArray(arg) ? answer(arg, host) : valueOf(arg, host);
    return term === null ? [] : [term];
  });
  return method(terms);
}

/** What `query[0]` and `query[1:]` are of: a list, or a text, which has characters. */
function itemsOf(query: Json): readonly Json[] {
  if (Array.isArray(query)) return query as readonly Json[];
  if (typeof query === "string") return Array.from(query);
  if (isObject(query)) throw new KeyError("0");
  return [item(query, "0")];
}

/**
 * `$stats.x` is what the host has there; a text without a dollar is itself, an empty one nothing.
 * @throws AttributeError for a part of what has none
 */
function valueOf(term: Json, host: HostState): Json {
  if (typeof term !== "string") return term;
  if (term === "") return null;
  if (!term.startsWith("$")) return term;
  const [first = "", ...steps] = term.slice(1).split(".");
  let found = first === "service" ? host.service : host.attribute(first);
  for (const step of steps) {
    if (found === null) return null;
    found = get(found, step);
  }
  return found;
}
