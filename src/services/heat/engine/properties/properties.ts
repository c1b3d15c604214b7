/**
 * The properties of a resource: what its template gives, resolved and judged by what its type says. Texts
 * of errors are put together on the way out, a level of nesting at a time. Upstream:
 * heat/engine/properties.py (Property, Properties) at 2014.2.
 */
import { caught, type Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  noAttribute,
  PythonTypeError,
  repr,
  setMember,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { StackValidationFailed } from "../../exception.js";
import type { LookUps } from "../parameters/constraints.js";
import { validateConstraints } from "../parameters/schema.js";
import { numberOf } from "../parameters/values.js";
import { dependencies, isSnippetMap, resolve, type Snippet } from "../template/function.js";
import type { PropertySchema, PropertySchemata } from "./schema.js";

export class Properties {
  readonly schemata: PropertySchemata;
  readonly #data: Readonly<Record<string, Snippet>>;
  /** What is put before an error of a nested one. */
  readonly #prefix: string;
  readonly #lookUps: LookUps;

  constructor(
    schemata: PropertySchemata,
    data: Snippet,
    lookUps: LookUps,
    parent: string | undefined,
  ) {
    this.schemata = schemata;
    this.#data = isSnippetMap(data) ? data : {};
    this.#prefix = parent === undefined ? "" : `${parent}: `;
    this.#lookUps = lookUps;
  }

  /** What the template gives, as it is. */
  get data(): Readonly<Record<string, Snippet>> {
    return this.#data;
  }

  get names(): readonly string[] {
    return dictOrder([...this.schemata.keys()]);
  }

  /** @throws StackValidationFailed */
  *validate(withValues = true): Op<void> {
    for (const name of this.names) {
      if (withValues) yield* this.#validateValue(name);
      if (this.schemata.get(name)?.implemented !== false || !Object.hasOwn(this.#data, name)) {
        continue;
      }
      throw new StackValidationFailed({ message: `Property ${name} not implemented yet` });
    }
    for (const name of dictOrder(Object.keys(this.#data))) {
      if (this.schemata.has(name)) continue;
      throw new StackValidationFailed({ message: `Unknown Property ${name}` });
    }
  }

  *#validateValue(name: string): Op<void> {
    try {
      yield* this.#value(name, true);
    } catch (thrown) {
      const error = yield* caught(thrown);
      if (!(error instanceof ValueError)) throw error;
      throw new StackValidationFailed({ message: `Property error : ${error.message}` });
    }
  }

  /** The value of a property. @throws ValueError */
  get(name: string): Op<Json> {
    return this.#value(name, false);
  }

  /** What stands for a value of its kind that is not there. */
  nothing(name: string): Json {
    const schema = this.schemata.get(name);
    return schema === undefined ? null : otherwise(schema);
  }

  /** All of them, by name. @throws ValueError */
  *all(): Op<JsonObject> {
    const values: Record<string, Json> = {};
    for (const name of this.names) setMember(values, name, yield* this.get(name));
    return values;
  }

  *#value(name: string, validate: boolean): Op<Json> {
    const schema = this.schemata.get(name);
    if (schema === undefined) throw new ValueError(`${this.#prefix}Invalid Property ${name}`);
    if (Object.hasOwn(this.#data, name)) {
      try {
        const snippet = this.#data[name] ?? null;
        const judged = validate && !(yield* hasUncreated(snippet));
        const value = yield* resolve(snippet);
        return yield* this.#typed(name, schema, value, judged);
      } catch (thrown) {
        const error = yield* caught(thrown);
        throw new ValueError(`${this.#prefix}${name} ${error.message}`);
      }
    }
    if (schema.default !== null) return schema.default;
    if (schema.required) throw new ValueError(`${this.#prefix}Property ${name} not assigned`);
    return null;
  }

  /** `get_value`. */
  *#typed(name: string, schema: PropertySchema, given: Json, validate: boolean): Op<Json> {
    const value = yield* this.#converted(name, schema, given ?? otherwise(schema), validate);
    if (given !== null && validate) yield* validateConstraints(schema, value, this.#lookUps);
    return value;
  }

  *#converted(name: string, schema: PropertySchema, value: Json, validate: boolean): Op<Json> {
    const { kind } = schema.type;
    switch (kind) {
      case "STRING":
        if (typeof value === "string") return value;
        throw new ValueError("Value must be a string");
      case "INTEGER":
        return integerOf(value);
      case "NUMBER":
        return numberOf(value);
      case "BOOLEAN":
        return booleanOf(value);
      case "MAP": {
        if (!isObject(value)) throw new PythonTypeError(`"${str(value)}" is not a map`);
        if (!(schema.schema instanceof Map)) return value;
        return yield* this.#children(name, schema.schema, value, validate);
      }
      case "LIST": {
        if (!Array.isArray(value)) throw new PythonTypeError(`"${repr(value)}" is not a list`);
        const items = value as readonly Json[];
        if (schema.schema === undefined || schema.schema instanceof Map) return items;
        const one = schema.schema as PropertySchema;
        const each = new Map(items.map((_item, index) => [String(index), one]));
        const data = Object.fromEntries(items.map((item, index) => [String(index), item]));
        const children = yield* this.#children(name, each, data, validate);
        return items.map((_item, index) => children[String(index)] ?? null);
      }
      default:
        return kind satisfies never;
    }
  }

  /** @throws StackValidationFailed whose text begins anew: `Property error : `, at each level */
  *#children(
    name: string,
    schemata: PropertySchemata,
    data: JsonObject,
    validate: boolean,
  ): Op<JsonObject> {
    const children = new Properties(schemata, data, this.#lookUps, name);
    if (validate) yield* children.validate();
    return yield* children.all();
  }
}

/** What stands for a value that is not there yet. */
function otherwise({ type, default: value }: PropertySchema): Json {
  if (value !== null && value !== false && value !== "" && value !== 0) return value;
  switch (type.kind) {
    case "STRING":
      return "";
    case "INTEGER":
    case "NUMBER":
      return 0;
    case "BOOLEAN":
      return false;
    case "MAP":
      return {};
    case "LIST":
      return [];
    default:
      return type.kind satisfies never;
  }
}

/** Whether a value depends on a resource that is not there yet. */
function* hasUncreated(snippet: Snippet): Op<boolean> {
  return (yield* dependencies(snippet)).some(({ action }) => action === "INIT");
}

/** `int(value)`. */
function integerOf(value: Json): number {
  if (typeof value === "string") {
    if (/^\s*[+-]?\d+\s*$/u.test(value)) return Number(value);
    throw new PythonTypeError(`Value '${value}' is not an integer`);
  }
  return Math.trunc(numberOf(value));
}

function booleanOf(value: Json): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") throw noAttribute(value, "lower");
  const word = value.toLowerCase();
  if (word === "true" || word === "false") return word === "true";
  throw new ValueError(`"${word}" is not a valid boolean`);
}
