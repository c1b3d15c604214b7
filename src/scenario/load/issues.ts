/**
 * What the schema complains about, as problems with places: what was written, what would be right.
 * The schema's messages say what would be right; here they meet the file.
 */
import type { z } from "zod";
import { nearest } from "../../text/nearest.js";
import { scenarioKeys } from "../schema/keys.js";
import { STEP_KINDS } from "../schema/steps.js";
import { formatPath, type Path } from "./path.js";

type Issue = z.core.$ZodIssue;

/** One complaint; `key` when it is about the key itself and not about its value. */
export interface Complaint {
  readonly path: Path;
  readonly key?: string;
  readonly message: string;
  readonly hint?: string | undefined;
  /** The word that is meant, where the value holds more than that. */
  readonly word?: string;
  /** The place that is meant in a value that is a text of lines; both count from 1. */
  readonly inside?: { readonly line: number; readonly column: number };
}

/** Nobody reads more than this at once. */
export const MAX_COMPLAINTS = 20;

/** The first issues as complaints. `data` is what was validated. */
export function complaints(issues: readonly Issue[], data: unknown, base: Path = []): Complaint[] {
  const strange = new Set(
    issues
      .filter((issue) => issue.code === "unrecognized_keys")
      .map((issue) => issue.path.join("\n")),
  );
  // Beside an unknown key, "one of these is missing" says the same thing again.
  return issues
    .slice(0, MAX_COMPLAINTS)
    .filter((issue) => issue.code !== "custom" || !strange.has(issue.path.join("\n")))
    .flatMap((issue) => complain(issue, data, base));
}

function complain(issue: Issue, data: unknown, base: Path): Complaint[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  const written = valueAt(data, path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.slice(0, MAX_COMPLAINTS).map((key) => ({
      path,
      key,
      message: `unknown key \`${key}\`${path.length === 0 ? "" : ` in ${formatPath(path)}`}`,
      hint: suggest(key, scenarioKeys(path)),
    }));
  }
  if (issue.code === "invalid_union") {
    const step = isStep(path) ? chooseStep(path, written) : undefined;
    if (typeof step === "object") return [step];
    const chosen = step === undefined ? closest(issue.errors) : issue.errors[step];
    if (chosen !== undefined) return complaints(chosen, data, path);
  }
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    const right = issue.issues[0]?.message ?? "a name";
    return [{ path: path.slice(0, -1), key, message: `the key \`${key}\` is not ${right}` }];
  }
  const right = wanted(issue);
  const where = path.length === 0 ? "" : `${formatPath(path)}: `;
  if (written === undefined) {
    const key = String(path.at(-1) ?? "");
    return [
      { path: path.slice(0, -1), message: `\`${key}\` is missing`, hint: `Expected ${right}.` },
    ];
  }
  const not =
    issue.code === "custom" && typeof written === "object" ? "" : `, not ${describe(written)}`;
  return [{ path, message: `${where}expected ${right}${not}` }];
}

/** A list entry directly under `steps`. */
function isStep(path: Path): boolean {
  return typeof path.at(-1) === "number" && path.at(-2) === "steps";
}

/** Which alternative a step means, by its main key; or why that cannot be told. */
function chooseStep(path: Path, written: unknown): number | Complaint | undefined {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return undefined;
  const keys = Object.keys(written);
  const kinds = STEP_KINDS.filter((kind) => kind !== "note" && keys.includes(kind));
  if (kinds.length > 1) {
    const message = `one step does one thing, this one has \`${kinds.join("` and `")}\``;
    return { path, key: kinds[1] ?? "", message, hint: "Make two steps of it." };
  }
  const [kind] = kinds;
  if (kind !== undefined) return STEP_KINDS.indexOf(kind);
  if (keys.includes("note") && keys.length === 1) return STEP_KINDS.indexOf("note");
  const stranger = keys.find((key) => key !== "note");
  if (stranger === undefined) return undefined;
  const hint = suggest(stranger, STEP_KINDS) ?? `A step is one of: ${STEP_KINDS.join(", ")}.`;
  return { path, key: stranger, message: `unknown kind of step \`${stranger}\``, hint };
}

/** The alternative that fits the kind of value that was written, if one does. */
function closest(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = errors.filter(
    (issues) => !issues.some((issue) => issue.path.length === 0 && misfit(issue)),
  );
  return fitting.length === 1 ? fitting[0] : undefined;
}

const misfit = (issue: Issue): boolean =>
  issue.code === "invalid_type" || issue.code === "invalid_value" || issue.code === "invalid_union";

/** What would be right, for the issues to which the schema gives no words of its own. */
function wanted(issue: Issue): string {
  if (!/^(?:Invalid|Too)/u.test(issue.message)) return issue.message;
  if (issue.code === "invalid_type") {
    if (issue.expected === "array") return "a list";
    if (issue.expected === "object" || issue.expected === "record") return "a mapping";
    return issue.expected;
  }
  if (issue.code === "too_small") return `at least ${String(issue.minimum)} of them`;
  if (issue.code === "too_big") return `at most ${String(issue.maximum)} of them`;
  return "something else";
}

function suggest(written: string, known: readonly string[]): string | undefined {
  const close = nearest(written, known);
  if (close !== undefined) return `Did you mean \`${close}\`?`;
  return known.length > 0 && known.length <= 16 ? `Known here: ${known.join(", ")}.` : undefined;
}

/** A value in a few words. */
export function describe(value: unknown): string {
  if (value === null) return "nothing (null)";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object")
    return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return typeof value;
  return value.length > 60 ? `${JSON.stringify(value.slice(0, 60))}...` : JSON.stringify(value);
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}
