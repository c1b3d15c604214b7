/**
 * What becomes of a sample on its way through a sink. Upstream: ceilometer/transformer/__init__.py
 * (TransformerBase) at 2014.2.
 */
import type { Sample } from "../sample.js";

export interface Transformer {
  readonly name: string;
  /** @returns what becomes of it; undefined if it goes no further @throws what Python would */
  handle(sample: Sample): Sample | undefined;
  /** What it has kept, once all samples of a turn are through. @throws what Python would */
  flush?(): readonly Sample[];
}
