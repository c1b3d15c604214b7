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
  { required = false, default: value = null, constraints = [], update = false }: PropertyOptions,
  schema?: PropertySchema["schema"],
): PropertySchema => ({
  type: { kind, word: WORDS[kind] },
  required,
  default: value,
  constraints,
  updateAllowed: update,
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

export const map = (
  options: PropertyOptions = {},
  members?: Readonly<Record<string, PropertySchema>>,
): PropertySchema => property("MAP", options, members && schemata(members));

export const list = (options: PropertyOptions = {}, items?: PropertySchema): PropertySchema =>
  property("LIST", options, items);

export const schemata = (members: Readonly<Record<string, PropertySchema>>): PropertySchemata =>
  new Map(Object.entries(members));
