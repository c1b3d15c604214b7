/**
 * The functions that refer to parameters, resources and files: get_param, get_resource, get_attr,
 * get_file, Ref. Upstream: heat/engine/hot/functions.py, heat/engine/cfn/functions.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  isObject,
  PythonTypeError,
  truth,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import {
  InvalidTemplateAttribute,
  InvalidTemplateReference,
  UserParameterMissing,
} from "../../exception.js";
import {
  isSnippetList,
  resolve,
  TemplateFunction,
  type FunctionScope,
  type Referenced,
  type Snippet,
} from "./function.js";

/** One step into a list or a dictionary; undefined where Python finds nothing there. */
export function component(collection: Json, key: Json): Json | undefined {
  if (isObject(collection)) {
    return typeof key === "string" && Object.hasOwn(collection, key) ? collection[key] : undefined;
  }
  if (!Number.isInteger(key) || typeof key !== "number") return undefined;
  if (typeof collection === "string") return Array.from(collection).at(key);
  return Array.isArray(collection) ? (collection as readonly Json[]).at(key) : undefined;
}

/** `select_from_attribute`. */
export function select(value: Json, path: readonly Json[]): Json | undefined {
  let found: Json | undefined = value;
  for (const key of path) {
    if (found === undefined) return undefined;
    found = component(found, key);
  }
  return found;
}

const asList = (value: Json): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

export class GetParam extends TemplateFunction {
  *result(): Op<Json> {
    const args = yield* resolve(this.args);
    if (!truth(args)) throw new ValueError(`Function "${this.name}" must have arguments`);
    if (typeof args !== "string" && !Array.isArray(args)) {
      throw new PythonTypeError(`Argument to "${this.name}" must be string or list`);
    }
    const [name = null, ...path] = typeof args === "string" ? [args] : asList(args);
    if (typeof name !== "string") {
      throw new PythonTypeError(`Parameter name in "${this.name}" must be string`);
    }
    const parameter = this.scope.parameter(name);
    if (parameter === undefined) throw new UserParameterMissing({ key: name });
    return select(parameter, path) ?? (path.length === 0 ? parameter : "");
  }
}

/** `ResourceRef`: get_resource. */
export class GetResource extends TemplateFunction {
  *#resource(path = "unknown"): Op<Referenced> {
    const name = yield* resolve(this.args);
    return found(this.scope, name, path);
  }

  override *dependencies(path: string): Op<Referenced[]> {
    return [...(yield* super.dependencies(path)), yield* this.#resource(path)];
  }

  *result(): Op<Json> {
    return yield* (yield* this.#resource()).reference();
  }
}

/** @throws InvalidTemplateReference */
function found(scope: FunctionScope, name: Json, key: string): Referenced {
  const resource = typeof name === "string" ? scope.resource(name) : undefined;
  if (resource === undefined) throw new InvalidTemplateReference({ resource: name, key });
  return resource;
}

class ParamRef extends TemplateFunction {
  *result(): Op<Json> {
    const name = yield* resolve(this.args);
    const value = typeof name === "string" ? this.scope.parameter(name) : undefined;
    if (value === undefined) throw new InvalidTemplateReference({ resource: name, key: "unknown" });
    return value;
  }
}

/** `Ref`: a resource, or else a parameter. */
export class Ref extends TemplateFunction {
  readonly #meant: TemplateFunction;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    const isResource = typeof args === "string" && scope.hasResource(args);
    this.#meant = new (isResource ? GetResource : ParamRef)(scope, name, args);
  }

  override dependencies(path: string): Op<Referenced[]> {
    return this.#meant.dependencies(path);
  }

  result(): Op<Json> {
    return this.#meant.result();
  }
}

/** Actions of a resource after which its attributes are asked for. */
const THERE: readonly string[] = ["CREATE", "ADOPT", "SUSPEND", "RESUME", "UPDATE"];

/** `GetAttThenSelect`: get_attr of version 2013-05-23, which reads the attribute and then the path. */
export class GetAttrThenSelect extends TemplateFunction {
  protected readonly resourceName: Snippet;
  protected readonly attribute: Snippet;
  protected readonly path: readonly Snippet[];

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    if (!isSnippetList(args)) throw new PythonTypeError(`Argument to "${name}" must be a list`);
    const [resource, attribute, ...path] = args;
    if (resource === undefined || attribute === undefined) {
      const form = "[resource_name, attribute, (path), ...]";
      throw new ValueError(`Arguments to "${name}" must be of the form ${form}`);
    }
    this.resourceName = resource;
    this.attribute = attribute;
    this.path = path;
  }

  protected *resource(path = "unknown"): Op<Referenced> {
    return found(this.scope, yield* resolve(this.resourceName), path);
  }

  override *dependencies(path: string): Op<Referenced[]> {
    return [...(yield* super.dependencies(path)), yield* this.resource(path)];
  }

  override *validate(): Op<void> {
    yield* super.validate();
    const { attributeNames } = yield* this.resource();
    const key = yield* resolve(this.attribute);
    if (attributeNames === undefined) return;
    if (typeof key === "string" && attributeNames.includes(key)) return;
    throw new InvalidTemplateAttribute({ resource: yield* resolve(this.resourceName), key });
  }

  *result(): Op<Json> {
    const key = yield* resolve(this.attribute);
    const resource = yield* this.resource();
    if (!this.readable(resource)) return null;
    const value = yield* resource.attribute(key);
    if (value === null) return null;
    return select(value, asList(yield* resolve([...this.path]))) ?? null;
  }

  protected readable({ action }: Referenced): boolean {
    return THERE.includes(action);
  }
}

/** `GetAtt`: get_attr of version 2014-10-16, by which one that failed has no attributes. */
export class GetAttr extends GetAttrThenSelect {
  override *result(): Op<Json> {
    const path = asList(yield* resolve([...this.path]));
    const key = yield* resolve(this.attribute);
    const resource = yield* this.resource();
    return this.readable(resource) ? yield* resource.attribute(key, path) : null;
  }

  protected override readable(resource: Referenced): boolean {
    return ["IN_PROGRESS", "COMPLETE"].includes(resource.status) && super.readable(resource);
  }
}

export class GetFile extends TemplateFunction {
  *result(): Op<Json> {
    const key = yield* resolve(this.args);
    if (typeof key !== "string") {
      throw new PythonTypeError(`Argument to "${this.name}" must be a string`);
    }
    const file = Object.hasOwn(this.scope.files, key) ? (this.scope.files[key] ?? null) : null;
    if (file !== null) return file;
    const where = `in the "files" section for ${this.name} path: ${key}`;
    throw new ValueError(`No content found ${where}`);
  }
}
