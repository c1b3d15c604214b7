/** What a reader may go on with, who has typed so much of a filter: keys, and of a key the values of this run. */
import type { Model } from "../model/model.js";
import { KEYS } from "./keys.js";

const MOST = 8;

export interface Completion {
  /** What is offered, and the whole text with it. */
  readonly word: string;
  readonly text: string;
}

/** @param text up to where the cursor is */
export function completionsOf(text: string, model: Model): readonly Completion[] {
  const [last = ""] = /(?:[^\s"]|"[^"]*"?)*$/u.exec(text) ?? [];
  const before = text.slice(0, text.length - last.length);
  const [, not = "", key, values = ""] = /^(-?)(?:(\p{L}+):)?(.*)$/u.exec(last) ?? [];
  if (key === undefined) {
    if (values === "") return [];
    const keys = [...KEYS.keys()].filter((one) => one.startsWith(values.toLowerCase()));
    return keys.map((one) => ({ word: `${one}:`, text: `${before}${not}${one}:` }));
  }
  const known = KEYS.get(key.toLowerCase());
  if (known === undefined) return [];
  const cut = values.lastIndexOf("|") + 1;
  const typed = values.slice(cut).replaceAll('"', "").toLowerCase();
  const head = `${before}${not}${key}:${values.slice(0, cut)}`;
  const all = [...new Set(known.values(model))].filter((value) => value !== "");
  const found = all.filter((value) => value.toLowerCase().startsWith(typed));
  // What is whole needs no help.
  if (found.length === 1 && found[0]?.toLowerCase() === typed) return [];
  return found
    .slice(0, MOST)
    .map((value) => ({ word: value, text: `${head}${/\s/u.test(value) ? `"${value}"` : value}` }));
}
