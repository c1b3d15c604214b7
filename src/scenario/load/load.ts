/**
 * From the text of a scenario file to a scenario that can be run, or to everything that is wrong
 * with it, each thing with its place. Reads no files: whoever has the text also has its name.
 */
import { assertOptions, assertText } from "../../kernel/index.js";
import type { Document } from "yaml";
import { KNOWN, type Known } from "../known.js";
import { scenarioSchema, type Scenario } from "../schema/scenario.js";
import { parseText } from "./document.js";
import { includeFiles, type IncludedText, type ReadFile } from "./include.js";
import { placeInBlock, placeInText } from "./inside-text.js";
import { unreadFlags, type Unread } from "./flags.js";
import { complaints, MAX_COMPLAINTS } from "./issues.js";
import { applyOverride, type Applied, type Override } from "./overrides.js";
import { find, type Path } from "./path.js";
import { inOrder, type Place, type Problem, type Spot } from "./problem.js";
import { findings } from "./semantics.js";
import type { SourceText } from "./source-text.js";

export interface LoadOptions {
  /** How the file is called in messages. */
  readonly file: string;
  readonly text: string;
  /** `cloud.computes=3` ... */
  readonly set?: readonly string[];
  /** Instead of the scenario's own. */
  readonly seed?: number | undefined;
  readonly known?: Known;
  /** The text of a file that the scenario names, by its path from the scenario. */
  readonly readFile?: ReadFile | undefined;
  /** Refuse longer texts; `MAX_CHARACTERS` by default. */
  readonly limit?: number;
}

/** A scenario that can be run. */
export interface Loaded {
  readonly ok: true;
  readonly file: string;
  readonly scenario: Scenario;
  /** The scenario as read, with every override: JSON that loads to the same scenario. */
  readonly source: unknown;
  readonly warnings: readonly Problem[];
  /** What its modules export, by the paths it has for them, once they are imported. */
  readonly modules?: ReadonlyMap<string, unknown>;
  /** What its configuration files say that nothing here reads. */
  readonly unread: readonly Unread<Place>[];
  /** Where in the file something stands: `["steps", 3]`. */
  place(path: Path): Place;
}

export interface NotLoaded {
  readonly ok: false;
  readonly file: string;
  readonly problems: readonly Problem[];
}

const OPTIONS = ["file", "text", "set", "seed", "known", "readFile", "limit"];

/** Errors come before warnings only after sorting out, so more are looked at than shown. */
const MAX_FINDINGS = 200;

/**
 * Load a scenario from text. Never throws for what the text says.
 *
 * @example
 * ```ts
 * import { loadScenario } from "novasim";
 *
 * const loaded = loadScenario({ file: "my.yaml", text: "scenario: my\nsteps:\n  - run: nova list\n" });
 * console.log(loaded.ok && loaded.scenario.steps.length); // 1
 * ```
 */
export function loadScenario(options: LoadOptions): Loaded | NotLoaded {
  assertOptions(options, "loadScenario", OPTIONS);
  assertText(options.file, "loadScenario: file", "a name for the file, for messages");
  assertText(options.text, "loadScenario: text", "the text of a scenario, in YAML");
  const { file, text, known = KNOWN } = options;
  const fail = (problems: readonly Problem[]): NotLoaded => ({
    ok: false,
    file,
    problems: inOrder(problems).slice(0, MAX_COMPLAINTS),
  });
  const parsed = parseText(file, text, options.limit);
  if (!parsed.ok) return fail(parsed.problems);
  const { document, source } = parsed;
  const applied: Applied[] = [];
  for (const override of overridesOf(options)) {
    const outcome = applyOverride(file, document, override);
    if (!outcome.ok) return fail([outcome.problem]);
    applied.push(outcome);
  }
  const data: unknown = document.toJS();
  const included = includeFiles(data, options.readFile);
  if (!("texts" in included)) {
    const place = placer(document, source, applied, new Map());
    return fail(included.map(placed(place)));
  }
  const place = placer(document, source, applied, included.texts);
  const checked = scenarioSchema.safeParse(data);
  if (!checked.success) {
    return fail(complaints(checked.error.issues, data).map(placed(place)));
  }
  const found = findings(checked.data, known).slice(0, MAX_FINDINGS).map(placed(place));
  if (found.some(({ severity }) => severity === "error")) return fail(found);
  return {
    ok: true,
    file,
    scenario: checked.data,
    source: data,
    warnings: found,
    unread: unreadFlags(checked.data, known).map((one) => ({ ...one, place: place(one.place) })),
    place: (path) => place({ path }),
  };
}

/** Looks up where a problem is. */
const placed =
  (place: (spot: Spot) => Place) =>
  (problem: Problem<Spot>): Problem => ({ ...problem, place: place(problem.place) });

function overridesOf({ set = [], seed }: LoadOptions): Override[] {
  const overrides = set.map((text) => ({ label: `--set ${text}`, text }));
  if (seed !== undefined)
    overrides.push({ label: `--seed ${String(seed)}`, text: `seed=${String(seed)}` });
  return overrides;
}

function placer(
  document: Document,
  source: SourceText,
  applied: readonly Applied[],
  included: ReadonlyMap<string, IncludedText>,
) {
  return ({ path, key, word, inside }: Spot): Place => {
    const full = key === undefined ? path : [...path, key];
    const blamed = applied.findLast((one) => one.path.every((part, i) => full[i] === part));
    if (blamed !== undefined) return { file: source.file, override: blamed.label };
    const text = inside && included.get(String(path.at(-1)));
    if (inside !== undefined && text !== undefined) return placeInText(text, inside);
    const found = find(document, full);
    const within = inside && placeInBlock(source, found.value, inside);
    if (within !== undefined) return within;
    const node = key === undefined ? (found.value ?? found.key) : (found.key ?? found.value);
    const [start, end] = node?.range ?? [];
    if (start === undefined || end === undefined || !found.whole) {
      // Nodes without a place were made by an override on its way down.
      const maker = applied.findLast((one) => one.path[0] === full[0]);
      if (maker !== undefined) return { file: source.file, override: maker.label };
      if (start === undefined || end === undefined) return { file: source.file };
    }
    const at = word === undefined ? -1 : indexOfWord(source.text.slice(start, end), word);
    if (word !== undefined && at >= 0) return source.place(start + at, start + at + word.length);
    return source.place(start, end);
  };
}

/** Where `word` begins in `text`: rather by itself than as a part of another one; -1 if nowhere. */
function indexOfWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const after = at + word.length;
    const around = text.slice(Math.max(0, at - 1), at) + text.slice(after, after + 1);
    if (!/[\w-]/u.test(around)) return at;
  }
  return text.indexOf(word);
}
