/**
 * A command line of a service, read as oslo.config does: options that were registered for it, and
 * `--config-file` and `--config-dir`, whose contents come in where they stand, so that what comes
 * later wins. Upstream: `_ConfigFileOpt`, `_ConfigDirOpt`, `_CachedArgumentParser` in 1.4; argparse.
 */
import { bytesRepr, ValueError } from "../../python/index.js";
import { convert } from "../../framework/flags/convert.js";
import { ConfigDirNotFoundError, ConfigFilesNotFoundError, UsageError } from "./errors.js";
import { absolute, confsIn, textOf, type ConfigFiles } from "./files.js";
import { parseIni } from "../../framework/flags/ini.js";
import { DEFAULT } from "../../framework/flags/names.js";
import type { Registered } from "./option-table.js";
import type { Given, Source } from "../../framework/flags/source.js";

/**
 * The sources that `args` speak of, the later ones winning; `defaults` are read before them unless
 * a file is named.
 * @throws UsageError, ConfigFilesNotFoundError, ConfigDirNotFoundError, ConfigFileParseError
 */
export function readCommandLine(
  args: readonly string[],
  options: readonly Registered[],
  files: ConfigFiles,
  defaults: readonly string[],
): Source[] {
  const sources: Source[] = [];
  const missing: string[] = [];
  const read = (path: string): void => {
    const text = textOf(path, files);
    if (text === undefined) missing.push(absolute(path, files));
    else sources.push(parseIni(path, text));
  };
  const named = args.some((arg) => arg === "--config-file" || arg.startsWith("--config-file="));
  if (!named) defaults.forEach(read);
  const switches = switchesOf(options);
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (!arg.startsWith("--") || arg === "--")
      throw new UsageError(`unrecognized arguments: ${arg}`);
    const equals = arg.indexOf("=");
    const written = equals < 0 ? arg : arg.slice(0, equals);
    const name = complete(written, [...switches.keys(), "--config-file", "--config-dir"]);
    const takeValue = (): string => {
      const value = equals < 0 ? args[++i] : arg.slice(equals + 1);
      if (value === undefined) throw new UsageError(`argument ${name}: expected one argument`);
      return value;
    };
    if (name === "--config-file") read(takeValue());
    else if (name === "--config-dir") {
      const folder = takeValue();
      const inside = confsIn(folder, files);
      if (inside === undefined) throw new ConfigDirNotFoundError(absolute(folder, files));
      inside.forEach(read);
    } else {
      const found = switches.get(name);
      if (found === undefined) throw new UsageError(`unrecognized arguments: ${arg}`);
      const { option, fixed } = found;
      if (fixed !== undefined && equals >= 0) {
        throw new UsageError(
          `argument ${name}: ignored explicit argument ${bytesRepr(arg.slice(equals + 1))}`,
        );
      }
      sources.push(cliSource(name, option, fixed ?? takeValue()));
    }
  }
  if (missing.length > 0) throw new ConfigFilesNotFoundError(missing);
  return sources;
}

/** What stands behind `--name`; `fixed` is the value of those that take none. */
interface Switch {
  readonly option: Registered;
  readonly fixed?: string;
}

/** `--group-name`; dashes and underscores are the same. */
function switchesOf(options: readonly Registered[]): ReadonlyMap<string, Switch> {
  const switches = new Map<string, Switch>();
  for (const option of options.filter(({ cli }) => cli)) {
    const prefix = option.group === DEFAULT ? "" : `${option.group}-`;
    for (const name of [option.name, option.name.replaceAll("_", "-")]) {
      if (option.flag.type !== "boolean") switches.set(`--${prefix}${name}`, { option });
      else {
        switches.set(`--${prefix}${name}`, { option, fixed: "true" });
        switches.set(`--${prefix}no${name}`, { option, fixed: "false" });
      }
    }
  }
  return switches;
}

/** argparse takes any beginning that can only mean one option. */
function complete(written: string, names: readonly string[]): string {
  if (names.includes(written)) return written;
  const meant = names.filter((name) => name.startsWith(written));
  const [only] = meant;
  if (meant.length > 1) {
    throw new UsageError(`ambiguous option: ${written} could match ${meant.join(", ")}`);
  }
  return only ?? written;
}

function cliSource(name: string, option: Registered, text: string): Source {
  try {
    if (!text.includes("$")) convert(option.flag, text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new UsageError(`argument ${name}: invalid value: ${bytesRepr(text)} (${error.message})`);
  }
  const given: Given = { value: text, origin: { label: name } };
  return new Map([[option.names[0] ?? option.name, [given]]]);
}
