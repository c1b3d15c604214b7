/**
 * Functions of templates, and what is done with a snippet that has some in it: resolve, validate, list
 * the resources that it depends on. Resolving may ask services, so it is an operation. Upstream:
 * heat/engine/function.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import { dictOrder, setMember, type Json } from "../../../../python/index.js";

/** A resource, as functions refer to it. */
export interface Referenced {
  readonly name: string;
  readonly action: string;
  readonly status: string;
  /** `strict_dependency`: whether it must be there before who refers to it. */
  readonly strictDependency: boolean;
  /** The names that `get_attr` may ask for; undefined where any may be. */
  readonly attributeNames: readonly string[] | undefined;
  /** `FnGetRefId`. */
  reference(): Op<string>;
  /** `FnGetAtt`. @throws InvalidTemplateAttribute */
  attribute(key: Json, path?: readonly Json[]): Op<Json>;
}

/** The stack, as functions see it. */
export interface FunctionScope {
  /** @throws UserParameterMissing for one without a value; undefined for a name that there is not */
  parameter(name: string): Json | undefined;
  resource(name: string): Referenced | undefined;
  /** Whether the template has a resource of that name, made or not. */
  hasResource(name: string): boolean;
  readonly files: Readonly<Record<string, Json>>;
  /** The section of that name. */
  mappings(): Json;
  /** Those that Nova has. */
  availabilityZones(): Op<readonly string[]>;
  /** The resource that the template stands for, if it does. */
  readonly facade: TemplateFacade | undefined;
}

/** A resource, as the template sees it that stands for it. */
export interface TemplateFacade {
  readonly definition: {
    readonly deletionPolicy: string | null;
    readonly updatePolicy: Snippet;
  };
  metadata(): Op<Json>;
}

/** A part of a template in which functions have been found. */
export type Snippet = Json | TemplateFunction | readonly Snippet[] | SnippetMap;

export interface SnippetMap {
  readonly [key: string]: Snippet;
}

export abstract class TemplateFunction {
  protected readonly scope: FunctionScope;
  readonly name: string;
  readonly args: Snippet;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    this.scope = scope;
    this.name = name;
    this.args = args;
  }

  /** Looks at the arguments without resolving them. @throws what upstream raises */
  *validate(): Op<void> {
    yield* validate(this.args);
  }

  dependencies(path: string): Op<Referenced[]> {
    return dependencies(this.args, `${path}.${this.name}`);
  }

  abstract result(): Op<Json>;
}

/** Whether it is a dictionary of the template. */
export const isSnippetMap = (snippet: Snippet | undefined): snippet is SnippetMap =>
  typeof snippet === "object" &&
  snippet !== null &&
  !Array.isArray(snippet) &&
  !(snippet instanceof TemplateFunction);

export const isSnippetList = (snippet: Snippet | undefined): snippet is readonly Snippet[] =>
  Array.isArray(snippet);

/** `resolve`: the snippet as JSON. */
export function* resolve(snippet: Snippet): Op<Json> {
  if (snippet instanceof TemplateFunction) return yield* snippet.result();
  if (isSnippetList(snippet)) {
    const items: Json[] = [];
    for (const item of snippet) items.push(yield* resolve(item));
    return items;
  }
  if (!isSnippetMap(snippet)) return snippet;
  const object: Record<string, Json> = {};
  for (const key of dictOrder(Object.keys(snippet))) {
    setMember(object, key, yield* resolve(snippet[key] ?? null));
  }
  return object;
}

export function* validate(snippet: Snippet): Op<void> {
  if (snippet instanceof TemplateFunction) {
    yield* snippet.validate();
  } else if (isSnippetList(snippet)) {
    for (const item of snippet) yield* validate(item);
  } else if (isSnippetMap(snippet)) {
    for (const key of dictOrder(Object.keys(snippet))) yield* validate(snippet[key] ?? null);
  }
}

/** The resources that functions in the snippet refer to. @throws InvalidTemplateReference */
export function* dependencies(snippet: Snippet, path = ""): Op<Referenced[]> {
  if (snippet instanceof TemplateFunction) return yield* snippet.dependencies(path);
  const found: Referenced[] = [];
  if (isSnippetList(snippet)) {
    for (const [index, item] of snippet.entries()) {
      found.push(...(yield* dependencies(item, `${path}[${String(index)}]`)));
    }
  } else if (isSnippetMap(snippet)) {
    for (const key of dictOrder(Object.keys(snippet))) {
      found.push(...(yield* dependencies(snippet[key] ?? null, `${path}.${key}`)));
    }
  }
  return found;
}

/** How a function is made of its arguments. @throws ValueError, PythonTypeError, KeyError */
export type FunctionClass = new (
  scope: FunctionScope,
  name: string,
  args: Snippet,
) => TemplateFunction;

/** `parse`: a dictionary of one key that is a function's name is always a call of it. */
export function parse(
  functions: ReadonlyMap<string, FunctionClass>,
  scope: FunctionScope,
  snippet: Json,
): Snippet {
  const recurse = (inner: Json): Snippet => parse(functions, scope, inner);
  if (typeof snippet !== "object" || snippet === null) return snippet;
  if (Array.isArray(snippet)) return (snippet as readonly Json[]).map(recurse);
  const members = Object.entries(snippet as Readonly<Record<string, Json>>);
  const [[name, args] = ["", null]] = members;
  const Function = members.length === 1 ? functions.get(name) : undefined;
  if (Function !== undefined) return new Function(scope, name, recurse(args));
  const object: Record<string, Snippet> = {};
  for (const [key, member] of members) setMember(object, key, recurse(member));
  return object;
}
