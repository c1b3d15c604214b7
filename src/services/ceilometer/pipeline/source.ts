/**
 * Where samples come from, and which of them: names of meters, how often they are polled, and of what. Upstream:
 * ceilometer/pipeline.py (Source) at 2014.2.
 */
import { fnmatcher, parseInteger } from "../../../python/index.js";
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
  readonly #allowed: readonly ((name: string) => boolean)[];
  readonly #denied: readonly ((name: string) => boolean)[];

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
    const denied = this.meters.filter((meter) => meter.startsWith("!"));
    const allowed = this.meters.filter((meter) => !meter.startsWith("!"));
    this.#denied = denied.map((meter) => fnmatcher(meter.slice(1)));
    this.#allowed = allowed.map(fnmatcher);
  }

  /** Whether samples of that meter belong to it. Of `instance:m1.tiny` only the first half counts. */
  supports(meter: string): boolean {
    const colon = meter.indexOf(":");
    const name = colon < 0 ? meter : `${meter.slice(0, colon)}:*`;
    if (this.#denied.some((matches) => matches(name))) return false;
    return this.#allowed.length === 0 || this.#allowed.some((matches) => matches(name));
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
