/**
 * Where samples come from, and which of them: names of meters, how often they are polled, and of what. Upstream:
 * ceilometer/pipeline.py (Source) at 2014.2.
 */
import { fnmatch, parseInteger } from "../../../python/index.js";
import type { SourceConfig } from "./config.js";
import { PipelineException } from "./errors.js";

export class Source {
  readonly name: string;
  /** Seconds. */
  readonly interval: number;
  readonly meters: readonly string[];
  readonly resources: readonly string[];
  readonly discovery: readonly string[];
  readonly sinks: readonly string[];

  /** @throws PipelineException */
  constructor(config: SourceConfig) {
    const refuse = (message: string): never => {
      throw new PipelineException(message, config);
    };
    this.name = config.name ?? refuse("Required field name not specified");
    this.interval = wholeOf(
      config.interval ?? refuse("Required field interval not specified"),
      refuse,
    );
    if (this.interval <= 0) refuse("Interval value should > 0");
    this.resources = config.resources ?? [];
    this.discovery = config.discovery ?? [];
    this.meters = config.meters ?? [];
    this.sinks = config.sinks ?? [];
    const excluded = this.meters.some((meter) => meter.startsWith("!"));
    const included = this.meters.some((meter) => !/^[!*]/.test(meter));
    if (this.meters.length === 0) refuse("No meter specified");
    if (included && excluded) refuse("Both included and excluded meters specified");
    if (this.meters.includes("*") && included) refuse("Included meters specified with wildcard");
  }

  /** Whether samples of that meter belong to it. Of `instance:m1.tiny` only the first half counts. */
  supports(meter: string): boolean {
    const name = meter.replace(/:.*$/s, ":*");
    const matches = (pattern: string): boolean => fnmatch(name, pattern);
    const denied = this.meters.filter((pattern) => pattern.startsWith("!"));
    const allowed = this.meters.filter((pattern) => !pattern.startsWith("!"));
    if (denied.some((pattern) => matches(pattern.slice(1)))) return false;
    return allowed.length === 0 || allowed.some(matches);
  }

  /** @throws PipelineException unless it leads to sinks that there are */
  checkSinks(known: ReadonlySet<string>, config: SourceConfig): void {
    if (this.sinks.length === 0) {
      throw new PipelineException(`No sink defined in source ${this.name}`, config);
    }
    for (const sink of this.sinks) {
      if (known.has(sink)) continue;
      throw new PipelineException(`Dangling sink ${sink} from source ${this.name}`, config);
    }
  }
}

/** `int(value)`. */
function wholeOf(value: number | string, refuse: (message: string) => never): number {
  if (typeof value === "number") return Math.trunc(value);
  return parseInteger(value) ?? refuse("Invalid interval value");
}
