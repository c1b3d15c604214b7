/**
 * Functions that only the language of CloudFormation has, or that it has in another form: Fn::GetAtt,
 * Fn::FindInMap, Fn::GetAZs, Fn::MemberListToMap, and what a template asks of the resource that it stands
 * for. Upstream: heat/engine/cfn/functions.py, heat/engine/hot/functions.py (ResourceFacade) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  KeyError,
  noAttribute,
  PythonTypeError,
  repr,
  setMember,
  truth,
  typeName,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import {
  isSnippetList,
  isSnippetMap,
  resolve,
  TemplateFunction,
  type FunctionScope,
  type Snippet,
} from "./function.js";
import { GetAttrThenSelect } from "./references.js";

/** What `a, b = args` has, or undefined if there are not as many. @throws PythonTypeError */
function unpacked(args: Snippet): readonly Snippet[] {
  if (isSnippetList(args)) return args;
  if (typeof args === "string") return Array.from(args);
  if (isSnippetMap(args)) return dictOrder(Object.keys(args));
  const type = args instanceof TemplateFunction ? args.constructor.name : typeName(args);
  throw new PythonTypeError(`'${type}' object is not iterable`);
}

/** Fn::GetAtt, without a path. */
export class GetAtt extends GetAttrThenSelect {
  constructor(scope: FunctionScope, name: string, args: Snippet) {
    const items = unpacked(args);
    if (items.length !== 2) {
      const form = "[resource_name, attribute]";
      throw new ValueError(`Arguments to "${name}" must be of the form ${form}`);
    }
    super(scope, name, items);
  }
}

const MAP_STEPS = 3;

/** Fn::FindInMap. */
export class FindInMap extends TemplateFunction {
  readonly #steps: readonly Snippet[];

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    this.#steps = unpacked(args);
    const count = this.#steps.length;
    if (count === MAP_STEPS) return;
    const values = `${String(count)} value${count === 1 ? "" : "s"}`;
    const wrong = count > MAP_STEPS ? "too many values" : `need more than ${values}`;
    throw new KeyError(repr(`${wrong} to unpack`));
  }

  *result(): Op<Json> {
    let found: Json = this.scope.mappings();
    for (const step of this.#steps) found = member(found, yield* resolve(step));
    return found;
  }
}

/** @throws KeyError, PythonTypeError */
function member(value: Json, key: Json): Json {
  if (isObject(value)) {
    if (typeof key === "string" && Object.hasOwn(value, key)) return value[key] ?? null;
    throw new KeyError(repr(key));
  }
  const indexed = typeof value === "string" ? "string" : "list";
  if (typeof value === "string" || Array.isArray(value)) {
    throw new PythonTypeError(`${indexed} indices must be integers, not ${typeName(key)}`);
  }
  throw noAttribute(value, "__getitem__");
}

/** Fn::GetAZs, whatever region it is asked for. */
export class GetAZs extends TemplateFunction {
  *result(): Op<Json> {
    return [...(yield* this.scope.availabilityZones())];
  }
}

const MEMBER = /^\.member\.(\d+)\.(.*)/u;

const EXAMPLE = `
            {'Fn::MemberListToMap': ['Name', 'Value',
                                     ['.member.0.Name=key',
                                      '.member.0.Value=door']]}
            `;

/** Fn::MemberListToMap: `.member.0.Name=key` and `.member.0.Value=value` are one pair. */
export class MemberListToMap extends TemplateFunction {
  readonly #key: string;
  readonly #value: string;
  readonly #list: Snippet;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    const [key, value, list, ...others] = unpacked(args);
    if (key === undefined || value === undefined || list === undefined || others.length > 0) {
      throw new PythonTypeError(`Wrong Arguments try: "${EXAMPLE}"`);
    }
    const text = (given: Snippet, what: string): string => {
      if (typeof given === "string") return given;
      throw new PythonTypeError(`${name} ${what} Name must be a string`);
    };
    this.#key = text(key, "Key");
    this.#value = text(value, "Value");
    this.#list = list;
  }

  *result(): Op<Json> {
    const list = yield* resolve(this.#list);
    if (!Array.isArray(list)) throw new PythonTypeError("Member list must be a list");
    const members = new Map<number, Map<string, string>>();
    for (const [text, value] of partials(list as readonly Json[])) {
      const [, index, field] = MEMBER.exec(text) ?? [];
      if (index === undefined || field === undefined) continue;
      const number = Number(index);
      members.set(number, (members.get(number) ?? new Map<string, string>()).set(field, value));
    }
    const pairs: Record<string, Json> = {};
    for (const [, fields] of [...members].toSorted(([one], [other]) => one - other)) {
      const [key, value] = [fields.get(this.#key), fields.get(this.#value)];
      if (key !== undefined && value !== undefined) setMember(pairs, key, value);
    }
    return pairs;
  }
}

/** @throws PythonTypeError, ValueError */
function partials(list: readonly Json[]): Map<string, string> {
  return new Map(
    list.map((item, index) => {
      if (typeof item !== "string") throw new PythonTypeError("Member list items must be strings");
      const at = item.indexOf("=");
      if (at !== -1) return [item.slice(0, at), item.slice(at + 1)];
      const element = `dictionary update sequence element #${String(index)}`;
      throw new ValueError(`${element} has length 1; 2 is required`);
    }),
  );
}

/** Fn::ResourceFacade: what is said of the resource that the template stands for. */
export class ResourceFacade extends TemplateFunction {
  /** Metadata, deletion policy and update policy, as the language calls them. */
  protected readonly fields: readonly string[] = ["Metadata", "DeletionPolicy", "UpdatePolicy"];

  constructor(scope: FunctionScope, name: string, args: Snippet, fields?: readonly string[]) {
    super(scope, name, args);
    if (fields !== undefined) this.fields = fields;
    if (typeof args === "string" && this.fields.includes(args)) return;
    const allowed = this.fields.join(", ");
    throw new ValueError(`Incorrect arguments to "${name}" should be one of: ${allowed}`);
  }

  *result(): Op<Json> {
    const [metadata, deletionPolicy] = this.fields;
    const { facade } = this.scope;
    if (this.args === metadata) {
      if (facade === undefined) throw noAttribute(null, "metadata_get");
      return yield* facade.metadata();
    }
    if (facade === undefined) throw noAttribute(null, "t");
    const { definition } = facade;
    if (this.args === deletionPolicy) return definition.deletionPolicy ?? "Delete";
    const policy = yield* resolve(definition.updatePolicy);
    return truth(policy) ? policy : {};
  }
}

/** resource_facade. */
export class HotResourceFacade extends ResourceFacade {
  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args, ["metadata", "deletion_policy", "update_policy"]);
  }
}
