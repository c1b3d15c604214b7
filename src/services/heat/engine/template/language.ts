/**
 * The languages that templates are written in: what their sections, keywords and functions are called.
 * Upstream: heat/engine/template.py (get_template_class), heat/engine/hot/template.py,
 * heat/engine/cfn/template.py at 2014.2.
 */
import { dictOrder, str, type Json, type JsonObject } from "../../../../python/index.js";
import { InvalidTemplateVersion } from "../../exception.js";
import { legacyParameterSchema } from "../parameters/legacy-schema.js";
import { parameterSchema, type ParameterSchema } from "../parameters/schema.js";
import {
  FindInMap,
  GetAtt,
  GetAZs,
  HotResourceFacade,
  MemberListToMap,
  ResourceFacade,
} from "./aws-functions.js";
import type { FunctionClass } from "./function.js";
import { GetAttr, GetAttrThenSelect, GetFile, GetParam, GetResource, Ref } from "./references.js";
import { Base64, FnReplace, Join, Removed, Select, Split, StrReplace } from "./text-functions.js";

/** What is said of a resource, by its keyword. */
export interface ResourceKeys {
  readonly type: string;
  readonly properties: string;
  readonly metadata: string;
  readonly dependsOn: string;
  readonly deletionPolicy: string;
  readonly updatePolicy: string;
}

export interface Language {
  readonly kind: "hot" | "cfn";
  readonly sections: readonly string[];
  readonly description: string;
  readonly parameters: string;
  readonly resources: string;
  readonly outputs: string;
  readonly resource: ResourceKeys;
  readonly output: { readonly description: string; readonly value: string };
  readonly pseudo: { readonly id: string; readonly name: string };
  readonly parameterSchema: (name: string, schema: Json) => ParameterSchema;
}

const HOT: Language = {
  kind: "hot",
  sections: [
    "heat_template_version",
    "description",
    "parameter_groups",
    "parameters",
    "resources",
    "outputs",
  ],
  description: "description",
  parameters: "parameters",
  resources: "resources",
  outputs: "outputs",
  resource: {
    type: "type",
    properties: "properties",
    metadata: "metadata",
    dependsOn: "depends_on",
    deletionPolicy: "deletion_policy",
    updatePolicy: "update_policy",
  },
  output: { description: "description", value: "value" },
  pseudo: { id: "OS::stack_id", name: "OS::stack_name" },
  parameterSchema,
};

const CFN: Language = {
  kind: "cfn",
  sections: [
    "AWSTemplateFormatVersion",
    "HeatTemplateFormatVersion",
    "Description",
    "Mappings",
    "Parameters",
    "Resources",
    "Outputs",
  ],
  description: "Description",
  parameters: "Parameters",
  resources: "Resources",
  outputs: "Outputs",
  resource: {
    type: "Type",
    properties: "Properties",
    metadata: "Metadata",
    dependsOn: "DependsOn",
    deletionPolicy: "DeletionPolicy",
    updatePolicy: "UpdatePolicy",
  },
  output: { description: "Description", value: "Value" },
  pseudo: { id: "AWS::StackId", name: "AWS::StackName" },
  parameterSchema: legacyParameterSchema,
};

type Functions = ReadonlyMap<string, FunctionClass>;

const HOT_2013: Functions = new Map<string, FunctionClass>([
  ["Fn::GetAZs", GetAZs],
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
  ["Fn::MemberListToMap", MemberListToMap],
  ["resource_facade", HotResourceFacade],
  ["Fn::ResourceFacade", ResourceFacade],
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

const HOT_2014: Functions = new Map<string, FunctionClass>([
  ["get_attr", GetAttr],
  ["get_file", GetFile],
  ["get_param", GetParam],
  ["get_resource", GetResource],
  ["list_join", Join],
  ["resource_facade", HotResourceFacade],
  ["str_replace", StrReplace],
  ["Fn::Select", Select],
  ...REMOVED.map((name): [string, FunctionClass] => [`Fn::${name}`, Removed]),
  ["Ref", Removed],
]);

const AWS_2010: Functions = new Map<string, FunctionClass>([
  ["Fn::FindInMap", FindInMap],
  ["Fn::GetAZs", GetAZs],
  ["Ref", Ref],
  ["Fn::GetAtt", GetAtt],
  ["Fn::Select", Select],
  ["Fn::Join", Join],
  ["Fn::Base64", Base64],
]);

const HEAT_2012: Functions = new Map<string, FunctionClass>([
  ...AWS_2010,
  ["Fn::Split", Split],
  ["Fn::Replace", FnReplace],
  ["Fn::MemberListToMap", MemberListToMap],
  ["Fn::ResourceFacade", ResourceFacade],
]);

interface Version {
  readonly key: string;
  readonly version: string;
  readonly language: Language;
  readonly functions: Functions;
}

const VERSIONS: readonly Version[] = [
  { key: "heat_template_version", version: "2014-10-16", language: HOT, functions: HOT_2014 },
  { key: "heat_template_version", version: "2013-05-23", language: HOT, functions: HOT_2013 },
  { key: "HeatTemplateFormatVersion", version: "2012-12-12", language: CFN, functions: HEAT_2012 },
  { key: "AWSTemplateFormatVersion", version: "2010-09-09", language: CFN, functions: AWS_2010 },
];

/** `get_template_class`. @throws InvalidTemplateVersion */
export function versionOf(source: JsonObject): Version {
  const keys = [...new Set(VERSIONS.map(({ key }) => key))];
  const present = keys.filter((key) => typeof source[key] === "string");
  const [key, ...others] = present;
  const refuse = (explanation: string) => new InvalidTemplateVersion({ explanation });
  if (others.length > 0) throw refuse(`Ambiguous versions (${dictOrder(present).join(", ")})`);
  if (key === undefined) throw refuse("Template version was not provided");
  const version = str(source[key] ?? null);
  const ofKey = VERSIONS.filter((known) => known.key === key);
  const found = ofKey.find((known) => known.version === version);
  if (found !== undefined) return found;
  const available = ofKey.map((known) => known.version).join(", ");
  const right = `should be${ofKey.length > 1 ? " one of" : ""}: ${available}`;
  throw refuse(`"${key}: ${version}". "${key}" ${right}`);
}

/** What is said of a resource, in the words of another language. */
export function translated(source: Json, { resource: into }: Language): Json {
  if (typeof source !== "object" || source === null || Array.isArray(source)) return source;
  const words = new Map<string, string>();
  for (const { resource } of [HOT, CFN]) {
    for (const field of Object.keys(resource) as (keyof ResourceKeys)[]) {
      words.set(resource[field], into[field]);
    }
  }
  return Object.fromEntries(
    Object.entries(source).map(([word, value]) => [words.get(word) ?? word, value]),
  );
}
