/**
 * What a pipeline.yaml comes to, read once for all processes that start with it: its sources, what its transformers
 * are to do, and how log lines show it. What is wrong with it is told to each process that starts. Upstream:
 * ceilometer/pipeline.py at 2014.2, which reads the file in each process.
 */
import { repr, toJson } from "../../../python/index.js";
import { transformerMaker, type TransformerMaker } from "../transformer/transformers.js";
import type { PipelineConfig, SinkConfig, SourceConfig, TransformerConfig } from "./config.js";
import { Source } from "./source.js";

interface TransformerDefinition {
  readonly name: TransformerConfig["name"];
  /** `repr` of its parameters. */
  readonly parameters: string;
  readonly make: TransformerMaker;
}

export interface SinkDefinition {
  readonly config: SinkConfig;
  /** Undefined where the file does not even say that there are none. */
  readonly transformers: readonly TransformerDefinition[] | undefined;
}

export class PipelineDefinition {
  readonly config: PipelineConfig;
  #text: string | undefined;
  #sources: readonly { readonly source: Source; readonly config: SourceConfig }[] | undefined;
  #sinks: readonly SinkDefinition[] | undefined;

  constructor(config: PipelineConfig) {
    this.config = config;
  }

  /** `repr` of all of it. */
  get text(): string {
    return (this.#text ??= repr(toJson(this.config), ""));
  }

  /** @throws PipelineException */
  get sources() {
    return (this.#sources ??= (this.config.sources ?? []).map((config) => ({
      source: new Source(config),
      config,
    })));
  }

  get sinks(): readonly SinkDefinition[] {
    return (this.#sinks ??= (this.config.sinks ?? []).map((config) => ({
      config,
      transformers:
        config.transformers === undefined ? undefined : (config.transformers ?? []).map(defined),
    })));
  }
}

const defined = (config: TransformerConfig): TransformerDefinition => ({
  name: config.name,
  parameters: repr(toJson(config.parameters ?? {}), ""),
  make: transformerMaker(config),
});

/** pipeline.yaml as an operator has put it on every host. */
export class PipelineFile {
  definition: PipelineDefinition;

  constructor(definition: PipelineDefinition) {
    this.definition = definition;
  }
}
