/** A payload in a few words: what a reader needs to follow it, not what is in it. */
import { isMapping } from "../python/index.js";
import { safe, shortIds, size } from "./words.js";

/** What names a thing, best first. */
const NAMING = [
  "display_name",
  "name",
  "hostname",
  "host",
  "id",
  "uuid",
  "nova_object.name",
] as const;
const SECRET = /pass|secret|token|user_?data/i;
const LONGEST_WORD = 40;
const MOST_WORDS = 8;

/** `instances=[t3] image=cirros`: the arguments that say something. */
export function essenceOfArgs(args: unknown): string {
  if (!isMapping(args)) return args === null || args === undefined ? "" : brief(args);
  const words: string[] = [];
  for (const [key, value] of Object.entries(args)) {
    if (isNothing(value)) continue;
    if (words.length === MOST_WORDS) break;
    words.push(`${safe(key)}=${SECRET.test(key) ? "•••" : brief(value)}`);
  }
  return words.join(" ");
}

/** `server name=t3 flavorRef=42`, `shelve`: most bodies are one thing under its name. */
export function essenceOfBody(body: unknown): string {
  if (!isMapping(body)) return isNothing(body) ? "" : brief(body);
  const fields = Object.entries(body);
  const [only] = fields;
  if (only === undefined || fields.length > 1) return essenceOfArgs(body);
  const [name, value] = only;
  if (isFolded(value)) return `${safe(name)} ${brief(value)}`;
  if (isMapping(value)) return `${safe(name)} ${essenceOfArgs(value)}`.trimEnd();
  return isNothing(value) ? safe(name) : essenceOfArgs(body);
}

/** What a failed request says for itself: the first `message` in its body. */
export function messageIn(body: unknown, depth = 0): string | undefined {
  if (!isMapping(body) || depth > 3) return undefined;
  const own = body["message"];
  if (typeof own === "string") return safe(own);
  for (const value of Object.values(body)) {
    const found = messageIn(value, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One value in one word. */
export function brief(value: unknown): string {
  if (typeof value === "string") return word(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isFolded(value)) return foldedWord(value.$folded);
  if (Array.isArray(value)) {
    const [first] = value as unknown[];
    if (value.length <= 1) return value.length === 0 ? "[]" : `[${brief(first)}]`;
    return `[${brief(first)}, … ${String(value.length)}]`;
  }
  return naming(value) ?? "{…}";
}

/** How a thing is called, if it says so. */
export function naming(thing: unknown): string | undefined {
  if (!isMapping(thing)) return undefined;
  if (isFolded(thing)) return naming(thing.$folded["shows"]);
  const data = thing["nova_object.data"];
  for (const key of NAMING) {
    const value = own(thing, key) ?? (isMapping(data) ? own(data, key) : undefined);
    if (typeof value === "string" && value !== "") return word(value);
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

/** `Instance.save`: the object call inside an RPC call, as versioned objects make them. */
export function objectCall(args: unknown): string | undefined {
  if (!isMapping(args)) return undefined;
  const method = args["objmethod"];
  if (typeof method !== "string") return undefined;
  const instance = args["objinst"];
  const fields = isFolded(instance) ? instance.$folded["shows"] : instance;
  const name = args["objname"] ?? (isMapping(fields) ? fields["nova_object.name"] : undefined);
  return typeof name === "string" ? safe(`${name}.${method}`) : safe(method);
}

function foldedWord(folded: Record<string, unknown>): string {
  const shows = folded["shows"];
  const bytes = folded["bytes"];
  const name = naming(shows);
  const items = folded["items"];
  if (typeof items === "number") return `[${name ?? String(items)}]`;
  if (name !== undefined) return name;
  return `‹${size(typeof bytes === "number" ? bytes : 0)}›`;
}

function word(text: string): string {
  const short = shortIds(safe(text));
  return short.length > LONGEST_WORD ? `${short.slice(0, LONGEST_WORD - 1)}…` : short;
}

function isFolded(value: unknown): value is { $folded: Record<string, unknown> } {
  return isMapping(value) && isMapping(own(value, "$folded"));
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
