/**
 * The registry of a process's options: `cfg.CONF`. Options are registered by whoever needs them, a
 * command line is parsed once, and values are looked up by what counts most: an override, what was
 * given, a new default, the option's own default. Processes that run in a cloud read `Flags`, which
 * stands on the same rules; this is for code that does as services of the time did.
 * Upstream: `ConfigOpts` in oslo.config 1.4 `cfg.py`; messaging §C2.
 */
import { bytesRepr, Exception } from "../../python/index.js";
import { readCommandLine } from "./command-line.js";
import { ConfigError, NoSuchOptError } from "../../framework/flags/errors.js";
import { ArgsAlreadyParsedError, ConfigFileValueError, RequiredOptError } from "./errors.js";
import { findConfigFiles, NO_FILES, type ConfigFiles } from "./files.js";
import { DEFAULT, formatName } from "../../framework/flags/names.js";
import { OptionTable, type Registered } from "./option-table.js";
import { expand, Refused, resolve } from "../../framework/flags/resolve.js";
import type { Source } from "../../framework/flags/source.js";
import type { Flag, FlagValue } from "../../framework/flags/types.js";

export interface ParseOptions {
  readonly project?: string;
  readonly prog?: string;
  readonly files?: ConfigFiles;
  /** Instead of looking for `nova.conf` and `<prog>.conf`. */
  readonly defaultConfigFiles?: readonly string[];
}

interface Parsed {
  readonly args: readonly string[];
  readonly options: ParseOptions;
}

/** One group of options, as `CONF.glance`. */
export interface GroupView {
  /** @throws ConfigFileValueError, NoSuchOptError */
  get(name: string): FlagValue;
  has(name: string): boolean;
  names(): string[];
}

/**
 * The registry of oslo.config 1.4: options are registered, then a command line and files are
 * parsed.
 *
 * @example
 * ```ts
 * import { ConfigOpts, integerFlag } from "novasim";
 *
 * const CONF = new ConfigOpts();
 * CONF.registerCliOpt("workers", integerFlag(1, "How many there are"));
 * CONF.parse(["--workers", "4"], { defaultConfigFiles: [] });
 * console.log(CONF.get("workers")); // 4
 * ```
 */
export class ConfigOpts {
  readonly table = new OptionTable();
  #sources: readonly Source[] = [];
  #parsed: Parsed | undefined;

  /** @returns false if it is registered already @throws DuplicateOptError */
  registerOpt(name: string, flag: Flag<FlagValue>, group = DEFAULT): boolean {
    return this.table.add(name, flag, group, false);
  }

  /** As `registerOpt`, and it may be given on the command line. @throws ArgsAlreadyParsedError */
  registerCliOpt(name: string, flag: Flag<FlagValue>, group = DEFAULT): boolean {
    if (this.#parsed !== undefined) {
      throw new ArgsAlreadyParsedError("cannot register CLI option");
    }
    const added = this.table.add(name, flag, group, true);
    this.table.get(name, group).cli = true;
    return added;
  }

  registerGroup(group: string): void {
    this.table.addGroup(group);
  }

  /** @throws ArgsAlreadyParsedError */
  unregisterOpt(name: string, group = DEFAULT): void {
    if (this.#parsed !== undefined)
      throw new ArgsAlreadyParsedError("reset before unregistering options");
    this.table.remove(name, group);
  }

  /**
   * Parse a command line, without the program's name, and the files that it comes with: `CONF(...)`.
   * @throws UsageError, RequiredOptError and what files can be wrong with
   */
  parse(args: readonly string[], options: ParseOptions = {}): void {
    this.clear();
    this.#parsed = { args, options };
    this.#sources = this.#read(this.#parsed);
    this.#checkRequired();
  }

  /** Read the files again, with the arguments of before. @returns false, and nothing changes, on errors */
  reloadConfigFiles(): boolean {
    const before = this.#sources;
    try {
      if (this.#parsed !== undefined) this.#sources = this.#read(this.#parsed);
      this.#checkRequired();
      return true;
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#sources = before;
      return false;
    }
  }

  /**
   * The value of an option of no group. Whatever is wrong with it, upstream only says that there is
   * no such option (CFG-22).
   * @throws NoSuchOptError
   */
  get(name: string): FlagValue {
    try {
      return this.#value(this.table.get(name, DEFAULT), []);
    } catch (error) {
      throw error instanceof Exception ? new NoSuchOptError(name) : error;
    }
  }

  /** @throws NoSuchOptError if there is no such group */
  group(group: string): GroupView {
    if (!this.table.hasGroup(group)) throw new NoSuchOptError(group);
    return {
      get: (name) => this.#value(this.table.get(name, group), []),
      has: (name) => this.table.find(name, group) !== undefined,
      names: () => this.table.of(group).map((option) => option.name),
    };
  }

  /** The names of options of no group, and of groups. */
  names(): string[] {
    return [...this.table.of(DEFAULT).map(({ name }) => name), ...this.table.groups()];
  }

  has(name: string): boolean {
    return this.names().includes(name);
  }

  /** Wins over everything, and is taken as it is, of whatever type (CFG-27). */
  setOverride(name: string, value: FlagValue, group = DEFAULT): void {
    this.table.get(name, group).override = value;
  }

  /** What an option holds before anything is substituted or converted: an override, or a default. */
  peek(name: string, group = DEFAULT): FlagValue {
    const { override, newDefault, flag } = this.table.get(name, group);
    if (override !== undefined) return override;
    return newDefault === undefined ? flag.default : newDefault;
  }

  setDefault(name: string, value: FlagValue, group = DEFAULT): void {
    this.table.get(name, group).newDefault = value;
  }

  clearOverride(name: string, group = DEFAULT): void {
    delete this.table.get(name, group).override;
  }

  clearDefault(name: string, group = DEFAULT): void {
    delete this.table.get(name, group).newDefault;
  }

  /** Forget what was parsed and every override and new default; options stay registered. */
  clear(): void {
    this.#parsed = undefined;
    this.#sources = [];
    for (const option of this.table.all()) {
      delete option.override;
      delete option.newDefault;
    }
  }

  /** Every option with its value, as services log them when they start; secrets are not told. */
  optValues(): string[] {
    const line = (option: Registered): string => {
      const value = option.flag.secret === true ? "****" : this.#told(option);
      return `${formatName(option).padEnd(30)} = ${value}`;
    };
    return [DEFAULT, ...this.table.groups()].flatMap((group) =>
      this.table
        .of(group)
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(line),
    );
  }

  #told(option: Registered): string {
    const value = this.#value(option, []);
    return typeof value === "string" ? value : bytesRepr(value);
  }

  #read({ args, options }: Parsed): readonly Source[] {
    const { project, prog = project ?? "", files = NO_FILES } = options;
    const defaults =
      options.defaultConfigFiles ??
      (project === undefined ? [] : findConfigFiles(project, prog, files));
    return readCommandLine(args, this.table.all(), files, defaults);
  }

  #checkRequired(): void {
    for (const option of this.table.all()) {
      if (option.flag.required !== true) continue;
      if (this.#value(option, []) === null) throw new RequiredOptError(option.name, option.group);
    }
  }

  #value(option: Registered, on: readonly Registered[]): FlagValue {
    if (on.includes(option)) throw new ConfigError(`option ${option.name} refers to itself`);
    const lookup = (name: string): FlagValue => {
      const other = this.table.find(name, option.group) ?? this.table.find(name, DEFAULT);
      if (other === undefined) throw new NoSuchOptError(name);
      return this.#value(other, [...on, option]);
    };
    const { override, newDefault, flag, names, name } = option;
    if (override !== undefined) return expand(override, lookup);
    const preset = newDefault === undefined ? flag : { ...flag, default: newDefault };
    try {
      return resolve(preset, names, this.#sources, lookup).value;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new ConfigFileValueError(`Value for option ${name} is not valid: ${error.message}`);
    }
  }
}
