/** `--server t3 --kind cast --filter WORDS`: which entries of a run are shown. What `run` and `show` share. */
import { didYouMeanOrSome } from "../../text/nearest.js";
import type { Timeline } from "../../timeline/index.js";
import { Model } from "../../views/model/model.js";
import { onlyOf } from "../../views/sequence/only.js";
import type { View } from "../../views/index.js";
import { count } from "../../views/words.js";
import { CliError } from "../exit.js";
import type { Session } from "../globals.js";

export interface FilterOptions {
  readonly request?: readonly string[];
  readonly server?: readonly string[];
  readonly service?: readonly string[];
  readonly kind?: readonly string[];
  readonly filter?: string;
}

const KEYS = ["request", "server", "service", "kind"] as const;

/** All of them together in the words of the page's filter; empty for none. */
export function filterWords(options: FilterOptions): string {
  const words = KEYS.flatMap((key) => {
    const values = options[key] ?? [];
    const all = values.join("|").replaceAll('"', "");
    return values.length === 0 ? [] : [`${key}:"${all}"`];
  });
  return [...words, options.filter?.trim() ?? ""].filter((text) => text !== "").join(" ");
}

/** @throws CliError for a view that shows all or nothing */
export function assertFilters(view: View, words: string): void {
  if (words === "" || view.filters === true) return;
  throw new CliError(
    `--as ${view.name} shows a run whole and cannot be filtered`,
    "--as text, jsonl, mermaid and svg can.",
  );
}

/**
 * The entries that are meant; undefined where there are none, which has been told.
 * @throws CliError for names that are nobody's, and for words that are no filter
 */
export function filtered(
  { talk }: Session,
  timeline: Timeline,
  options: FilterOptions,
): ReadonlySet<number> | undefined {
  const words = filterWords(options);
  const model = Model.of(timeline);
  assertNames(model, options);
  const only = onlyOf(model, words);
  if (!only.ok) throw new CliError(`--filter: ${only.problem}`);
  const all = count(model.entries.length, "entry", "entries");
  if (only.matching === 0) {
    talk.say(`nothing matches ${words}: none of ${all}`);
    return undefined;
  }
  talk.say(`${String(only.matching)} of ${all} match ${words}`);
  return only.seqs;
}

/** A name that nobody bears in the run is a slip, rather than a wish for nothing. */
function assertNames(model: Model, options: FilterOptions): void {
  const kinds = new Set(model.entries.map(({ kind }) => kind));
  const known = {
    request: model.requests.all.map(({ id }) => id),
    server: model.things.all.filter(({ thing }) => thing === "server").map(({ name }) => name),
    service: [...new Set(model.actors.all.map(({ service }) => service))],
    kind: [...new Set([...kinds].flatMap((kind) => [kind, kind.replace(/^.*\./u, "")]))],
  };
  for (const key of KEYS) {
    for (const value of (options[key] ?? []).flatMap((one) => one.split("|"))) {
      const names = known[key];
      // Of a request its beginning will do.
      if (names.includes(value) || (key === "request" && names.some((id) => id.startsWith(value))))
        continue;
      throw new CliError(
        `--${key}: there is no "${value}" in this run`,
        didYouMeanOrSome(value, names),
      );
    }
  }
}
