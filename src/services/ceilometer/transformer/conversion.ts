/**
 * What a sample becomes by a conversion: another name, unit and type, and its volume times a scale, which is a
 * number or an expression over the sample. Upstream: ceilometer/transformer/conversions.py (ScalingTransformer)
 * at 2014.2.
 */
import { PythonTypeError, isObject, typeName, type Json } from "../../../python/index.js";
import type { ConversionParameters } from "../pipeline/config.js";
import type { Sample, Samples } from "../sample.js";
import { evaluate, parseExpression, type Expression } from "./expression.js";

export class Conversion {
  readonly #samples: Samples;
  readonly #parameters: ConversionParameters;
  readonly #scale: number | Expression | undefined;

  /** @param scale where the target has none @throws ExpressionError */
  constructor(samples: Samples, parameters: ConversionParameters, scale?: string) {
    this.#samples = samples;
    this.#parameters = parameters;
    const given = parameters.target?.scale ?? 0;
    const used = given === 0 || given === "" ? scale : given;
    this.#scale = typeof used === "string" ? parseExpression(used) : used;
  }

  /** The unit that samples must have to be converted; all, without one. */
  get unit(): string | undefined {
    return this.#parameters.source?.unit;
  }

  /** `_convert`. @param growth what the scaled volume is multiplied by */
  convert(sample: Sample, growth = 1): Sample {
    const { name, type, unit, volume, source, id, ...rest } = sample;
    return this.#samples.make({
      ...rest,
      name: this.#mapped("name", name),
      unit: this.#mapped("unit", unit),
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

  /** `re.sub`, where there is something to map from and to; else the target's own. */
  #mapped(attribute: "name" | "unit", value: string): string {
    const { source, target } = this.#parameters;
    const from = source?.map_from?.[attribute] ?? "";
    const to = target?.map_to?.[attribute] ?? "";
    const mapped =
      from === "" || to === ""
        ? ""
        : value.replace(new RegExp(from, "gu"), (...found: (string | number)[]) =>
            to.replace(/\\(\d)/g, (_, group: string) => String(found[Number(group)] ?? "")),
          );
    return mapped === "" ? (target?.[attribute] ?? value) : mapped;
  }
}

/** What can be multiplied. @throws PythonTypeError */
export function numberOf(volume: Json): number {
  if (typeof volume === "number") return volume;
  if (typeof volume === "boolean") return volume ? 1 : 0;
  const name = isObject(volume) ? "dict" : typeName(volume);
  throw new PythonTypeError(`unsupported operand type(s) for *: '${name}' and 'int'`);
}
