/**
 * Simple queries as a client writes them: `field op [type::]value`, with semicolons between, and what of them
 * stands in a URL. Upstream: python-ceilometerclient 1.0.12 `ceilometerclient/v2/options.py`.
 */
import { quotePlus, ValueError } from "../../../python/index.js";

export interface QueryTerm {
  readonly field: string;
  readonly op: string;
  readonly value: string;
  readonly type: string;
}

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ["!=", "ne"],
  [">=", "ge"],
  ["<=", "le"],
  [">", "gt"],
  ["<", "lt"],
  ["=", "eq"],
]);

/** `cli_to_array`. @throws ValueError */
export function queryTerms(text: string): QueryTerm[] {
  return text.split(";").map((query) => {
    const wrong = (missing: string): ValueError =>
      new ValueError(`invalid query ${query}: missing ${missing}`);
    const [, field, operator, rest] = /^(.*?)(!=|>=|<=|>|<|=)(.*)$/s.exec(query) ?? [];
    const op = OPERATORS.get(operator ?? "");
    if (field === undefined || rest === undefined || op === undefined) throw wrong("operator");
    if (field === "") throw wrong("field");
    if (rest === "") throw wrong("value");
    const [, type = "", value = rest] =
      /^(string|integer|float|datetime|boolean)::(.+)$/.exec(rest) ?? [];
    return { field, op, value, type };
  });
}

/** `build_url`: the parameters of a query in the order of their names, each with all its values; then `params`. */
export function buildUrl(
  path: string,
  query: readonly Partial<QueryTerm>[] | undefined,
  params: readonly string[] = [],
): string {
  const names = ["field", "op", "type", "value"] as const;
  const pairs = (query ?? []).length === 0 ? [] : names;
  const parts = pairs.flatMap((name) =>
    (query ?? []).map((term) => `q.${name}=${quotePlus(term[name] ?? "")}`),
  );
  const all = [...parts, ...params];
  return all.length === 0 ? path : `${path}?${all.join("&")}`;
}
