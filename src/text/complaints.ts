/**
 * What a schema complains about, in words for people: what was written, what would be right. The
 * schema's own messages say what would be right; here they meet what was written. Scenario files and
 * the options of the library are answered alike. Knows no file: whoever has one finds the place.
 */
import { withPrintable } from "./printable.js";
import type { z } from "zod";
import { nearest } from "./nearest.js";

export type Issue = z.core.$ZodIssue;

export type Path = readonly (string | number)[];

/** One complaint; `key` when it is about the key itself and not about its value. */
export interface Complaint {
  readonly path: Path;
  readonly key?: string | undefined;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** What those who know the schema add. */
export interface SchemaKnowledge<C extends Complaint = Complaint> {
  /** The keys of the mapping at a path, for suggestions. */
  readonly keysAt: (path: Path) => readonly string[];
  /** What is to be said of an issue instead. */
  readonly remark?: (issue: Issue, path: Path, written: unknown) => readonly C[] | undefined;
}

/** Nobody reads more than this at once. */
export const MAX_COMPLAINTS = 20;

/** The first issues as complaints. `data` is what was validated, `base` where the issues' paths begin. */
export function complaints<C extends Complaint = Complaint>(
  issues: readonly Issue[],
  data: unknown,
  schema: SchemaKnowledge<C>,
  base: Path = [],
): (Complaint | C)[] {
  const strange = new Set(
    issues
      .filter((issue) => issue.code === "unrecognized_keys")
      .map((issue) => issue.path.join("\n")),
  );
  // Beside an unknown key, "one of these is missing" says the same thing again.
  return issues
    .slice(0, MAX_COMPLAINTS)
    .filter((issue) => issue.code !== "custom" || !strange.has(issue.path.join("\n")))
    .flatMap((issue) => complain(issue, data, schema, base));
}

function complain<C extends Complaint>(
  issue: Issue,
  data: unknown,
  schema: SchemaKnowledge<C>,
  base: Path,
): readonly (Complaint | C)[] {
  const path = [...base, ...(issue.path as (string | number)[])];
  const written = valueAt(data, path);
  const remark = schema.remark?.(issue, path, written);
  if (remark !== undefined) return remark;
  if (issue.code === "unrecognized_keys") {
    const where = path.length === 0 ? "" : ` in ${formatPath(path)}`;
    return issue.keys.slice(0, MAX_COMPLAINTS).map((key) => ({
      path,
      key,
      message: `unknown key \`${key}\`${where}`,
      hint: suggest(key, schema.keysAt(path)),
    }));
  }
  if (issue.code === "invalid_union") {
    const chosen = closest(issue.errors);
    if (chosen !== undefined) return complaints(chosen, data, schema, path);
  }
  if (issue.code === "invalid_key") {
    const key = String(path.at(-1));
    const right = issue.issues[0]?.message ?? "a name";
    return [{ path: path.slice(0, -1), key, message: `the key \`${key}\` is not ${right}` }];
  }
  const right = expectation(issue);
  const where = path.length === 0 ? "" : `${formatPath(path)}: `;
  if (written === undefined && path.length > 0) {
    const key = String(path.at(-1));
    return [
      { path: path.slice(0, -1), message: `\`${key}\` is missing`, hint: `Expected ${right}.` },
    ];
  }
  const not =
    issue.code === "custom" && typeof written === "object" ? "" : `, not ${describe(written)}`;
  return [{ path, message: `${where}expected ${right}${not}` }];
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
function expectation(issue: Issue): string {
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

export function suggest(written: string, known: readonly string[]): string | undefined {
  const close = nearest(written, known);
  if (close !== undefined) return `Did you mean \`${close}\`?`;
  return known.length > 0 && known.length <= 16 ? `Known here: ${known.join(", ")}.` : undefined;
}

/** A value in a few words. @param most letters of a text */
export function describe(value: unknown, most = 60): string {
  if (value === null) return "nothing (null)";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object")
    return Object.keys(value).length === 0 ? "an empty mapping" : "a mapping";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return typeof value;
  const short =
    value.length > most ? `${JSON.stringify(value.slice(0, most))}...` : JSON.stringify(value);
  return withPrintable(short, (point) => `\\u${point.toString(16).padStart(4, "0")}`);
}

/** `steps[3].wait.within`. */
export function formatPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${String(part)}]`;
    else text += text === "" ? part : `.${part}`;
  }
  return text;
}

/** All of them for who has no file to show: each once, with where it stands and what would be right. */
export function inWords(problems: readonly Complaint[]): string {
  const lines = problems.map(({ path, message, hint }) => {
    const where = formatPath(path);
    const placed = where === "" || message.includes(where) ? message : `${where}: ${message}`;
    return hint === undefined ? placed : `${placed}. ${hint}`;
  });
  return [...new Set(lines)].join("\n");
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
