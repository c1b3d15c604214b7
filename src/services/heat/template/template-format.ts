/**
 * Texts of templates: JSON, and what is none is YAML. Dates stay texts, so that a version may stand
 * without quotes. A text is only judged by its length; aliases of YAML are followed, as PyYAML does, up
 * to a number that nobody writes. Not what a template must hold. Upstream:
 * heat/common/template_format.py at 2014.2.
 */
import { parseDocument, type YAMLError } from "yaml";
import { isMapping, setMember, toJson, ValueError, type Json } from "../../../python/index.js";
import { isObject, type JsonObject } from "../../../python/index.js";
import { RequestLimitExceeded } from "../exception.js";

/** PyYAML shares what an alias names and copies nothing; what is copied here must end somewhere. */
const MOST_COPIES = 10_000;

const TIMESTAMP = /:timestamp$/u;

/** `simple_parse`. @throws ValueError */
export function simpleParse(text: string): Json {
  const json = asJson(text);
  if (json !== undefined) return json;
  const document = parseDocument(text, {
    version: "1.1",
    prettyErrors: false,
    uniqueKeys: false,
    customTags: (tags) => tags.filter((tag) => typeof tag === "string" || !TIMESTAMP.test(tag.tag)),
  });
  const [error] = document.errors;
  if (error !== undefined) throw new ValueError(words(error, text));
  const value: unknown = valueOf(() =>
    document.toJS({ maxAliasCount: MOST_COPIES, mapAsMap: true }),
  );
  return value === null || value === undefined ? {} : plain(value);
}

/** @throws ValueError where aliases multiply, or lead nowhere */
function valueOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof ReferenceError) throw new ValueError(error.message);
    throw error;
  }
}

/** A value of YAML as JSON has it: keys are texts. */
function plain(value: unknown): Json {
  if (value instanceof Map) {
    const object: Record<string, Json> = {};
    for (const [key, member] of value) setMember(object, keyOf(key), plain(member));
    return object;
  }
  if (value instanceof Set) {
    return plain(new Map([...value].map((key: unknown) => [key, null])));
  }
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array) return "";
  return isMapping(value) ? null : toJson(value);
}

const keyOf = (key: unknown): string => (typeof key === "string" ? key : JSON.stringify(key));

function asJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** PyYAML's errors end in the place; the words before it are those of the library here. */
function words({ message, pos: [at] }: YAMLError, text: string): string {
  const before = text.slice(0, at).split("\n");
  const column = (before.at(-1) ?? "").length + 1;
  return `${message}\n  in "<unicode string>", line ${String(before.length)}, column ${String(column)}`;
}

const VERSIONS = ["HeatTemplateFormatVersion", "heat_template_version", "AWSTemplateFormatVersion"];

/**
 * `parse`: a template out of its text.
 * @param limit `max_template_size`, in characters
 * @throws RequestLimitExceeded, ValueError
 */
export function parseTemplate(text: string, limit: number): JsonObject {
  if (text.length > limit) {
    const message = `Template exceeds maximum allowed size (${String(limit)} bytes)`;
    throw new RequestLimitExceeded({ message });
  }
  const template = simpleParse(text);
  if (!isObject(template)) {
    throw new ValueError("The template is not a JSON object or YAML mapping.");
  }
  if (!VERSIONS.some((version) => Object.hasOwn(template, version))) {
    throw new ValueError("Template format version not found.");
  }
  return template;
}
