/**
 * How one trait is found in a notification, and what type its value is made of. Nova's empty dates are none. Upstream:
 * ceilometer/event/converter.py (TraitDefinition), ceilometer/storage/models.py (Trait.convert_value) at 2014.2.
 */
import type { Kernel } from "../../../kernel/index.js";
import {
  bytesRepr,
  parseInteger,
  PythonTypeError,
  repr,
  str,
  typeName,
  ValueError,
  type Json,
} from "../../../python/index.js";
import { asciiOnly } from "../ascii.js";
import { storedTime } from "../times.js";
import type { TraitConfig } from "./config.js";
import { EventDefinitionException } from "./errors.js";
import { TRAIT_TYPES, type Trait, type TraitType } from "./event.js";
import { parsePath, PathError, type FieldPath } from "./path.js";
import { TRAIT_PLUGINS, type TraitPlugin } from "./trait-plugins.js";

export class TraitDefinition {
  readonly name: string;
  readonly #path: FieldPath;
  readonly #type: TraitType;
  readonly #plugin: TraitPlugin | undefined;

  /** @throws EventDefinitionException */
  constructor(name: string, config: TraitConfig) {
    this.name = name;
    this.#plugin = pluginOf(name, config);
    this.#path = pathOf(name, config);
    const type = typeOf(config.type ?? "text");
    if (type === undefined) {
      const what = `Invalid trait type '${config.type ?? ""}' for trait ${name}`;
      throw new EventDefinitionException(what, config);
    }
    this.#type = type;
  }

  /** @throws what Python does at a value that cannot be converted */
  toTrait(kernel: Kernel, body: Json): Trait | undefined {
    const found = this.#path(body).filter(({ value }) => value !== null);
    const value = this.#plugin === undefined ? (found[0]?.value ?? null) : this.#plugin(found);
    if (value === null || (this.#type !== TRAIT_TYPES.text && value === "")) return undefined;
    return { name: this.name, dtype: this.#type, value: converted(kernel, this.#type, value) };
  }
}

const typeOf = (name: string): TraitType | undefined =>
  new Map<string, TraitType>(Object.entries(TRAIT_TYPES)).get(name.toLowerCase());

function pluginOf(trait: string, config: TraitConfig): TraitPlugin | undefined {
  if (config.plugin === undefined) return undefined;
  const { name, parameters } =
    typeof config.plugin === "string" ? { name: config.plugin, parameters: {} } : config.plugin;
  if (name === undefined) {
    const what = `Plugin specified, but no plugin name supplied for trait ${trait}`;
    throw new EventDefinitionException(what, config);
  }
  const make = TRAIT_PLUGINS.get(name);
  if (make === undefined) {
    throw new EventDefinitionException(
      `No plugin named ${name} available for trait ${trait}`,
      config,
    );
  }
  return make(parameters ?? {});
}

function pathOf(trait: string, config: TraitConfig): FieldPath {
  const { fields } = config;
  if (fields === undefined) {
    const what = "Required field in trait definition not specified: 'fields'";
    throw new EventDefinitionException(what, config);
  }
  const several = typeof fields === "string" ? [fields] : fields;
  const text =
    several.length === 1 ? (several[0] ?? "") : several.map((one) => `(${one})`).join("|");
  try {
    return parsePath(text);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    const what = `Parse error in JSONPath specification '${text}' for ${trait}: ${error.message}`;
    throw new EventDefinitionException(what, config);
  }
}

function converted(kernel: Kernel, type: TraitType, value: Json): string | number {
  switch (type) {
    case TRAIT_TYPES.text:
      return asciiOnly(str(value));
    case TRAIT_TYPES.int:
      return intOf(value);
    case TRAIT_TYPES.float:
      return floatOf(value);
    case TRAIT_TYPES.datetime:
      if (typeof value !== "string") throw new ValueError(`Expecting a string ${repr(value)}`);
      return storedTime(kernel, value);
  }
}

/** `int(value)`. */
function intOf(value: Json): number {
  if (typeof value === "number") return Math.trunc(value);
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") {
    const what = "int() argument must be a string or a number, not";
    throw new PythonTypeError(`${what} '${typeName(value)}'`);
  }
  const number = parseInteger(value);
  if (number !== undefined) return number;
  throw new ValueError(`invalid literal for int() with base 10: ${bytesRepr(value)}`);
}

/** `float(value)`; infinities are none here. */
function floatOf(value: Json): number {
  if (typeof value === "number" || typeof value === "boolean") return Number(value);
  if (typeof value !== "string")
    throw new PythonTypeError("float() argument must be a string or a number");
  const number = value.trim() === "" ? NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw new ValueError(`could not convert string to float: ${value}`);
}
