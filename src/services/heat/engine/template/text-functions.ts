/**
 * The functions that work on texts and lists: str_replace, list_join, Fn::Select and those that
 * version 2014-10-16 has no more. Upstream: heat/engine/hot/functions.py,
 * heat/engine/cfn/functions.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  isObject,
  KeyError,
  loads,
  parseInteger,
  PythonTypeError,
  repr,
  str,
  typeName,
  ValueError,
  type Json,
} from "../../../../python/index.js";
import { InvalidTemplateVersion } from "../../exception.js";
import {
  isSnippetList,
  isSnippetMap,
  resolve,
  TemplateFunction,
  type FunctionScope,
  type Snippet,
} from "./function.js";

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

/** Two arguments in a list, by what else they are refused. @throws PythonTypeError, ValueError */
function pair(args: Snippet, wrong: string): readonly [Snippet, Snippet] {
  if (typeof args === "string" || isSnippetMap(args)) throw new PythonTypeError(wrong);
  const items = isSnippetList(args) ? args : [];
  const [first, second] = items;
  if (items.length !== 2 || first === undefined || second === undefined)
    throw new ValueError(wrong);
  return [first, second];
}

const ITEMS_SHOWN = 200;

/** list_join and Fn::Join. */
export class Join extends TemplateFunction {
  readonly #delimiter: Snippet;
  readonly #strings: Snippet;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    const example = `"${name}" : [ " ", [ "str1", "str2"]]`;
    [this.#delimiter, this.#strings] = pair(
      args,
      `Incorrect arguments to "${name}" should be: ${example}`,
    );
  }

  *result(): Op<Json> {
    const strings = (yield* resolve(this.#strings)) ?? [];
    if (!isList(strings)) throw new PythonTypeError(`"${this.name}" must operate on a list`);
    const delimiter = yield* resolve(this.#delimiter);
    if (typeof delimiter !== "string") {
      throw new PythonTypeError(`"${this.name}" delimiter must be a string`);
    }
    return strings.map(joined).join(delimiter);
  }
}

function joined(item: Json): string {
  if (item === null) return "";
  if (typeof item === "string") return item;
  throw new PythonTypeError(`Items to join must be strings ${repr(item).slice(0, ITEMS_SHOWN)}`);
}

export class Split extends TemplateFunction {
  readonly #delimiter: Snippet;
  readonly #strings: Snippet;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    const example = `"${name}" : [ ",", "str1,str2"]]`;
    [this.#delimiter, this.#strings] = pair(
      args,
      `Incorrect arguments to "${name}" should be: ${example}`,
    );
  }

  *result(): Op<Json> {
    const strings = yield* resolve(this.#strings);
    if (typeof this.#delimiter !== "string") {
      throw new PythonTypeError(`Delimiter for ${this.name} must be string`);
    }
    if (typeof strings !== "string") {
      throw new PythonTypeError(
        `String to split must be string; got <type '${typeName(strings)}'>`,
      );
    }
    return strings.split(this.#delimiter);
  }
}

/** `Fn::Replace`: one after another, in the order of the dictionary. */
export class FnReplace extends TemplateFunction {
  readonly #mapping: Snippet;
  readonly #template: Snippet;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    [this.#mapping, this.#template] = this.arguments();
    if (!isSnippetMap(this.#mapping)) {
      throw new PythonTypeError(`"${name}" parameters must be a mapping`);
    }
  }

  protected arguments(): readonly [Snippet, Snippet] {
    const example =
      `{"${this.name}": [ {"$var1": "foo", "%var2%": "bar"}, ` + `"$var1 is %var2%"]}`;
    return pair(this.args, `Incorrect arguments to "${this.name}" should be: ${example}`);
  }

  *result(): Op<Json> {
    const template = yield* resolve(this.#template);
    const mapping = yield* resolve(this.#mapping);
    if (typeof template !== "string") {
      throw new PythonTypeError(`"${this.name}" template must be a string`);
    }
    if (!isObject(mapping)) throw new PythonTypeError(`"${this.name}" params must be a map`);
    let text = template;
    for (const key of dictOrder(Object.keys(mapping))) {
      const value = mapping[key] ?? "";
      if (typeof value === "object") {
        throw new PythonTypeError(`"${this.name}" params must be strings or numbers`);
      }
      text = text.replaceAll(key, () => str(value));
    }
    return text;
  }
}

const REPLACE_EXAMPLE = `str_replace:
              template: This is var1 template var2
              params:
                var1: a
                var2: string`;

export class StrReplace extends FnReplace {
  protected override arguments(): readonly [Snippet, Snippet] {
    const { args, name } = this;
    if (!isSnippetMap(args)) throw new PythonTypeError(`Arguments to "${name}" must be a map`);
    const [mapping, template] = ["params", "template"].map((key) =>
      Object.hasOwn(args, key) ? args[key] : undefined,
    );
    if (mapping !== undefined && template !== undefined) return [mapping, template];
    throw new KeyError(repr(`"str_replace" syntax should be ${REPLACE_EXAMPLE}`));
  }
}

export class Select extends TemplateFunction {
  readonly #lookup: Snippet;
  readonly #strings: Snippet;

  constructor(scope: FunctionScope, name: string, args: Snippet) {
    super(scope, name, args);
    const items = isSnippetList(args) ? args : [];
    const [lookup, strings] = items;
    if (items.length !== 2 || lookup === undefined || strings === undefined) {
      throw new ValueError(`Arguments to "${name}" must be of the form [index, collection]`);
    }
    this.#lookup = lookup;
    this.#strings = strings;
  }

  *result(): Op<Json> {
    const lookup = yield* resolve(this.#lookup);
    const index = typeof lookup === "string" ? (parseInteger(lookup) ?? lookup) : lookup;
    const value = yield* resolve(this.#strings);
    if (value === "" || value === null) return "";
    const strings = typeof value === "string" ? this.#loaded(value) : value;
    if (isObject(strings)) {
      if (typeof index !== "string") throw this.#wrongIndex("a string");
      return Object.hasOwn(strings, index) ? (strings[index] ?? null) : "";
    }
    if (isList(strings)) {
      if (typeof index !== "number") throw this.#wrongIndex("an integer");
      return strings.at(Math.trunc(index)) ?? "";
    }
    if (strings === null) return "";
    throw new PythonTypeError(`Arguments to ${this.name} not fully resolved`);
  }

  #wrongIndex(right: string): PythonTypeError {
    return new PythonTypeError(`Index to "${this.name}" must be ${right}`);
  }

  #loaded(text: string): Json {
    try {
      return loads(text);
    } catch (error) {
      if (error instanceof ValueError) throw new ValueError(`"${this.name}": ${error.message}`);
      throw error;
    }
  }
}

/** `Fn::Base64`, which changes nothing. */
export class Base64 extends TemplateFunction {
  *result(): Op<Json> {
    const text = yield* resolve(this.args);
    if (typeof text === "string") return text;
    throw new PythonTypeError(`"${this.name}" argument must be a string`);
  }
}

/** What version 2014-10-16 has no more, refused when it is validated. */
export class Removed extends TemplateFunction {
  override *validate(): Op<void> {
    const explanation = `The function ${this.name} is not supported in this version of HOT.`;
    throw new InvalidTemplateVersion({ explanation });
  }

  *result(): Op<Json> {
    return { [this.name]: yield* resolve(this.args) };
  }
}
