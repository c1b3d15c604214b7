/** A pipeline.yaml that a process cannot start with. Upstream: ceilometer/pipeline.py (PipelineException) at 2014.2. */
import { Exception, repr, toJson } from "../../../python/index.js";

export class PipelineException extends Exception {
  static override readonly module: string = "ceilometer.pipeline";
  override readonly name: string = "PipelineException";

  /** @param config of the source or the sink, or all of it */
  constructor(message: string, config: object) {
    super(`Pipeline ${repr(toJson(config), "")}: ${message}`);
  }
}
