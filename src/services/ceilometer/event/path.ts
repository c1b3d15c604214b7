/**
 * The paths by which a trait's definition names members of a notification: `payload.host`, `payload[host]`,
 * `payload.'a.b'`, `payload.*`, `payload.list[0]`, and several with `|` between. What else JSONPath has is refused when
 * it is read. Upstream: the library jsonpath_rw 1.4, as ceilometer/event/converter.py at 2014.2 uses it.
 */
import { isObject, type Json } from "../../../python/index.js";

/** A value that was found, and the way to it. */
export interface PathMatch {
  readonly path: string;
  readonly value: Json;
}

export type FieldPath = (body: Json) => readonly PathMatch[];

/** For whoever wrote it: from where on it cannot be read. */
export class PathError extends Error {}

type Step =
  | { readonly kind: "member"; readonly name: string }
  | { readonly kind: "all" }
  | { readonly kind: "item"; readonly at: number }
  | { readonly kind: "items" };

const STEP =
  /\s*(?:(\.)?\s*(?:([A-Za-z_][\w-]*)|'([^']*)'|"([^"]*)"|(\*))|\[\s*(?:(\d+)|(\*)|'([^']*)'|"([^"]*)"|([A-Za-z_][\w-]*))\s*\])\s*/y;

/** @throws PathError */
export function parsePath(text: string): FieldPath {
  const ways = text.split("|").map((part) => stepsOf(part.trim().replace(/^\((.*)\)$/s, "$1")));
  return (body) => ways.flatMap((steps) => walked(steps, [{ path: "", value: body }]));
}

function stepsOf(text: string): readonly Step[] {
  const steps: Step[] = [];
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const at = STEP.lastIndex;
    const found = STEP.exec(text);
    const [, dot, ...rest] = found ?? [];
    const bracketed = found?.[0].trim().startsWith("[") === true;
    const joined = bracketed || (steps.length === 0) !== (dot !== undefined);
    if (found === null || !joined) throw new PathError(`Parse error near ${text.slice(at)}`);
    steps.push(stepOf(rest));
  }
  if (steps.length === 0) throw new PathError("Parse error near the end of string!");
  return steps;
}

function stepOf(found: readonly (string | undefined)[]): Step {
  const [bare, single, double, all, at, items, ...inBrackets] = found;
  if (all !== undefined) return { kind: "all" };
  if (at !== undefined) return { kind: "item", at: Number(at) };
  if (items !== undefined) return { kind: "items" };
  const name = bare ?? single ?? double ?? inBrackets.find((each) => each !== undefined) ?? "";
  return { kind: "member", name };
}

const walked = (steps: readonly Step[], from: readonly PathMatch[]): readonly PathMatch[] =>
  steps.reduce((found, step) => found.flatMap((match) => next(step, match)), from);

function next(step: Step, { path, value }: PathMatch): readonly PathMatch[] {
  const below = (name: string, member: Json): PathMatch => ({
    path: path === "" ? name : `${path}.${name}`,
    value: member,
  });
  const list = Array.isArray(value) ? (value as readonly Json[]) : undefined;
  switch (step.kind) {
    case "member":
      return isObject(value) && Object.hasOwn(value, step.name)
        ? [below(step.name, value[step.name] ?? null)]
        : [];
    case "all":
      return isObject(value)
        ? Object.entries(value).map(([name, member]) => below(name, member))
        : [];
    case "item":
      return (list ?? []).slice(step.at, step.at + 1).map((each) => below(`[${step.at}]`, each));
    case "items":
      return (list ?? []).map((each, at) => below(`[${at}]`, each));
  }
}
