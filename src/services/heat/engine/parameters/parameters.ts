/**
 * All parameters of a stack: those of its template, and those that every stack has. `OS::region` is
 * named by upstream and never made; `AWS::Region` is always the same. Upstream: heat/engine/parameters.py (Parameters),
 * heat/engine/hot/parameters.py (HOTParameters), heat/engine/parameter_groups.py at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  dictOrder,
  get,
  isObject,
  iterate,
  str,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import {
  InvalidTemplateParameter,
  StackValidationFailed,
  UnknownUserParameter,
} from "../../exception.js";
import { arnOf, type StackIdentity } from "../../identifier.js";
import type { Template } from "../template/template.js";
import type { LookUps } from "./constraints.js";
import { legacyParameterSchema } from "./legacy-schema.js";
import { Parameter } from "./parameter.js";
import { parameterSchema } from "./schema.js";

export class Parameters {
  readonly #template: Template;
  readonly #given: JsonObject;
  readonly #parameters: Map<string, Parameter>;

  /** @param stack what the parameters that every stack has are made of */
  constructor(template: Template, given: JsonObject, stack: StackIdentity | null) {
    this.#template = template;
    this.#given = given;
    const { pseudo: names, kind } = template.language;
    const nobodys = kind === "hot" ? "" : "None";
    const made = new Map([
      [names.id, pseudo(names.id, "Stack ID", stack === null ? nobodys : this.#stackId(stack))],
    ]);
    if (stack !== null && stack.stack_name !== "") {
      made.set(names.name, pseudo(names.name, "Stack Name", stack.stack_name));
      if (kind === "cfn") made.set(REGION, region());
    }
    const { parameters } = template;
    for (const name of dictOrder(Object.keys(parameters))) {
      const schema = template.parameterSchema(name);
      const value = Object.hasOwn(given, name) ? (given[name] ?? null) : null;
      made.set(name, new Parameter(name, schema, value));
    }
    this.#parameters = new Map(
      dictOrder([...made.keys()]).flatMap((name) => {
        const parameter = made.get(name);
        return parameter === undefined ? [] : [[name, parameter]];
      }),
    );
  }

  get names(): readonly string[] {
    return [...this.#parameters.keys()];
  }

  get all(): readonly Parameter[] {
    return [...this.#parameters.values()];
  }

  /** @throws UserParameterMissing; undefined for a name that there is not */
  value(name: string): Json | undefined {
    return this.#parameters.get(name)?.value();
  }

  /** The stack has been stored. */
  setStackId(stack: StackIdentity): void {
    const { id } = this.#template.language.pseudo;
    this.#parameters.set(id, pseudo(id, "Stack ID", this.#stackId(stack)));
  }

  /** An id in Heat's language, an ARN in the other one. */
  #stackId(stack: StackIdentity): string {
    return this.#template.language.kind === "hot" ? stack.stack_id : arnOf(stack);
  }

  /** `map(str)`: as users are shown them. */
  shown(): JsonObject {
    return Object.fromEntries(this.all.map((parameter) => [parameter.name, parameter.shown()]));
  }

  *validate(lookUps: LookUps, withValues = true): Op<void> {
    const { parameters } = this.#template;
    for (const name of dictOrder(Object.keys(parameters))) {
      if (!isObject(parameters[name])) throw new InvalidTemplateParameter({ key: name });
    }
    for (const name of dictOrder(Object.keys(this.#given))) {
      if (!Object.hasOwn(parameters, name)) throw new UnknownUserParameter({ key: name });
    }
    for (const parameter of this.all) yield* parameter.validate(lookUps, withValues);
  }
}

const REGION = "AWS::Region";

function region(): Parameter {
  const regions = [
    "us-east-1",
    "us-west-1",
    "us-west-2",
    "sa-east-1",
    "eu-west-1",
    "ap-southeast-1",
    "ap-northeast-1",
  ];
  const schema = { Type: "String", Default: "ap-southeast-1", AllowedValues: regions };
  return new Parameter(REGION, legacyParameterSchema(REGION, schema));
}

function pseudo(name: string, description: string, value: string): Parameter {
  const schema = parameterSchema(name, { type: "string", description, default: value });
  return new Parameter(name, schema);
}

/** `ParameterGroups.validate`. @throws StackValidationFailed */
export function validateGroups(groups: Json | undefined, names: readonly string[]): void {
  if (groups === undefined || groups === null) return;
  const refuse = (message: string) => new StackValidationFailed({ message });
  const grouped: Json[] = [];
  for (const group of iterate(groups)) {
    const parameters = get(group, "parameters");
    if (parameters === null) throw refuse("Parameters must be provided for each Parameter Group.");
    for (const name of iterate(parameters)) {
      if (grouped.includes(name)) {
        throw refuse(`The ${str(name)} parameter must be assigned to one Parameter Group only.`);
      }
      grouped.push(name);
      if (typeof name === "string" && names.includes(name)) continue;
      throw refuse(`The Parameter name (${str(name)}) does not reference an existing parameter.`);
    }
  }
}
