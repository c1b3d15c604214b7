/**
 * What can be wrong with the flags of a process. `FlagError` is for people: a deployment was
 * described wrongly. The others are what services could catch, by their upstream names; those of
 * command lines and option registries are in `vintage/flags`. Upstream: oslo.config 1.4 `cfg.py`.
 */
import { AttributeError, Exception } from "../../python/index.js";
import type { Origin } from "./source.js";

/**
 * A flag was given a value that it cannot have, or there is no such flag.
 *
 * @example
 * ```ts
 * import { Cloud, FlagError } from "novasim";
 *
 * try {
 *   new Cloud({ flags: { "nova-compute": { shelved_offload_tim: 0 } } });
 * } catch (error) {
 *   console.log(error instanceof FlagError && error.hint); // Did you mean "shelved_offload_time"?
 * }
 * ```
 */
export class FlagError extends Error {
  override readonly name = "FlagError";
  /** Where the value was given. */
  readonly origin: Origin | undefined;
  /** What would be right. */
  readonly hint: string | undefined;

  constructor(message: string, { origin, hint }: { origin?: Origin; hint?: string } = {}) {
    super(message);
    this.origin = origin;
    this.hint = hint;
  }
}

/** Base of oslo.config's errors. */
export class ConfigError extends Exception {
  static override readonly module: string = "oslo.config.cfg";
  override readonly name: string = "Error";
}

/** ` in group glance`; nothing for the group that needs no name. */
export const inGroup = (group: string | undefined): string =>
  group === undefined || group === "DEFAULT" ? "" : ` in group ${group}`;

/** There is no such option; to Python code it looks like a missing attribute (CFG-24). */
export class NoSuchOptError extends AttributeError {
  static override readonly module = "oslo.config.cfg";
  override readonly name = "NoSuchOptError";

  constructor(option: string, group?: string) {
    super(`no such option${inGroup(group)}: ${option}`);
  }
}

/** A file that is not ini; line and column count from 1. */
export class ConfigFileParseError extends ConfigError {
  override readonly name = "ConfigFileParseError";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, without the place. */
  readonly problem: string;

  constructor(file: string, line: number, column: number, problem: string, text: string) {
    super(`Failed to parse ${file}: at ${file}:${line}, ${problem}: ${JSON.stringify(text)}`);
    this.file = file;
    this.line = line;
    this.column = column;
    this.problem = problem;
  }
}
