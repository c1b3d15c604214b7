/**
 * What can be wrong with options. `FlagError` is for people: a deployment was described wrongly.
 * The others are what services of the time could catch, by their upstream names. Upstream:
 * oslo.config 1.4 `cfg.py`; python-gflags 1.3 as nova 2011.3 used it.
 */
import { AttributeError, Exception } from "../../python/index.js";
import type { Origin } from "./source.js";

/** A flag was given a value that it cannot have, or there is no such flag. */
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

const inGroup = (group: string | undefined): string =>
  group === undefined || group === "DEFAULT" ? "" : ` in group ${group}`;

/** There is no such option; to Python code it looks like a missing attribute (CFG-24). */
export class NoSuchOptError extends AttributeError {
  static override readonly module = "oslo.config.cfg";
  override readonly name = "NoSuchOptError";

  constructor(option: string, group?: string) {
    super(`no such option${inGroup(group)}: ${option}`);
  }
}

export class NoSuchGroupError extends ConfigError {
  override readonly name = "NoSuchGroupError";

  constructor(group: string) {
    super(`no such group: ${group}`);
  }
}

export class DuplicateOptError extends ConfigError {
  override readonly name = "DuplicateOptError";

  constructor(option: string) {
    super(`duplicate option: ${option}`);
  }
}

export class RequiredOptError extends ConfigError {
  override readonly name = "RequiredOptError";

  constructor(option: string, group: string) {
    super(`value required for option${inGroup(group)}: ${option}`);
  }
}

export class ArgsAlreadyParsedError extends ConfigError {
  override readonly name = "ArgsAlreadyParsedError";

  constructor(message: string) {
    super(`arguments already parsed: ${message}`);
  }
}

export class ConfigFilesNotFoundError extends ConfigError {
  override readonly name = "ConfigFilesNotFoundError";

  constructor(files: readonly string[]) {
    super(`Failed to read some config files: ${files.join(",")}`);
  }
}

export class ConfigDirNotFoundError extends ConfigError {
  override readonly name = "ConfigDirNotFoundError";

  constructor(folder: string) {
    super(`Failed to read config file directory: ${folder}`);
  }
}

export class ConfigFileValueError extends ConfigError {
  override readonly name = "ConfigFileValueError";
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

/** A command line that is not understood. The process prints its message and exits with 2. */
export class UsageError extends ConfigError {
  static override readonly module = "exceptions";
  override readonly name = "SystemExit";
  readonly exit = 2;
}
