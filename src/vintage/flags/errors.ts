/**
 * What can be wrong with a registry of options and with a command line, by upstream's names.
 * Upstream: oslo.config 1.4 `cfg.py`; python-gflags 1.3 as nova 2011.3 used it.
 */
import { ConfigError, inGroup } from "../../framework/flags/errors.js";

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

/** A command line that is not understood. The process prints its message and exits with 2. */
export class UsageError extends ConfigError {
  static override readonly module = "exceptions";
  override readonly name = "SystemExit";
  readonly exit = 2;
}
