/**
 * What the schema complains about, as problems with places: what was written, what would be right.
 * The schema's messages say what would be right; here they meet the file.
 */
import type { z } from "zod";
import { nearest } from "../../text/nearest.js";
import { member, scenarioKeys } from "../schema/keys.js";
import { remarkOf } from "../verbs/remark.js";
import { formatPath, type Path } from "./path.js";
import type { Problem, Spot } from "./problem.js";

type Issue = z.core.$ZodIssue;

/** Nobody reads more than this at once. */
export const MAX_COMPLAINTS = 20;

/** The first issues as problems. `data` is what was validated. */
export function complaints(
  issues: readonly Issue[],
  data: unknown,
  base: Path = [],
): Problem<Spot>[] {
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

function complain(issue: Issue, data: unknown, base: Path): Problem<Spot>[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  const written = valueAt(data, path);
  const remark = remarkOf(issue);
  if (remark !== undefined) {
    const { message, hint, key, word } = remark;
    return [error(message, { path, key, word }, hint)];
  }
  if (issue.code === "unrecognized_keys") {
    const where = path.length === 0 ? "" : ` in ${formatPath(path)}`;
    return issue.keys
      .slice(0, MAX_COMPLAINTS)
      .map((key) =>
        error(
          `unknown key \`${key}\`${where}`,
          { path, key },
          suggest(key, scenarioKeys(path, data)),
        ),
      );
  }
  if (issue.code === "invalid_union") {
    const chosen = closest(issue.errors);
    if (chosen !== undefined) return complaints(chosen, data, path);
  }
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    const right = issue.issues[0]?.message ?? "a name";
    return [error(`the key \`${key}\` is not ${right}`, { path: path.slice(0, -1), key })];
  }
  const right = wanted(issue);
  const where = path.length === 0 ? "" : `${formatPath(path)}: `;
  if (written === undefined) {
    const key = String(path.at(-1) ?? "");
    return [error(`\`${key}\` is missing`, { path: path.slice(0, -1) }, `Expected ${right}.`)];
  }
  const not =
    issue.code === "custom" && typeof written === "object" ? "" : `, not ${describe(written)}`;
  return [error(`${where}expected ${right}${not}`, { path })];
}

const error = (message: string, place: Spot, hint?: string): Problem<Spot> => ({
  severity: "error",
  message,
  hint,
  place,
});

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
  return path.reduce((value, part) => member(value, part), data);
}
