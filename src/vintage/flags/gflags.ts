/**
 * `FLAGS` and `DEFINE_*` of 2011, over the registry of today: any code defines what it needs, also
 * after the command line was read, and a flag that is unknown now may be known later. Each view has
 * its own values; nothing is global. Upstream: nova/flags.py of 2011.3 over python-gflags 1.3;
 * messaging §C1.
 */
import { bytesRepr, AttributeError, KeyError, ValueError } from "../../python/index.js";
import { DuplicateOptError } from "./errors.js";
import { FlagDefinitions, type DefineOptions } from "./definitions.js";
import type { Flags } from "../../framework/flags/flags.js";
import { NO_FILES, textOf, type ConfigFiles } from "./files.js";
import * as kinds from "./gflags-kinds.js";
import { IllegalFlagValue, UnrecognizedFlag, type GflagKind } from "./gflags-kinds.js";
import { helpOf, type Defined } from "./gflags-help.js";
import { scan, withFlagfiles } from "./getopt.js";
import { ConfigOpts } from "./registry.js";
import { substitute } from "../../framework/flags/template.js";
import type { FlagValue } from "../../framework/flags/types.js";

/**
 * The flags of 2011: gflags over `ConfigOpts`, as Nova had them before oslo.config.
 *
 * @example
 * ```ts
 * import { Gflags } from "novasim";
 *
 * const FLAGS = new Gflags();
 * FLAGS.DEFINE_integer("late", 1, "How late it may be");
 * FLAGS.parse(["prog", "--late=5"]);
 * console.log(FLAGS.value("late")); // 5
 * ```
 */
export class Gflags extends FlagDefinitions {
  readonly conf: ConfigOpts;
  readonly #files: ConfigFiles;
  readonly #defined = new Map<string, Defined>();
  readonly #dirty = new Set<string>();
  /** The last command line, for flags that are defined later. */
  #argv: readonly string[] | undefined;
  /** Flag files that were asked for and not there; upstream prints them and goes on. */
  readonly missing: string[] = [];

  constructor(files: ConfigFiles = NO_FILES, conf = new ConfigOpts()) {
    super();
    this.#files = files;
    this.conf = conf;
  }

  /**
   * The view of a process in a cloud: what the deployment gives is its command line.
   *
   * @example
   * ```ts
   * import { Cloud, Gflags, Manager, type Env } from "novasim";
   *
   * class LateManager extends Manager {
   *   constructor(env: Env) {
   *     super(env);
   *     const FLAGS = Gflags.of(env.flags);
   *     FLAGS.DEFINE_integer("late", 1, "How late it may be");
   *     console.log(FLAGS.value("late")); // 1
   *   }
   *   endpoints() {
   *     return [];
   *   }
   * }
   * new Cloud().add({ binary: "nova-late", manager: LateManager });
   * ```
   */
  static of(flags: Flags): Gflags {
    const words = flags.sources.flatMap((source) =>
      [...source].flatMap(([name, values]) =>
        values.flatMap(({ value }) => (value === null ? [] : `--${name}=${asText(value)}`)),
      ),
    );
    const view = new Gflags();
    view.parse(["", ...words]);
    return view;
  }

  /** `help` (also `?`), `helpshort` and `helpxml`. */
  defineHelp(): void {
    this.DEFINE_bool("help", false, "show this help", { short_name: "?", module: "gflags" });
    this.DEFINE_bool("helpshort", false, "show usage only for this module", { module: "gflags" });
    this.DEFINE_bool("helpxml", false, "like --help, but generates XML output", {
      module: "gflags",
    });
  }

  /** Make sure that `load` has defined `name`; a value that it has stays (CFG-19). @throws UnrecognizedFlag */
  DECLARE(name: string, module: string, load: (flags: this) => void): void {
    if (!this.has(name)) load(this);
    if (!this.has(name)) throw new UnrecognizedFlag(`${name} not defined by ${module}`);
  }

  /**
   * Read a command line, the program's name first: `FLAGS(argv)`. Flags that nobody has defined are
   * kept for later.
   * @returns the program's name and what is left
   * @throws IllegalFlagValue, FlagsError
   */
  parse(argv: readonly string[]): string[] {
    const [prog, ...args] = argv;
    this.#argv = [...argv];
    this.#dirty.clear();
    const words = withFlagfiles(
      args,
      (file) => textOf(file, this.#files),
      (file) => this.missing.push(file),
    );
    const rest = this.#take(words);
    return [...(prog === undefined ? [] : [prog]), ...rest];
  }

  /** The value: `FLAGS.name`, with `$other` replaced in texts. @throws AttributeError, KeyError */
  value(name: string): FlagValue {
    if (!this.has(name)) throw new AttributeError(name);
    if (this.#dirty.has(name)) this.#parseNewFlags();
    return this.#expanded(name);
  }

  /** `FLAGS.get(name, preset)`: `preset` is for flags that are there and have no value (CFG-15). */
  get(name: string, preset: FlagValue): FlagValue {
    const value = this.value(name);
    return value ?? preset;
  }

  /** `FLAGS.name = value`. @throws KeyError if nobody defined it */
  assign(name: string, value: FlagValue): void {
    if (!this.has(name)) throw new KeyError(name);
    this.#dirty.delete(name);
    this.conf.setOverride(name, value);
  }

  /** `FLAGS[name].SetDefault(value)`: its default and its value. @throws KeyError */
  setDefault(name: string, value: FlagValue): void {
    if (!this.has(name)) throw new KeyError(name);
    this.conf.clearOverride(name);
    this.conf.setDefault(name, value);
  }

  has(name: string): boolean {
    return this.#defined.has(name);
  }

  /** All names, short ones too. */
  names(): string[] {
    return [...this.#defined].flatMap(([name, { shortName }]) =>
      shortName === undefined ? [name] : [name, shortName],
    );
  }

  /** What `--help` prints: flags by the module that defined them. The process then exits with 1. */
  help(): string[] {
    return helpOf(this.#defined, (name) => this.conf.table.get(name, "DEFAULT").flag.default);
  }

  protected override define(
    kind: GflagKind,
    name: string,
    value: FlagValue,
    help: string,
    { short_name: shortName, allow_override: again = false, module = "" }: DefineOptions = {},
  ): void {
    if (this.has(name)) {
      if (!again) throw new kinds.DuplicateFlagError(name);
      this.conf.table.remove(name, "DEFAULT");
    }
    try {
      this.conf.registerOpt(name, kinds.asFlag(kind, value, help));
    } catch (error) {
      throw error instanceof DuplicateOptError ? new kinds.DuplicateFlagError(name) : error;
    }
    this.#defined.set(name, { kind, help, module, ...(shortName !== undefined && { shortName }) });
    if (this.#argv !== undefined) this.#dirty.add(name);
  }

  /**
   * Read the last command line again. Every flag goes back to its default first, so what code has
   * assigned is lost, and texts keep what was substituted now (CFG-12).
   */
  #parseNewFlags(): void {
    for (const name of this.#defined.keys()) this.conf.clearOverride(name);
    this.parse(this.#argv ?? []);
    const frozen = [...this.#defined.keys()].map((name) => [name, this.#expanded(name)] as const);
    for (const [name, value] of frozen) this.conf.setOverride(name, value);
  }

  #take(words: readonly string[]): readonly string[] {
    const booleans = [...this.#defined].flatMap(([name, { kind, shortName }]) => {
      const both = shortName === undefined ? [name] : [name, shortName];
      return both.map((one) => [one, kind.boolean] as const);
    });
    const { flags, rest } = scan(words, new Map(booleans));
    const seen = new Set<string>();
    for (const { name: written, value: text } of flags) {
      const [name = written, flag] =
        [...this.#defined].find(([key, one]) => key === written || one.shortName === written) ?? [];
      if (flag === undefined) continue;
      const value = parsed(name, flag.kind, text);
      const before = this.conf.peek(name);
      const list = seen.has(name) && Array.isArray(before) ? (before as readonly string[]) : [];
      this.conf.setOverride(name, flag.kind.multi ? [...list, text] : value);
      seen.add(name);
    }
    return rest;
  }

  #expanded(name: string): FlagValue {
    const value = this.conf.peek(name);
    if (typeof value !== "string" || !value.includes("$")) return value;
    if (/\$(?!\$|[_a-z]|\{[_a-z][_a-z0-9]*\})/iu.test(value.replaceAll("$$", ""))) {
      throw new ValueError(`Invalid placeholder in string: ${bytesRepr(value)}`);
    }
    return substitute(value, (other) => {
      const found = this.has(other) ? this.value(other) : null;
      const empty = found === null || found === "" || found === 0 || found === false;
      if (empty || (Array.isArray(found) && found.length === 0)) throw new KeyError(other);
      return typeof found === "string" ? found : bytesRepr(found);
    });
  }
}

function parsed(name: string, kind: GflagKind, text: string): FlagValue {
  try {
    return kind.parse(text);
  } catch (error) {
    if (!(error instanceof IllegalFlagValue)) throw error;
    throw new IllegalFlagValue(`flag --${name}=${text}: ${error.message}`);
  }
}

function asText(value: NonNullable<FlagValue>): string {
  if (value instanceof Map) return [...value].map(([key, item]) => `${key}:${item}`).join(",");
  if (typeof value === "object") return [...(value as readonly string[])].join(",");
  return String(value);
}
