/**
 * What a resource type says of its properties. Upstream: heat/engine/properties.py (Schema) at 2014.2.
 */
import type { Json } from "../../../../python/index.js";
import type { Constraint } from "../parameters/constraints.js";
import type { DataKind, DataType } from "../parameters/values.js";

export interface PropertySchema {
  readonly type: DataType;
  readonly required: boolean;
  /** Null where there is none. */
  readonly default: Json;
  readonly constraints: readonly Constraint[];
  readonly updateAllowed: boolean;
  /** Whether a change of it is refused, instead of replacing the resource. */
  readonly immutable: boolean;
  /** Whether it may be written at all: some of Amazon's may not. */
  readonly implemented: boolean;
  /** Of a list's items, or of a map's members. */
  readonly schema: PropertySchema | PropertySchemata | undefined;
}

export type PropertySchemata = ReadonlyMap<string, PropertySchema>;

interface PropertyOptions {
  readonly required?: boolean;
  readonly default?: Json;
  readonly constraints?: readonly Constraint[];
  /** Whether it may change in place. */
  readonly update?: boolean;
  readonly immutable?: boolean;
  /** Default: it is. */
  readonly implemented?: boolean;
}

const WORDS: Readonly<Record<DataKind, string>> = {
  STRING: "String",
  INTEGER: "Integer",
  NUMBER: "Number",
  BOOLEAN: "Boolean",
  MAP: "Map",
  LIST: "List",
};

const property = (
  kind: DataKind,
  options: PropertyOptions,
  schema?: PropertySchema["schema"],
): PropertySchema => ({
  type: { kind, word: WORDS[kind] },
  required: options.required ?? false,
  default: options.default ?? null,
  constraints: options.constraints ?? [],
  updateAllowed: options.update ?? false,
  immutable: options.immutable ?? false,
  implemented: options.implemented ?? true,
  schema,
});

/** `from_parameter`: a parameter of a template as a property of the resource that the template stands for. */
export const propertyOfParameter = ({
  type: { kind },
  default: value,
  constraints,
}: ParameterLike): PropertySchema =>
  property(kind, { required: value === null, constraints, update: true });

interface ParameterLike {
  readonly type: DataType;
  readonly default: Json;
  readonly constraints: readonly Constraint[];
}

export const text = (options: PropertyOptions = {}): PropertySchema => property("STRING", options);
export const integer = (options: PropertyOptions = {}): PropertySchema =>
  property("INTEGER", options);
export const number = (options: PropertyOptions = {}): PropertySchema =>
  property("NUMBER", options);
export const boolean = (options: PropertyOptions = {}): PropertySchema =>
  property("BOOLEAN", options);

/** Amazon's, which Heat knows by name and refuses. */
export const notImplemented = (kind: DataKind = "STRING"): PropertySchema =>
  property(kind, { implemented: false });

export const map = (
  options: PropertyOptions = {},
  members?: Readonly<Record<string, PropertySchema>>,
): PropertySchema => property("MAP", options, members && schemata(members));

export const list = (options: PropertyOptions = {}, items?: PropertySchema): PropertySchema =>
  property("LIST", options, items);

export const schemata = (members: Readonly<Record<string, PropertySchema>>): PropertySchemata =>
  new Map(Object.entries(members));
