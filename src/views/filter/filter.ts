/**
 * What a reader wants to see of a run, as words: `server:t3 kind:call|cast -method:object_action`. Words
 * are *and*, `|` is or, `-` not, quotes hold spaces; a word without a key is looked for in what was recorded.
 */
import { nearest } from "../../text/nearest.js";
import type { Entry } from "../../timeline/index.js";
import type { Model } from "../model/model.js";
import { isError, KEYS, type Test } from "./keys.js";

export type Filter = (entry: Entry) => boolean;

export type ReadFilter =
  | { readonly ok: true; readonly matches: Filter }
  | { readonly ok: false; readonly problem: string };

/** Words that are keys and value in one. */
const TOKEN = /(-?)(?:([\p{L}]+):)?("[^"]*"?|[^\s"]+)/giu;

export function readFilter(text: string, model: Model): ReadFilter {
  const tests: Filter[] = [];
  for (const [, not = "", key, raw = ""] of text.matchAll(TOKEN)) {
    const values = raw
      .replaceAll('"', "")
      .split("|")
      .filter((value) => value !== "");
    if (values.length === 0) continue;
    const read = values.map((value) => testOf(key?.toLowerCase(), value));
    const problem = read.find((one) => typeof one === "string");
    if (typeof problem === "string") return { ok: false, problem };
    const wanted = not === "";
    tests.push(
      (entry) => read.some((test) => typeof test !== "string" && test(entry, model)) === wanted,
    );
  }
  return { ok: true, matches: (entry) => tests.every((test) => test(entry)) };
}

/** A test, or what is wrong. */
function testOf(key: string | undefined, value: string): Test | string {
  if (key === undefined) return value.toLowerCase() === "error" ? isError : mentions(value);
  const known = KEYS.get(key);
  if (known === undefined) {
    const close = nearest(key, KEYS.keys());
    const hint =
      close === undefined ? `There is: ${[...KEYS.keys()].join(", ")}.` : `Did you mean ${close}?`;
    return `No key "${key}". ${hint}`;
  }
  const test = known.test(value);
  return typeof test === "string" ? `${key}: takes no "${value}"; it takes ${test}.` : test;
}

function mentions(value: string): Test {
  const wanted = value.toLowerCase();
  return ({ seq }, { texts }) => texts.of(seq).includes(wanted);
}
