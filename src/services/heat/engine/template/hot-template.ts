/**
 * Templates in Heat's own language, versions 2013-05-23 and 2014-10-16: their sections, their functions,
 * what is in a resource. Templates of CloudFormation, the functions Fn::GetAZs and Fn::MemberListToMap
 * and those of a resource's façade are not simulated: the first are refused as a version, a call of
 * the others stays a dictionary. Upstream: heat/engine/template.py, heat/engine/hot/template.py at 2014.2.
 */
import {
  dictOrder,
  isObject,
  KeyError,
  noAttribute,
  repr,
  setMember,
  str,
  truth,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import {
  InvalidTemplateSection,
  InvalidTemplateVersion,
  StackValidationFailed,
} from "../../exception.js";
import { parse, type FunctionClass, type FunctionScope, type Snippet } from "./function.js";
import { GetAttr, GetAttrThenSelect, GetFile, GetParam, GetResource, Ref } from "./references.js";
import { Base64, FnReplace, Join, Removed, Select, Split, StrReplace } from "./text-functions.js";
import { resourceDefinition, type ResourceDefinition } from "./resource-definition.js";

const SECTIONS: readonly string[] = [
  "heat_template_version",
  "description",
  "parameter_groups",
  "parameters",
  "resources",
  "outputs",
];

const RESOURCE_KEYS: readonly string[] = [
  "type",
  "properties",
  "metadata",
  "depends_on",
  "deletion_policy",
  "update_policy",
];

const OF_2013: ReadonlyMap<string, FunctionClass> = new Map<string, FunctionClass>([
  ["get_param", GetParam],
  ["get_resource", GetResource],
  ["Ref", Ref],
  ["get_attr", GetAttrThenSelect],
  ["Fn::Select", Select],
  ["Fn::Join", Join],
  ["list_join", Join],
  ["Fn::Split", Split],
  ["str_replace", StrReplace],
  ["Fn::Replace", FnReplace],
  ["Fn::Base64", Base64],
  ["get_file", GetFile],
]);

const REMOVED = [
  "GetAZs",
  "Join",
  "Split",
  "Replace",
  "Base64",
  "MemberListToMap",
  "ResourceFacade",
];

const OF_2014: ReadonlyMap<string, FunctionClass> = new Map<string, FunctionClass>([
  ["get_attr", GetAttr],
  ["get_file", GetFile],
  ["get_param", GetParam],
  ["get_resource", GetResource],
  ["list_join", Join],
  ["str_replace", StrReplace],
  ["Fn::Select", Select],
  ...REMOVED.map((name): [string, FunctionClass] => [`Fn::${name}`, Removed]),
  ["Ref", Removed],
]);

const VERSIONS: ReadonlyMap<string, ReadonlyMap<string, FunctionClass>> = new Map([
  ["2014-10-16", OF_2014],
  ["2013-05-23", OF_2013],
]);

/** What a template says of an output. */
export interface Output {
  readonly description: Json | undefined;
  readonly value: Snippet;
}

export class HotTemplate {
  readonly source: JsonObject;
  readonly files: Readonly<Record<string, Json>>;
  readonly #functions: ReadonlyMap<string, FunctionClass>;

  /** @throws InvalidTemplateVersion */
  constructor(source: JsonObject, files: Readonly<Record<string, Json>> = {}) {
    this.source = source;
    this.files = files;
    this.#functions = functionsOf(source);
  }

  get description(): Json {
    return this.#section("description", "No description");
  }

  get parameterGroups(): Json | undefined {
    return this.source["parameter_groups"];
  }

  /** The section as it is written; what is empty in YAML has none. */
  get parameters(): JsonObject {
    return asObject(this.#section("parameters", {}), "iteritems");
  }

  get resources(): JsonObject {
    return asObject(this.#section("resources", {}), "iteritems");
  }

  parse(scope: FunctionScope, snippet: Json): Snippet {
    return parse(this.#functions, scope, snippet);
  }

  /** @throws InvalidTemplateSection, StackValidationFailed, KeyError, AttributeError */
  validate(): void {
    for (const section of dictOrder(Object.keys(this.source))) {
      if (!SECTIONS.includes(section)) throw new InvalidTemplateSection({ section });
    }
    const { resources } = this;
    for (const name of Object.keys(resources))
      refuseKeys(resources[name] ?? null, RESOURCE_KEYS, "a resource");
    for (const name of Object.keys(resources)) {
      if (truth(asObject(resources[name] ?? null, "iteritems")["type"])) continue;
      const message = "Every Resource object must contain a Type member.";
      throw new StackValidationFailed({ message });
    }
  }

  /** In the order of a dictionary. @throws what is wrong with them */
  definitions(scope: FunctionScope): Map<string, ResourceDefinition> {
    const { resources } = this;
    return new Map(
      dictOrder(Object.keys(resources)).map((name) => [
        name,
        this.definition(scope, name, resources[name] ?? null),
      ]),
    );
  }

  /** What is written of one, in this template or in another one. @throws what is wrong with it */
  definition(scope: FunctionScope, name: string, source: Json): ResourceDefinition {
    return resourceDefinition(name, source, this.parse(scope, source));
  }

  /** `add_resource`: the template with one more, or one that is otherwise. */
  with({ name, source }: ResourceDefinition): HotTemplate {
    const resources: Record<string, Json> = { ...this.resources };
    setMember(resources, name, source);
    return new HotTemplate({ ...this.source, resources }, this.files);
  }

  /** `remove_resource`. */
  without(name: string): HotTemplate {
    const { [name]: _gone, ...resources } = this.resources;
    return new HotTemplate({ ...this.source, resources }, this.files);
  }

  withFiles(files: Readonly<Record<string, Json>>): HotTemplate {
    return new HotTemplate(this.source, files);
  }

  /** @throws KeyError for a keyword that an output has not */
  outputs(scope: FunctionScope): Map<string, Output> {
    const outputs = asObject(this.#section("outputs", {}), "iteritems");
    return new Map(
      dictOrder(Object.keys(outputs)).map((name) => {
        const output = asObject(outputs[name] ?? null, "iteritems");
        refuseKeys(output, ["description", "value"], "an output");
        const value = Object.hasOwn(output, "value") ? (output["value"] ?? null) : "";
        return [name, { description: output["description"], value: this.parse(scope, value) }];
      }),
    );
  }

  #section(name: string, otherwise: Json): Json {
    const section = Object.hasOwn(this.source, name) ? this.source[name] : undefined;
    return truth(section) && section !== undefined ? section : otherwise;
  }
}

function asObject(value: Json, method: string): JsonObject {
  if (isObject(value)) return value;
  throw noAttribute(value, method);
}

/** The text is the `repr` of upstream's, as that of every KeyError is. @throws KeyError */
function refuseKeys(value: Json, keys: readonly string[], what: string): void {
  for (const key of dictOrder(Object.keys(asObject(value, "iteritems")))) {
    if (keys.includes(key)) continue;
    throw new KeyError(repr(`"${key}" is not a valid keyword inside ${what} definition`));
  }
}

const VERSION_KEYS = [
  "heat_template_version",
  "HeatTemplateFormatVersion",
  "AWSTemplateFormatVersion",
];

/** @throws InvalidTemplateVersion */
function functionsOf(source: JsonObject): ReadonlyMap<string, FunctionClass> {
  const present = VERSION_KEYS.filter((key) => typeof source[key] === "string");
  const [key, ...others] = present;
  const refuse = (explanation: string) => new InvalidTemplateVersion({ explanation });
  if (others.length > 0) throw refuse(`Ambiguous versions (${dictOrder(present).join(", ")})`);
  if (key === undefined) throw refuse("Template version was not provided");
  const version = str(source[key] ?? null);
  const functions = key === VERSION_KEYS[0] ? VERSIONS.get(version) : undefined;
  if (functions !== undefined) return functions;
  if (key !== VERSION_KEYS[0]) {
    throw refuse(`"${key}: ${version}". Templates of CloudFormation are not simulated`);
  }
  const available = [...VERSIONS.keys()].join(", ");
  throw refuse(`"${key}: ${version}". "${key}" should be one of: ${available}`);
}
