/**
 * What values of parameters and properties may be: a range, a length, some values, a pattern, or what a
 * service knows. A pattern is written in Python's language, of which look-around and references back are
 * not simulated: one that has some is refused like one that is none. Upstream:
 * heat/engine/constraints.py (Constraint and its classes) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { Exception, length, repr, str, ValueError, type Json } from "../../../../python/index.js";
import { PatternError } from "../../../../text/pattern-error.js";
import { pattern as patternOf, type Pattern } from "../../../../text/pattern.js";
import { InvalidSchemaError } from "../../exception.js";
import { numberOf, toSchemaType, type DataType } from "./values.js";

/** What a service answers to the name of one of its things. */
export type Verdict =
  { readonly kind: "there" } | { readonly kind: "missing"; readonly message: string };

/** Custom constraints by name: `nova.flavor`. They ask anew each time. */
export type LookUps = ReadonlyMap<string, (value: Json) => Op<Verdict>>;

export type Constraint = { readonly description: Json } & (
  | { readonly kind: "Range" | "Length"; readonly min: number | null; readonly max: number | null }
  | { readonly kind: "AllowedValues"; readonly allowed: readonly Json[] }
  | { readonly kind: "AllowedPattern"; readonly pattern: string; readonly compiled: Pattern }
  | { readonly kind: "CustomConstraint"; readonly name: string }
);

const invalid = (message: string): InvalidSchemaError => new InvalidSchemaError({ message });

/** A bound as it is written: a text that is a number counts as one. @throws ValueError */
const bound = (value: Json | undefined): number | null =>
  value === undefined || value === null ? null : numberOf(value);

/** @throws InvalidSchemaError, ValueError, PythonTypeError */
export function range(
  kind: "Range" | "Length",
  [low, high]: readonly [Json | undefined, Json | undefined],
  description: Json = null,
): Constraint {
  const [min, max] = [bound(low), bound(high)];
  if (min === null && max === null) {
    const what = kind === "Range" ? "range" : "length";
    throw invalid(`A ${what} constraint must have a min value and/or a max value specified.`);
  }
  if (kind === "Length" && ![min, max].every((end) => end === null || Number.isInteger(end))) {
    throw invalid("min/max length must be integral");
  }
  return { kind, min, max, description };
}

/** @throws InvalidSchemaError */
export function allowedValues(allowed: Json, description: Json = null): Constraint {
  if (!Array.isArray(allowed)) throw invalid("AllowedValues must be a list");
  return { kind: "AllowedValues", allowed: allowed as readonly Json[], description };
}

/** @throws InvalidSchemaError; `sre_constants.error` */
export function allowedPattern(pattern: Json, description: Json = null): Constraint {
  if (typeof pattern !== "string") throw invalid("AllowedPattern must be a string");
  return { kind: "AllowedPattern", pattern, compiled: compiled(pattern), description };
}

/** What the module `re` raises. */
class PatternFault extends Exception {
  static override readonly module: string = "sre_constants";
  override readonly name: string = "error";
}

/** Python's match begins at the start of a text, and must come to its end. */
function compiled(pattern: string): Pattern {
  try {
    return patternOf(`^(?:${pattern})$`, { lines: false });
  } catch (error) {
    if (error instanceof PatternError) throw new PatternFault(error.message);
    throw error;
  }
}

export const custom = (name: string, description: Json = null): Constraint => ({
  kind: "CustomConstraint",
  name,
  description,
});

/**
 * @param type of the parameter or property
 * @throws ValueError with the constraint's description, or else its own words
 */
export function* check(
  constraint: Constraint,
  value: Json,
  type: DataType,
  lookUps: LookUps,
): Op<void> {
  const wrong = yield* fault(constraint, value, type, lookUps);
  if (wrong === undefined) return;
  const { description } = constraint;
  throw new ValueError(typeof description === "string" && description !== "" ? description : wrong);
}

/** What is wrong with a value; undefined if nothing is. */
function* fault(
  constraint: Constraint,
  value: Json,
  type: DataType,
  lookUps: LookUps,
): Op<string | undefined> {
  switch (constraint.kind) {
    case "Range": {
      if (isWithin(numberOf(value), constraint)) return undefined;
      return `${str(value)} is out of range ${bounds(constraint)}`;
    }
    case "Length": {
      const size = length(value);
      if (isWithin(size, constraint)) return undefined;
      return `length (${String(size)}) is out of range ${bounds(constraint)}`;
    }
    case "AllowedValues": {
      const { allowed } = constraint;
      if (isAllowed(value, allowed, type)) return undefined;
      return `"${str(value)}" is not an allowed value [${allowed.map(str).join(", ")}]`;
    }
    case "AllowedPattern":
      if (constraint.compiled.test(str(value)) === true) return undefined;
      return `"${str(value)}" does not match pattern "${constraint.pattern}"`;
    case "CustomConstraint": {
      const { name } = constraint;
      const lookUp = lookUps.get(name);
      if (lookUp === undefined) {
        return `"${str(value)}" does not validate ${name} (constraint not found)`;
      }
      const verdict = yield* lookUp(value);
      if (verdict.kind === "there") return undefined;
      return `Error validating value ${repr(value)}: ${verdict.message}`;
    }
    default:
      return constraint satisfies never;
  }
}

interface Bounds {
  readonly min: number | null;
  readonly max: number | null;
}

const isWithin = (value: number, { min, max }: Bounds): boolean =>
  (min === null || value >= min) && (max === null || value <= max);

const bounds = ({ min, max }: Bounds): string => `(min: ${str(min)}, max: ${str(max)})`;

/** Of a list, each item. Others are compared as values of the type. @throws ValueError */
function isAllowed(value: Json, allowed: readonly Json[], type: DataType): boolean {
  const among = (one: Json, all: readonly Json[]): boolean =>
    all.some((other) => repr(other) === repr(one));
  if (Array.isArray(value)) return (value as readonly Json[]).every((one) => among(one, allowed));
  const typed = allowed.map((other) => toSchemaType(other, type));
  return among(toSchemaType(value, type), typed);
}
