/** Where in a run somebody wants to be: an entry by its number, a time, or words that are in it. */
import { parseDuration } from "../../kernel/index.js";
import type { Model } from "../model/model.js";
import { wordsOf } from "./entry-words.js";

/** The last entry that had happened `at` microseconds into the run; -1 before the first. */
export function seqAt({ entries }: Model, at: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** `12.5s`, `250ms`, `1m` as microseconds, also without a unit after a point: `0.198`. */
export function timeOf(text: string): number | undefined {
  return parseDuration(/^\d+\.\d+$/u.test(text) ? `${text}s` : text);
}

/** The next entry after `seq` whose words hold `text`, then whose payload does; from the start if there is none. */
export function seqOfText(model: Model, seq: number, text: string): number | undefined {
  const wanted = text.toLowerCase();
  const { entries } = model;
  const order = [...entries.slice(seq + 1), ...entries.slice(0, seq + 1)];
  const said = order.find((entry) => wordsOf(entry, model).toLowerCase().includes(wanted));
  return (said ?? order.find((entry) => JSON.stringify(entry).toLowerCase().includes(wanted)))?.seq;
}
