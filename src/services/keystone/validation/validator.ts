/**
 * Validates an object of a request by a schema: as much of JSON Schema as Keystone's schemas use. Of
 * several faults Python's order of dictionaries decides which one is told. Upstream:
 * keystone/common/validation/validators.py at 2014.2 over jsonschema 2 (Draft4Validator).
 */
import {
  bytesRepr,
  dictOrder,
  isObject,
  repr,
  str,
  type Json,
  type JsonObject,
} from "../../../python/index.js";
import { SchemaValidationError } from "../exception.js";

type TypeName = "string" | "boolean" | "null" | "integer" | "array";

/** What a member may be. */
export interface Property {
  readonly type: TypeName | readonly TypeName[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly enum?: readonly Json[];
}

export interface Schema {
  readonly properties: Readonly<Record<string, Property>>;
  readonly required?: readonly string[];
  readonly minProperties?: number;
}

/** @throws SchemaValidationError */
export function validate(schema: Schema, instance: Json): void {
  if (!isObject(instance)) {
    throw new SchemaValidationError({ detail: `${repr(instance)} is not of type 'object'` });
  }
  const keywords = ["type", "additionalProperties", ...Object.keys(schema)];
  for (const keyword of dictOrder(keywords)) {
    if (keyword === "required") checkRequired(schema.required ?? [], instance);
    else if (keyword === "minProperties") checkSize(schema.minProperties ?? 0, instance);
    else if (keyword === "properties") checkProperties(schema.properties, instance);
  }
}

function checkRequired(names: readonly string[], instance: JsonObject): void {
  const missing = names.find((name) => !Object.hasOwn(instance, name));
  if (missing === undefined) return;
  throw new SchemaValidationError({ detail: `${bytesRepr(missing)} is a required property` });
}

function checkSize(least: number, instance: JsonObject): void {
  if (Object.keys(instance).length >= least) return;
  throw new SchemaValidationError({
    detail: `${repr(instance)} does not have enough properties`,
  });
}

function checkProperties(properties: Schema["properties"], instance: JsonObject): void {
  for (const name of dictOrder(Object.keys(properties))) {
    const property = properties[name];
    if (property === undefined || !Object.hasOwn(instance, name)) continue;
    const value = instance[name] ?? null;
    if (!holds(property, value)) {
      const detail = `Invalid input for field '${name}'. The value is '${str(value)}'.`;
      throw new SchemaValidationError({ detail });
    }
  }
}

function holds(property: Property, value: Json): boolean {
  const types: readonly TypeName[] =
    typeof property.type === "string" ? [property.type] : property.type;
  if (!types.some((type) => isOf(type, value))) return false;
  if (property.enum !== undefined && !property.enum.includes(value)) return false;
  if (typeof value !== "string") return true;
  const length = Array.from(value).length;
  return (
    length >= (property.minLength ?? 0) &&
    length <= (property.maxLength ?? Infinity) &&
    (property.pattern?.test(value) ?? true)
  );
}

function isOf(type: TypeName, value: Json): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "integer") return typeof value === "number" && Number.isInteger(value);
  return typeof value === type;
}
