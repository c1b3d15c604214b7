/**
 * `arithmetic`: computes a meter out of several of a resource, `100 * $(memory.usage) / $(memory)`, once the samples of
 * a turn are through and all of them are there. The order of meters in the expression counts where upstream has that
 * of a dictionary: the first lends the new sample its owner and metadata. Upstream:
 * ceilometer/transformer/arithmetic.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { Exception, setMember, str, type Json } from "../../../python/index.js";
import type { Sample, Samples } from "../sample.js";
import { numberOf } from "./conversion.js";
import { evaluate, parseExpression, type Expression } from "./expression.js";
import type { Transformer } from "./transformer.js";

interface Target {
  readonly name?: string | undefined;
  readonly unit?: string | undefined;
  readonly type?: string | undefined;
  readonly expr: string;
}

export class Arithmetic implements Transformer {
  readonly name = "arithmetic";
  readonly #env: Env;
  readonly #samples: Samples;
  readonly #target: Target;
  readonly #expression: Expression;
  /** Meters by the names that they have in the expression. */
  readonly #meters: ReadonlyMap<string, string>;
  #cache = new Map<string, Map<string, Sample>>();
  #latest = "";

  /** @throws ExpressionError */
  constructor(env: Env, samples: Samples, target: Target) {
    const meters = new Map<string, string>();
    const text = target.expr.replace(/\$\(([\w.-]+)\)(\.?)/g, (_, meter: string, dot: string) => {
      const escaped = `meter_${String([...meters.keys(), meter].indexOf(meter))}`;
      meters.set(meter, escaped);
      return dot === "" ? `${escaped}.volume` : `${escaped}.`;
    });
    this.#env = env;
    this.#samples = samples;
    this.#target = target;
    this.#meters = meters;
    this.#expression = parseExpression(text);
    if (meters.size > 0) return;
    const must = "Arithmetic transformer must use at least one meter in expression";
    env.log("warning", `${must} '${target.expr}'`);
  }

  handle(sample: Sample): undefined {
    this.#latest = sample.timestamp;
    if (!this.#meters.has(sample.name)) return undefined;
    const resource = str(sample.resource_id);
    const known = this.#cache.get(resource) ?? new Map<string, Sample>();
    known.set(sample.name, sample);
    this.#cache.set(resource, known);
    return undefined;
  }

  flush(): readonly Sample[] {
    const cache = this.#cache;
    this.#cache = new Map();
    return [...cache.values()].flatMap((samples) => {
      if (samples.size === this.#meters.size) return this.#calculated(samples) ?? [];
      const names = [...this.#meters.keys()].join(", ");
      this.#env.log("warning", `Unable to perform calculation, not all of {${names}} are present`);
      return [];
    });
  }

  #calculated(samples: ReadonlyMap<string, Sample>): Sample | undefined {
    const [first = ""] = this.#meters.keys();
    const reference = samples.get(first);
    if (reference === undefined) return undefined;
    const names: Record<string, Json> = {};
    for (const [meter, escaped] of this.#meters) {
      setMember(names, escaped, { ...samples.get(meter) });
    }
    try {
      return this.#samples.make({
        name: this.#target.name ?? reference.name,
        unit: this.#target.unit ?? reference.unit,
        type: this.#target.type ?? reference.type,
        volume: numberOf(evaluate(this.#expression, names)),
        user_id: reference.user_id,
        project_id: reference.project_id,
        resource_id: reference.resource_id,
        timestamp: this.#latest,
        resource_metadata: reference.resource_metadata,
      });
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      const what = `Unable to evaluate expression ${this.#target.expr}`;
      this.#env.log("warning", `${what}: ${error.message}`);
      return undefined;
    }
  }
}
