/**
 * Of a run the entries that a filter means, with the messages that they belong to: what of it a view
 * shows, if it is asked for a part. Which entries there are to choose from is the whole run's.
 */
import type { Model } from "../model/model.js";
import { readFilter } from "../filter/filter.js";

export type Only =
  | {
      readonly ok: true;
      /** Each by its `seq`; messages of which only an answer is meant are among them. */
      readonly seqs: ReadonlySet<number>;
      /** How many entries are meant. */
      readonly matching: number;
    }
  | { readonly ok: false; readonly problem: string };

/** @param words in the language of the page's filter: `server:t3 kind:cast -method:object_action` */
export function onlyOf(model: Model, words: string): Only {
  const read = readFilter(words, model);
  if (!read.ok) return read;
  const seqs = new Set<number>();
  let matching = 0;
  for (const entry of model.entries) {
    if (!read.matches(entry)) continue;
    matching += 1;
    seqs.add(entry.seq);
    // How a message ended stands at its row, and without one nowhere.
    const sent = model.messages.of(entry)?.sent.seq;
    if (sent !== undefined) seqs.add(sent);
  }
  return { ok: true, seqs, matching };
}
