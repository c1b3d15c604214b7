/**
 * One condition of a simple query: `q.field`, `q.op`, `q.value`, `q.type`. Upstream:
 * ceilometer/api/controllers/v2.py (Query) at 2014.2.
 */
import {
  parseInteger,
  pythonLiteral,
  repr,
  strictBoolean,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import type { Parameter } from "../wsme/arguments.js";
import { ClientSideError } from "../wsme/errors.js";

export interface Query {
  readonly field: Parameter;
  readonly op: Parameter;
  readonly value: Parameter;
  readonly type: Parameter;
}

export const QUERY_ATTRIBUTES = ["field", "op", "value", "type"] as const;

/** `eq` unless it says otherwise. */
export const opOf = ({ op }: Query): string => op ?? "eq";

/** What a parameter is in a text of Python's. */
const shown = (value: Parameter): string => (value === undefined ? "Unset" : repr(value));

/** `repr(query)`. */
export const queryRepr = (query: Query): string =>
  `<Query ${shown(query.field)} ${opOf(query)} ${shown(query.value)} ${shown(query.type)}>`;

/** As a rule keeps it: what was not said is not there. */
export const queryDict = (query: Query): JsonObject => ({
  ...(query.field !== undefined && { field: query.field }),
  op: opOf(query),
  ...(query.type !== undefined && { type: query.type }),
  ...(query.value !== undefined && { value: query.value }),
});

const SUPPORTED = ["integer", "float", "string", "boolean"];

/** `_supported_types`, and how dates among them are read. */
interface ValueTypes {
  readonly supported?: readonly string[];
  /** @throws ValueError */
  readonly datetime?: (text: string) => string;
}

/** `_get_value_as_type`. @throws ClientSideError */
export function valueAs(
  query: Query,
  forced?: "boolean",
  { supported = SUPPORTED, datetime }: ValueTypes = {},
): Json {
  const type = forced ?? query.type ?? "";
  const { value } = query;
  if (type === "") return literal(value ?? null);
  const converted = supported.includes(type) ? convert(value, type, datetime) : undefined;
  if (converted instanceof ValueError) {
    throw new ClientSideError(
      `Unable to convert the value ${said(value)} to the expected data type ${type}.`,
    );
  }
  if (converted !== undefined) return converted;
  const known = repr(supported, "");
  throw new ClientSideError(
    `The data type ${type} is not supported. The supported data type list is: ${known}`,
  );
}

const said = (value: Parameter): string => (value === undefined ? "Unset" : (value ?? "None"));

/** @returns undefined where Python has a TypeError */
function convert(
  value: Parameter,
  type: string,
  datetime?: (text: string) => string,
): Json | ValueError | undefined {
  if (type === "string") return said(value);
  if (type === "boolean") return strictBoolean(said(value)) ?? new ValueError();
  if (value === null || value === undefined) return undefined;
  if (type === "datetime") return raised(() => datetime?.(value));
  if (type === "integer") return parseInteger(value) ?? new ValueError();
  const number = value.trim() === "" ? NaN : Number(value);
  return Number.isFinite(number) ? number : new ValueError();
}

function raised<T>(read: () => T): T | ValueError {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValueError) return error;
    throw error;
  }
}

/** `ast.literal_eval`; what is none is the text itself. */
function literal(value: string | null): Json {
  if (value === null) return null;
  try {
    return pythonLiteral(value);
  } catch (error) {
    if (error instanceof ValueError) return value;
    throw error;
  }
}
