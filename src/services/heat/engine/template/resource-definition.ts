/**
 * What a template says of one resource, functions and all, and the same with nothing left to resolve.
 * Upstream: heat/engine/rsrc_defn.py, heat/engine/hot/template.py (resource_definitions) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  KeyError,
  PythonTypeError,
  repr,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { isObject } from "../../../../python/index.js";
import { InvalidTemplateReference } from "../../exception.js";
import {
  dependencies,
  isSnippetMap,
  resolve,
  TemplateFunction,
  type Referenced,
  type Snippet,
} from "./function.js";
import type { ResourceKeys } from "./language.js";

export type DeletionPolicy = "Delete" | "Retain" | "Snapshot";

export interface ResourceDefinition {
  readonly name: string;
  /** As it is written in its template. */
  readonly source: Json;
  readonly type: string;
  readonly properties: Snippet;
  readonly metadata: Snippet;
  readonly depends: readonly string[];
  readonly deletionPolicy: string | null;
  readonly updatePolicy: Snippet;
}

/** @throws KeyError, PythonTypeError */
export function resourceDefinition(
  name: string,
  source: Json,
  data: Snippet,
  keys: ResourceKeys,
): ResourceDefinition {
  const snippets = isSnippetMap(data) ? data : {};
  const field = (key: string, kind: string, fits: (value: Snippet) => boolean): Snippet => {
    const value = Object.hasOwn(snippets, key) ? (snippets[key] ?? null) : undefined;
    if (value === undefined) return null;
    if (fits(value)) return value;
    // Upstream forgot the space.
    throw new PythonTypeError(`Resource ${name} ${key} typemust be ${kind}`);
  };
  const text = (key: string): string | null => {
    const value = field(key, "string", (found) => typeof found === "string");
    return typeof value === "string" ? value : null;
  };
  const mapping = (key: string): Snippet =>
    field(key, "object", (found) => isSnippetMap(found) || found instanceof TemplateFunction);

  const type = text(keys.type);
  if (type === null) throw new KeyError(repr(`Resource ${name} is missing "${keys.type}"`));
  const [properties, metadata] = [mapping(keys.properties), mapping(keys.metadata)];
  const depends = field(
    keys.dependsOn,
    "list or string",
    (found) => typeof found === "string" || Array.isArray(found),
  );
  return {
    name,
    source,
    type,
    properties,
    metadata,
    depends: namesIn(depends),
    deletionPolicy: text(keys.deletionPolicy),
    updatePolicy: mapping(keys.updatePolicy),
  };
}

function namesIn(depends: Snippet): string[] {
  if (typeof depends === "string") return [depends];
  if (!Array.isArray(depends)) return [];
  return (depends as readonly Snippet[]).map((name) =>
    typeof name === "string" ? name : JSON.stringify(name),
  );
}

/**
 * The resources that one depends on: those that it names, and those in its properties and metadata.
 * @throws InvalidTemplateReference
 */
export function* requirements(
  definition: ResourceDefinition,
  resource: (name: string) => Referenced | undefined,
): Op<Referenced[]> {
  const { name, depends, properties, metadata } = definition;
  const named = depends.map((required) => {
    const found = resource(required);
    if (found !== undefined) return found;
    throw new InvalidTemplateReference({ resource: required, key: name });
  });
  const referred = [
    ...(yield* dependencies(properties, `${name}.Properties`)),
    ...(yield* dependencies(metadata, `${name}.Metadata`)),
  ].filter(({ strictDependency }) => strictDependency);
  return [...named, ...referred];
}

/** Of `metadata`. */
export function* metadataOf({ metadata }: ResourceDefinition): Op<JsonObject> {
  const resolved: Json = yield* resolve(metadata);
  return isObject(resolved) ? resolved : {};
}
