/**
 * What a sample becomes by a conversion: another name, unit and type, and its volume times a scale, which is a
 * number or an expression over the sample. It is read once for all processes. Upstream: ceilometer/transformer/conversions.py (ScalingTransformer)
 * at 2014.2.
 */
import { PythonTypeError, isObject, typeName, type Json } from "../../../python/index.js";
import type { ConversionParameters } from "../pipeline/config.js";
import type { Sample, Samples } from "../sample.js";
import { evaluate, parseExpression, type Expression } from "./expression.js";

export class Conversion {
  readonly #parameters: ConversionParameters;
  readonly #scale: number | Expression | undefined;
  readonly #name: Mapping;
  readonly #unit: Mapping;

  /** @param scale where the target has none @throws ExpressionError */
  constructor(parameters: ConversionParameters, scale?: string) {
    this.#parameters = parameters;
    const given = parameters.target?.scale ?? 0;
    const used = given === 0 || given === "" ? scale : given;
    this.#scale = typeof used === "string" ? parseExpression(used) : used;
    this.#name = mapping(parameters, "name");
    this.#unit = mapping(parameters, "unit");
  }

  /** The unit that samples must have to be converted; all, without one. */
  get unit(): string | undefined {
    return this.#parameters.source?.unit;
  }

  /** `_convert`. @param growth what the scaled volume is multiplied by */
  convert(samples: Samples, sample: Sample, growth = 1): Sample {
    const { name, type, unit, volume, source, id, ...rest } = sample;
    return samples.make({
      ...rest,
      name: this.#name(name),
      unit: this.#unit(unit),
      type: this.#parameters.target?.type ?? type,
      volume: numberOf(this.scaled(sample)) * growth,
    });
  }

  /** `_scale`. @throws PythonTypeError */
  scaled(sample: Sample): Json {
    const scale = this.#scale;
    if (scale === undefined) return sample.volume;
    return typeof scale === "number"
      ? numberOf(sample.volume) * scale
      : evaluate(scale, { ...sample });
  }
}

type Mapping = (value: string) => string;

/** `re.sub`, where there is something to map from and to; else the target's own. */
function mapping({ source, target }: ConversionParameters, attribute: "name" | "unit"): Mapping {
  const from = source?.map_from?.[attribute] ?? "";
  const to = target?.map_to?.[attribute] ?? "";
  const own = target?.[attribute];
  if (from === "" || to === "") return (value) => own ?? value;
  const pattern = new RegExp(from, "gu");
  const replaced = (...found: (string | number)[]): string =>
    to.replace(/\\(\d)/g, (_, group: string) => String(found[Number(group)] ?? ""));
  return (value) => {
    const mapped = value.replace(pattern, replaced);
    return mapped === "" ? (own ?? value) : mapped;
  };
}

/** What can be multiplied. @throws PythonTypeError */
export function numberOf(volume: Json): number {
  if (typeof volume === "number") return volume;
  if (typeof volume === "boolean") return volume ? 1 : 0;
  const name = isObject(volume) ? "dict" : typeName(volume);
  throw new PythonTypeError(`unsupported operand type(s) for *: '${name}' and 'int'`);
}
