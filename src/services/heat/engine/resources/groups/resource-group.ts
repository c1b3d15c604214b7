/**
 * OS::Heat::ResourceGroup: so many resources that are alike but for their numbers. One that was made of none
 * can never grow (bug 1392796). Upstream: heat/engine/resources/resource_group.py at 2014.2.
 */
import type { Op } from "../../../../../kernel/index.js";
import {
  isObject,
  PythonTypeError,
  setMember,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../../python/index.js";
import { InvalidTemplateAttribute } from "../../../exception.js";
import { range } from "../../parameters/constraints.js";
import { integer, map, schemata, text } from "../../properties/schema.js";
import type { Handler, ResourceChange } from "../resource.js";
import type { TypeFacts } from "../service-resource.js";
import { StackResource, type NestedSource } from "../stack-resource.js";
import type { Sibling } from "../stack-view.js";
import { memberOf } from "./nested-resources.js";

const FACTS: TypeFacts = {
  className: "ResourceGroup",
  schemata: schemata({
    count: integer({ default: 1, constraints: [range("Range", [0, null])], update: true }),
    index_var: text({ default: "%index%", constraints: [range("Length", [3, null])] }),
    resource_def: map({ required: true }, { type: text({ required: true }), properties: map() }),
  }),
  attributes: ["refs", "attributes"],
};

/** What all members are but for their names. */
export interface MemberDefinition {
  readonly type: Json;
  readonly properties: JsonObject;
}

export class ResourceGroup extends StackResource {
  protected override get facts(): TypeFacts {
    return FACTS;
  }

  /** What its members have, it has, too. */
  override get attributeNames(): undefined {
    return undefined;
  }

  /** The members as well, by one of them, even if there are to be none (bug 1401929). */
  override *validate(): Op<void> {
    yield* super.validate();
    const name = `${this.name}:resource_def`;
    const { template } = yield* this.#source(["0"], true, name);
    const sample = { name, template, parameters: {}, timeoutMinutes: null, parent: this };
    yield* this.stack.nest(sample).validate();
  }

  /** `_resource_names`. */
  protected *memberNames(): Op<string[]> {
    return numbered(yield* this.properties.get("count"));
  }

  /** The same of what has changed. */
  protected namesAfter(changed: JsonObject): string[] {
    return numbered(changed["count"] ?? 0);
  }

  /** `_build_resource_definition`. @param all whether properties that are nothing are there, too */
  protected *memberDefinition(all: boolean): Op<MemberDefinition> {
    const { type = null, properties = null } = (yield* this.object("resource_def")) ?? {};
    const given = Object.entries(isObject(properties) ? properties : {});
    return {
      type,
      properties: Object.fromEntries(given.filter(([, value]) => all || truth(value))),
    };
  }

  /** `_do_prop_replace`: those of one member. */
  protected *propertiesOf(name: string, properties: JsonObject): Op<JsonObject> {
    const variable = str(yield* this.properties.get("index_var"));
    const own = replaced(properties, variable, name);
    return isObject(own) ? own : {};
  }

  /** `_assemble_nested`. @param called what the only one is called, if it has another name than its number */
  *#source(names: readonly string[], all = false, called?: string): Op<NestedSource> {
    const { type, properties } = yield* this.memberDefinition(all);
    const resources: Record<string, Json> = {};
    for (const name of names) {
      const own = yield* this.propertiesOf(name, properties);
      setMember(resources, called ?? name, { type, properties: own });
    }
    const template = { heat_template_version: "2013-05-23", resources };
    return { template, parameters: {} };
  }

  protected override childSource(): () => Op<NestedSource> {
    return function* (this: ResourceGroup): Op<NestedSource> {
      return yield* this.#source(yield* this.memberNames());
    }.bind(this);
  }

  *#sourceIfAny(): Op<NestedSource | null> {
    const names = yield* this.memberNames();
    return names.length === 0 ? null : yield* this.#source(names);
  }

  protected override createHandler(): Handler {
    return this.createWithTemplate(() => this.#sourceIfAny(), this.stack.timeoutMinutes);
  }

  /** Without data it lacks an argument. */
  protected override adoptHandler(data: JsonObject | null): Handler {
    return this.adoptNested(() => {
      if (data !== null) return this.#sourceIfAny();
      throw new PythonTypeError("handle_adopt() takes exactly 2 arguments (1 given)");
    }, data);
  }

  protected override updateHandler({ properties }: ResourceChange): Handler | undefined {
    if (Object.keys(properties).length === 0) return undefined;
    const names = this.namesAfter(properties);
    return this.updateWithTemplate(() => this.#source(names), this.stack.timeoutMinutes);
  }

  protected override deleteHandler(): Handler {
    return this.deleteNested();
  }

  #member(name: string, key: string): Sibling {
    const found = memberOf(this.nested(), name);
    if (found !== undefined) return found;
    throw new InvalidTemplateAttribute({ resource: this.name, key });
  }

  /** `FnGetAtt`: of one member by `resource.N`, or of all. @throws InvalidTemplateAttribute */
  override *attribute(key: Json, path: readonly Json[] = []): Op<Json> {
    const word = str(key);
    if (word.startsWith("resource.")) {
      const [, name = "", attribute] = /^resource\.([^.]*)(?:\.(.*))?$/su.exec(word) ?? [];
      const [first, ...rest] = attribute === undefined ? path : [attribute, ...path];
      const member = this.#member(name, word);
      return first === undefined ? yield* member.reference() : yield* member.attribute(first, rest);
    }
    const names = yield* this.memberNames();
    if (word === "refs") {
      const ids: string[] = [];
      for (const name of names) ids.push(yield* this.#member(name, word).reference());
      return ids;
    }
    const [wanted, ...rest] = word === "attributes" ? path : [word, ...path];
    if (wanted === undefined) {
      throw new InvalidTemplateAttribute({ resource: this.name, key: word });
    }
    const values: [string, Json][] = [];
    for (const name of names) {
      values.push([name, yield* this.#member(name, word).attribute(wanted, rest)]);
    }
    return word === "attributes" ? Object.fromEntries(values) : values.map(([, value]) => value);
  }
}

const numbered = (count: Json): string[] =>
  Array.from({ length: Number(count) }, (_, index) => String(index));

/** `_handle_repl_val`: a member's number in the place of the variable. */
function replaced(value: Json, variable: string, name: string): Json {
  if (typeof value === "string") return value.replaceAll(variable, name);
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item) => replaced(item, variable, name));
  }
  if (!isObject(value)) return value;
  const members: JsonObject = value;
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => [key, replaced(member, variable, name)]),
  );
}
