/**
 * Where samples go: through transformers, one sample at a time, and then to publishers, all of one meter
 * in one go. What fails for one publisher does not keep them from the next. Upstream: ceilometer/pipeline.py
 * (Sink) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { caught, done, type Op } from "../../../kernel/index.js";
import { Exception, repr } from "../../../python/index.js";
import type { CeilometerContext } from "../context.js";
import { publisherOf, type Publisher } from "../publisher/publisher.js";
import type { Sample, Samples } from "../sample.js";
import type { Transformer } from "../transformer/transformer.js";
import type { SinkDefinition } from "./definition.js";
import { PipelineException } from "./errors.js";
import { groupedBy } from "./groups.js";

export class Sink {
  readonly name: string;
  readonly #env: Env;
  readonly #publishers: readonly { readonly url: string; readonly publisher: Publisher }[];
  readonly #transformers: readonly Transformer[];

  /** @throws PipelineException */
  constructor(env: Env, samples: Samples, { config, transformers }: SinkDefinition) {
    this.#env = env;
    const refuse = (message: string): never => {
      throw new PipelineException(message, config);
    };
    this.name = config.name ?? refuse("Required field name not specified");
    const wanted = transformers ?? refuse("Required field transformers not specified");
    const { publishers = [] } = config;
    if (publishers.length === 0) refuse("No publisher specified");
    this.#publishers = publishers.flatMap((url) =>
      this.#load(url.includes("://") ? url : `${url}://`),
    );
    this.#transformers = wanted.map(({ name, parameters, make }) => {
      const made = make(env, samples);
      const instance = `Setup transformer instance ${name} with parameter ${parameters}`;
      env.log("info", `Pipeline ${this.name}: ${instance}`);
      return made;
    });
  }

  *publish(ctxt: CeilometerContext, samples: readonly Sample[]): Op<void> {
    for (const group of groupedBy(samples, ({ name }) => name).values()) {
      yield* this.#send(ctxt, 0, group);
    }
  }

  /** What transformers have kept goes on from the next one. */
  *flush(ctxt: CeilometerContext): Op<void> {
    for (const [at, transformer] of this.#transformers.entries()) {
      const flushed = this.#flushed(transformer);
      yield* flushed.length === 0 ? done(undefined) : this.#send(ctxt, at + 1, flushed);
    }
  }

  #flushed(transformer: Transformer): readonly Sample[] {
    try {
      return transformer.flush?.() ?? [];
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      const what = `Pipeline ${this.name}: Error flushing transformer ${transformer.name}`;
      this.#env.log("warning", what);
      this.#env.log("error", `${error.name}: ${error.message}`);
      return [];
    }
  }

  /** @param start the transformer with which they begin */
  *#send(ctxt: CeilometerContext, start: number, samples: readonly Sample[]): Op<void> {
    const transformed = samples.flatMap((sample) => this.#transformed(sample, start) ?? []);
    if (transformed.length > 0) {
      for (const { url, publisher } of this.#publishers) {
        try {
          yield* publisher.publish(ctxt, transformed);
        } catch (thrown) {
          const { name, message } = yield* caught(thrown);
          const why = `Pipeline ${this.name}: Continue after error from publisher ${url}`;
          this.#env.log("error", `${why}: ${name}: ${message}`);
        }
      }
    }
  }

  /** What is left of a sample; nothing, if a transformer keeps or drops it. */
  #transformed(sample: Sample, start: number): Sample | undefined {
    let current: Sample | undefined = sample;
    for (const transformer of this.#transformers.slice(start)) {
      try {
        current = transformer.handle(current);
      } catch (error) {
        if (!(error instanceof Exception)) throw error;
        const where = `${transformer.name} for ${sample.name} of ${repr(sample.resource_id)}`;
        this.#env.log(
          "warning",
          `Pipeline ${this.name}: Exit after error from transformer ${where}`,
        );
        this.#env.log("error", `${error.name}: ${error.message}`);
        return undefined;
      }
      if (current === undefined) return undefined;
    }
    return current;
  }

  #load(url: string): { readonly url: string; readonly publisher: Publisher }[] {
    try {
      return [{ url, publisher: publisherOf(this.#env, url) }];
    } catch (error) {
      if (!(error instanceof Exception)) throw error;
      this.#env.log("error", `Unable to load publisher ${url}: ${error.name}: ${error.message}`);
      return [];
    }
  }
}
