/**
 * All pipelines of a process: each source with each of its sinks, in the order of the file; upstream goes
 * through a set of them. Upstream: ceilometer/pipeline.py (Pipeline, PipelineManager, setup_pipeline) at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { done, type Op } from "../../../kernel/index.js";
import type { CeilometerContext } from "../context.js";
import { Samples, type Sample } from "../sample.js";
import type { PipelineFile } from "./definition.js";
import { PipelineException } from "./errors.js";
import { Sink } from "./sink.js";
import type { Source } from "./source.js";

export interface Pipeline {
  readonly source: Source;
  readonly sink: Sink;
}

export class PipelineManager {
  readonly samples: Samples;
  readonly pipelines: readonly Pipeline[];

  /** @throws PipelineException for a file that says what cannot be */
  constructor(env: Env, { definition }: PipelineFile) {
    const { config, text } = definition;
    env.log("info", `Pipeline config: ${text}`);
    this.samples = new Samples(env);
    if (config.sources === undefined || config.sinks === undefined) {
      throw new PipelineException("Both sources & sinks are required", config);
    }
    env.log("info", "detected decoupled pipeline config format");
    const { sources } = definition;
    const sinks = new Map(
      definition.sinks.map((sink) => [sink.config.name ?? "", new Sink(env, this.samples, sink)]),
    );
    const known = new Set(sinks.keys());
    this.pipelines = sources.flatMap(({ source, config: of }) => {
      source.checkSinks(known, of);
      return source.sinks.flatMap((name) => {
        const sink = sinks.get(name);
        return sink === undefined ? [] : [{ source, sink }];
      });
    });
  }

  /** Puts samples into every pipeline that wants their meters, or into `pipelines` alone. */
  *publish(
    ctxt: CeilometerContext,
    samples: readonly Sample[],
    pipelines: readonly Pipeline[] = this.pipelines,
  ): Op<void> {
    for (const { source, sink } of pipelines) {
      const supported = samples.filter(({ name }) => source.supports(name));
      yield* supported.length === 0 ? done(undefined) : sink.publish(ctxt, supported);
    }
    yield* this.flush(ctxt, pipelines);
  }

  /** What ends a turn, whatever became of its samples. */
  *flush(ctxt: CeilometerContext, pipelines: readonly Pipeline[]): Op<void> {
    for (const { sink } of pipelines) yield* sink.flush(ctxt);
  }
}
