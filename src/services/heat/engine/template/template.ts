/**
 * Templates: their sections, their functions, what is in a resource. Upstream: heat/engine/template.py,
 * heat/engine/hot/template.py, heat/engine/cfn/template.py at 2014.2.
 */
import {
  dictOrder,
  isObject,
  KeyError,
  noAttribute,
  repr,
  setMember,
  truth,
  typeName,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { InvalidTemplateSection, StackValidationFailed } from "../../exception.js";
import type { ParameterSchema } from "../parameters/schema.js";
import { parse, type FunctionClass, type FunctionScope, type Snippet } from "./function.js";
import { translated, versionOf, type Language } from "./language.js";
import { resourceDefinition, type ResourceDefinition } from "./resource-definition.js";

/** What a template says of an output. */
export interface Output {
  readonly description: Json | undefined;
  readonly value: Snippet;
}

export class Template {
  readonly source: JsonObject;
  readonly files: Readonly<Record<string, Json>>;
  readonly language: Language;
  readonly #functions: ReadonlyMap<string, FunctionClass>;

  /** @throws InvalidTemplateVersion */
  constructor(source: JsonObject, files: Readonly<Record<string, Json>> = {}) {
    this.source = source;
    this.files = files;
    const { language, functions } = versionOf(source);
    this.language = language;
    this.#functions = functions;
  }

  get description(): Json {
    return this.#section(this.language.description, "No description");
  }

  get parameterGroups(): Json | undefined {
    return this.language.kind === "hot" ? this.source["parameter_groups"] : undefined;
  }

  /** The section as it is written; what is empty in YAML has none. */
  get parameters(): JsonObject {
    return asObject(this.#section(this.language.parameters, {}), "iteritems");
  }

  /** @throws InvalidSchemaError and what a constraint's bounds raise */
  parameterSchema(name: string): ParameterSchema {
    return this.language.parameterSchema(name, this.parameters[name] ?? null);
  }

  /** `Mappings`: what Fn::FindInMap looks into. */
  get mappings(): Json {
    return this.language.kind === "hot" ? {} : this.#section("Mappings", {});
  }

  get resources(): JsonObject {
    return asObject(this.#section(this.language.resources, {}), "iteritems");
  }

  parse(scope: FunctionScope, snippet: Json): Snippet {
    return parse(this.#functions, scope, snippet);
  }

  /** @throws InvalidTemplateSection, StackValidationFailed, KeyError, AttributeError */
  validate(): void {
    const { language, resources } = this;
    for (const section of dictOrder(Object.keys(this.source))) {
      if (!language.sections.includes(section)) throw new InvalidTemplateSection({ section });
    }
    if (language.kind === "hot") {
      const keys = Object.values(language.resource) as string[];
      for (const name of Object.keys(resources)) {
        refuseKeys(resources[name] ?? null, keys, "a resource");
      }
    }
    for (const name of Object.keys(resources)) this.#refuseUntyped(resources[name] ?? null);
  }

  /** @throws StackValidationFailed */
  #refuseUntyped(resource: Json): void {
    if (!isObject(resource)) {
      const type = typeof resource === "string" ? "string" : `<type '${typeName(resource)}'>`;
      const message = `Resources must contain Resource. Found a [${type}] instead`;
      throw new StackValidationFailed({ message });
    }
    if (truth(resource[this.language.resource.type])) return;
    const message = "Every Resource object must contain a Type member.";
    throw new StackValidationFailed({ message });
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
    return resourceDefinition(name, source, this.parse(scope, source), this.language.resource);
  }

  /** `add_resource`: the template with one more, or one that is otherwise, in its own language. */
  with({ name, source }: ResourceDefinition): Template {
    const resources: Record<string, Json> = { ...this.resources };
    setMember(resources, name, translated(source, this.language));
    return new Template({ ...this.source, [this.language.resources]: resources }, this.files);
  }

  /** `remove_resource`. */
  without(name: string): Template {
    const { [name]: _gone, ...resources } = this.resources;
    return new Template({ ...this.source, [this.language.resources]: resources }, this.files);
  }

  withFiles(files: Readonly<Record<string, Json>>): Template {
    return new Template(this.source, files);
  }

  get outputNames(): readonly string[] {
    const outputs = this.#section(this.language.outputs, {});
    return isObject(outputs) ? Object.keys(outputs) : [];
  }

  /** @throws KeyError for a keyword that an output has not */
  outputs(scope: FunctionScope): Map<string, Output> {
    const outputs = asObject(this.#section(this.language.outputs, {}), "iteritems");
    return new Map(
      dictOrder(Object.keys(outputs)).map((name) => {
        const output = asObject(outputs[name] ?? null, "iteritems");
        const { description, value } = this.language.output;
        if (this.language.kind === "hot") refuseKeys(output, [description, value], "an output");
        const written = Object.hasOwn(output, value) ? (output[value] ?? null) : "";
        return [name, { description: output[description], value: this.parse(scope, written) }];
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
