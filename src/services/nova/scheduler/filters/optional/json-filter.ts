/**
 * A query in the hint `query`: `[">=", "$free_ram_mb", 1024]`. Upstream:
 * nova/scheduler/filters/json_filter.py.
 */
import { KeyError, bytesRepr, loads, type Json } from "../../../../../python/index.js";
import type { HostState } from "../../host-state.js";
import type { HostFilter } from "../filter.js";

export const jsonFilter: HostFilter = {
  name: "JsonFilter",
  oncePerRequest: false,
  forRequest({ filterProperties }) {
    const query = filterProperties.scheduler_hints?.["query"];
    if (query === undefined || !truth(query)) return undefined;
    const passes = (host: HostState): boolean => truth(answer(loads(query), host), true);
    return { passes, compared: (host) => (passes(host) ? "is so" : "is not so") };
  },
};

type Compare = (a: Json, b: Json) => boolean;
const equal: Compare = (a, b) => JSON.stringify(a) === JSON.stringify(b);
/** Numbers by size, texts by letters; what is of two kinds is not less. */
const less: Compare = (a, b) => typeof a === typeof b && a !== null && b !== null && a < b;

/** Whether the first term stands to all others as `compare` says; a lone term does to nobody. */
const all = (args: readonly Json[], compare: Compare): boolean => {
  const [first = null, ...others] = args;
  return others.length > 0 && others.every((other) => compare(first, other));
};

const COMMANDS: ReadonlyMap<string, (args: readonly Json[]) => Json> = new Map<
  string,
  (args: readonly Json[]) => Json
>([
  ["=", (args) => all(args, equal)],
  ["<", (args) => all(args, less)],
  [">", (args) => all(args, (a, b) => less(b, a))],
  ["<=", (args) => all(args, (a, b) => less(a, b) || equal(a, b))],
  [">=", (args) => all(args, (a, b) => less(b, a) || equal(a, b))],
  ["in", ([first = null, ...others]) => others.some((other) => equal(first, other))],
  ["not", (args) => args.map((arg) => !truth(arg))],
  ["or", (args) => args.some((arg) => truth(arg))],
  ["and", (args) => args.every((arg) => truth(arg))],
]);

/** @throws KeyError for a command that there is not */
function answer(query: Json, host: HostState): Json {
  if (!Array.isArray(query)) return truth(query) ? commandOf(query)([]) : true;
  const [command = null, ...args] = query as readonly Json[];
  if (query.length === 0) return true;
  const terms = args.flatMap((arg): Json[] => {
    const term = Array.isArray(arg) ? answer(arg, host) : valueOf(arg, host);
    return term === null ? [] : [term];
  });
  return commandOf(command)(terms);
}

function commandOf(command: Json): (args: readonly Json[]) => Json {
  const known = typeof command === "string" ? COMMANDS.get(command) : undefined;
  if (known === undefined) throw new KeyError(bytesRepr(command));
  return known;
}

/** `$stats.x` is what the host has there; a text without a dollar is itself, an empty one nothing. */
function valueOf(term: Json, host: HostState): Json {
  if (typeof term !== "string") return term;
  if (term === "") return null;
  if (!term.startsWith("$")) return term;
  let found: unknown = host;
  for (const step of term.slice(1).split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return null;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found instanceof Map || found === undefined ? null : (found as Json);
}

/** A list of answers holds if one of them does; as a term any list that is not empty is true. */
function truth(value: Json, result = false): boolean {
  if (Array.isArray(value)) {
    const list: readonly Json[] = value;
    return result ? list.some((one) => truth(one)) : list.length > 0;
  }
  return value !== null && value !== false && value !== 0 && value !== "";
}
