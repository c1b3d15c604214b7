/**
 * A resource that a template stands for: its properties are the parameters of that template, its attributes the
 * outputs. The template is among the files of the stack, or in the stack that has been made of it; it is fetched
 * from nowhere else, as nothing in the simulation serves templates to engines. Upstream:
 * heat/engine/resources/template_resource.py (TemplateResource) at 2014.2.
 */
import type { Op } from "../../../../kernel/index.js";
import {
  dumps,
  isObject,
  str,
  ValueError,
  type Json,
  type JsonObject,
} from "../../../../python/index.js";
import { StackValidationFailed } from "../../exception.js";
import { arnOf } from "../../identifier.js";
import { parseTemplate } from "../../template/template-format.js";
import type { DataKind } from "../parameters/values.js";
import { Properties } from "../properties/properties.js";
import { propertyOfParameter, type PropertySchemata } from "../properties/schema.js";
import { Template } from "../template/template.js";
import type { Handler, ResourceChange } from "./resource.js";
import type { TypeFacts } from "./service-resource.js";
import { CLOUDWATCH_ALARM, cloudWatchAlarm } from "./aws/cloudwatch-alarm.js";
import { StackResource, type NestedSource } from "./stack-resource.js";
import { STACK_LIMITS, type Facade } from "./stack-view.js";

/** A template as it was read, or what is wrong with it. */
interface Reading {
  readonly text: string | undefined;
  readonly template: JsonObject;
  readonly facts: TypeFacts;
  readonly error: ValueError | undefined;
}

const EMPTY: JsonObject = { heat_template_version: "2013-05-23" };

export class TemplateResource extends StackResource {
  /** The base asks for it before any field or method of its own that is `#` is there. */
  declare private reading: Reading | undefined;

  override get templateName(): string | undefined {
    return this.stack.templateOf(this.definition.type, this.name);
  }

  protected override get facts(): TypeFacts {
    return this.read().facts;
  }

  /** The template as it is now: files change when a stack is updated. */
  private read(): Reading {
    let text: string | undefined;
    let error: ValueError | undefined;
    try {
      text = this.templateData();
    } catch (thrown) {
      if (!(thrown instanceof ValueError)) throw thrown;
      error = thrown;
    }
    if (this.reading !== undefined && error === undefined && this.reading.text === text) {
      return this.reading;
    }
    return (this.reading = this.parsed(text, error));
  }

  private parsed(text: string | undefined, missing: ValueError | undefined): Reading {
    let error = missing;
    let template = EMPTY;
    try {
      const limit = (this.stack.parts.limits ?? STACK_LIMITS).templateSize;
      if (text !== undefined) template = parseTemplate(text, limit);
    } catch (thrown) {
      if (!(thrown instanceof ValueError)) throw thrown;
      error = thrown;
    }
    const hot = new Template(template);
    return {
      ...{ text, template, error },
      facts: {
        className: "TemplateResource",
        schemata: schemataOf(hot),
        attributes: hot.outputNames,
      },
    };
  }

  /** `template_data`. @throws ValueError */
  private templateData(): string {
    const name = this.templateName;
    if (name === undefined) {
      const kinds = "an extension of .yaml or .template";
      throw new ValueError(`Only Templates with ${kinds} are supported`);
    }
    const { files } = this.stack;
    const file = Object.hasOwn(files, name) ? (files[name] ?? "") : "";
    if (file !== "") return str(file);
    if (name === CLOUDWATCH_ALARM) return dumps(cloudWatchAlarm);
    const nested = this.resourceId === null ? undefined : this.nested();
    if (nested === undefined) throw unfetched(name);
    const text = dumps(nested.templateSource);
    this.stack.keepFile(name, text);
    return text;
  }

  override signature(): readonly [kind: string, version: string] {
    const { facts, text = "" } = this.read();
    const names = [...facts.schemata.keys(), ...(facts.attributes ?? [])];
    return [names.join(";"), text];
  }

  override *validate(): Op<void> {
    const { error } = this.read();
    if (error !== undefined) throw new StackValidationFailed({ message: error.message });
    const facade = this.stack.facadeOf(this.definition);
    if (facade !== undefined) this.#validateAgainst(facade);
    yield* super.validate();
  }

  /** `_validate_against_facade`. @throws StackValidationFailed */
  #validateAgainst({ schemata: wanted, attributeNames = [] }: Facade): void {
    const { type } = this.definition;
    const refuse = (message: string) => new StackValidationFailed({ message });
    for (const [name, schema] of wanted) {
      const own = this.schemata.get(name);
      if (schema.required && own === undefined) {
        throw refuse(`Required property ${name} for facade ${type} missing in provider`);
      }
      const kind = ofParameter(schema.type.kind);
      if (own === undefined || own.type.kind === kind) continue;
      const kinds = `facade ${type} (${WORDS[kind]}) and provider (${own.type.word})`;
      throw refuse(`Property ${name} type mismatch between ${kinds}`);
    }
    for (const [name, { required }] of this.schemata) {
      if (!required || wanted.has(name)) continue;
      throw refuse(`Provider requires property ${name} unknown in facade ${type}`);
    }
    for (const name of attributeNames) {
      if (this.attributeNames?.includes(name) === true) continue;
      throw refuse(`Attribute ${name} for facade ${type} missing in provider`);
    }
  }

  *#source(properties: Properties): Op<NestedSource> {
    const parameters: Record<string, Json> = {};
    for (const [name, schema] of properties.schemata) {
      const value = yield* this.#parameter(properties, name);
      if (value !== null) {
        parameters[name] = schema.type.kind === "LIST" ? delimited(value) : value;
      }
    }
    return { template: this.read().template, parameters };
  }

  /** What cannot be resolved before anything is there is nothing of its kind. */
  *#parameter(properties: Properties, name: string): Op<Json> {
    try {
      return yield* properties.get(name);
    } catch (error) {
      if (!(error instanceof ValueError) || this.action !== "INIT") throw error;
      return properties.nothing(name);
    }
  }

  protected override childSource(): () => Op<NestedSource> {
    return () => this.#source(this.properties);
  }

  protected override adoptHandler(data: JsonObject | null): Handler {
    return this.adoptNested(this.childSource(), data);
  }

  protected override createHandler(): Handler {
    return this.createWithTemplate(this.childSource());
  }

  protected override updateHandler({ after }: ResourceChange): Handler {
    const { lookUps } = this.stack;
    return this.updateWithTemplate(() =>
      this.#source(new Properties(this.schemata, after.properties, lookUps, this.name)),
    );
  }

  protected override deleteHandler(): Handler {
    return this.deleteNested();
  }

  override refId(): string {
    const nested = this.nested();
    return nested === undefined ? this.name : arnOf(nested.identity());
  }
}

function schemataOf(template: Template): PropertySchemata {
  return new Map(
    Object.keys(template.parameters).map((name) => [
      name,
      propertyOfParameter(template.parameterSchema(name)),
    ]),
  );
}

/** Parameters know no whole numbers. */
const ofParameter = (kind: DataKind): DataKind => (kind === "INTEGER" ? "NUMBER" : kind);

const WORDS: Readonly<Record<DataKind, string>> = {
  STRING: "String",
  INTEGER: "Integer",
  NUMBER: "Number",
  BOOLEAN: "Boolean",
  MAP: "Map",
  LIST: "List",
};

/** A list as a parameter takes it. */
function delimited(value: Json): string {
  const items = Array.isArray(value) ? (value as readonly Json[]) : [];
  return items
    .flatMap((item, index) =>
      isObject(item)
        ? Object.entries(item).map(
            ([key, member]) => `.member.${String(index)}.${key}=${str(member)}`,
          )
        : [str(item)],
    )
    .join(",");
}

/** Nobody has sent it along. */
function unfetched(name: string): ValueError {
  const [, scheme = ""] = /^([a-z][a-z0-9+.-]*):/iu.exec(name) ?? [];
  const why = ["http", "https"].includes(scheme)
    ? "Failed to retrieve template: nothing in the simulation serves templates to engines"
    : `Invalid URL scheme ${scheme}`;
  return new ValueError(`Could not fetch remote template '${name}': ${why}`);
}
