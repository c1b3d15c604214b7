/**
 * Values that are more than their words: `start=1.2.3.4,end=1.2.3.9` and those of `type=`. Upstream:
 * neutronclient/common/utils.py (str2dict, str2bool), neutron/v2_0/__init__.py (is_number), 2.3.9.
 */
import {
  Exception,
  parseInteger,
  repr,
  ValueError,
  type Json,
  type JsonObject,
} from "../../python/index.js";
import { InvalidArgument, type ArgumentType } from "../shell/parser/index.js";

/** `key1=value1,key2=value2`. @throws ValueError if a part has no `=` */
export function dictOf(text: string): JsonObject {
  if (text === "") return {};
  const pairs = text.split(",").map((part, i): [string, string] => {
    const equals = part.indexOf("=");
    if (equals >= 0) return [part.slice(0, equals), part.slice(equals + 1)];
    const what = `dictionary update sequence element #${String(i)}`;
    throw new ValueError(`${what} has length 1; 2 is required`);
  });
  return Object.fromEntries(pairs);
}

/** The type of an option that takes such a text; the text stays as it is. */
export const dictText: ArgumentType = (text) => {
  asDict(text);
  return text;
};

function asDict(text: string): JsonObject {
  try {
    return dictOf(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new InvalidArgument(`invalid str2dict value: ${repr(text)}`);
  }
}

type ValueType = (text: string) => Json;

const FLOAT = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

const TYPES: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ["int", integer],
  ["long", integer],
  ["float", real],
  ["bool", (text) => text.toLowerCase() === "true"],
  ["dict", asDict],
  ["list", (text) => Array.from(text)],
  ["str", (text) => text],
  ["unicode", (text) => text],
]);

/** What `type=name` asks for. @throws Exception as `eval` does for what is no name of a type */
export function typeOf(name: string): ValueType {
  const type = TYPES.get(name);
  if (type !== undefined) return type;
  if (name === "") throw new Exception("unexpected EOF while parsing (<string>, line 0)");
  throw new Exception(`name '${name}' is not defined`);
}

function integer(text: string): Json {
  const value = parseInteger(text);
  if (value === undefined) throw new InvalidArgument(`invalid int value: ${repr(text)}`);
  return value;
}

function real(text: string): Json {
  if (!FLOAT.test(text)) throw new InvalidArgument(`invalid float value: ${repr(text)}`);
  return Number(text);
}

/** What `float` or `complex` takes: a minus before it begins no option. */
export const isNumber = (text: string): boolean =>
  FLOAT.test(text) || /^\s*[+-]?(nan|inf(inity)?)\s*$/i.test(text) || /^[+-]?[\d.]+j$/i.test(text);
