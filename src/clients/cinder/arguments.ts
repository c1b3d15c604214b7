/**
 * Options and arguments that many commands of `cinder` take. Upstream: the `utils.arg` decorators of
 * cinderclient/v1/shell.py and v2/shell.py.
 */
import { bytesRepr, Exception, parseInteger, type Json } from "../../python/index.js";
import type { ApiVersion } from "../../services/cinder/client/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { argument, valueOption, withTwin } from "../openstack/options.js";
import { int, type OptionSpec, type PositionalSpec } from "../shell/parser/index.js";

/** `<volume>`: exactly one. */
export const one = (dest: string, about: string): PositionalSpec =>
  argument(dest, `<${dest.replaceAll("_", "-")}>`, about);

/** `<volume> [<volume> ...]`. */
export const some = (dest: string, about: string): PositionalSpec => ({
  ...one(dest, about),
  count: "some",
});

/** `set` or `unset`. */
export const setOrUnset: PositionalSpec = {
  ...one("action", "set or unset."),
  choices: ["set", "unset"],
};

/** `<key=value> [<key=value> ...]`. */
export const keysAndValues = (about: string): PositionalSpec => ({
  ...some("metadata", about),
  metavar: "<key=value>",
});

export const allTenants: readonly OptionSpec[] = withTwin({
  ...valueOption("--all-tenants", "<0|1>", "Those of all projects (administrators only)."),
  type: int,
  takes: "optional",
  env: ["ALL_TENANTS"],
  alone: 1,
  otherwise: 0,
});

/** What `allTenants` says, from the line or the environment. @throws Exception if it is no number */
export function ofAllTenants(args: Arguments): number {
  const text = args.text("all_tenants");
  if (text === undefined) return args.number("all_tenants") ?? 0;
  const number = parseInteger(text);
  if (number !== undefined) return number;
  throw new Exception(`invalid literal for int() with base 10: ${bytesRepr(text)}`);
}

/** An option that only those know who knew version 1, spelt with hyphens or with underscores. */
const hidden = (name: string): OptionSpec => valueOption(name, "", undefined);

/** A name, for whom the spelling with underscores was never made. */
export const nameOption = (version: ApiVersion, about: string): readonly OptionSpec[] =>
  version === "v1"
    ? [valueOption("--display-name", "<display-name>", about)]
    : [valueOption("--name", "<name>", about), hidden("--display-name")];

/** A name to look for. */
export const nameFilter = (version: ApiVersion): readonly OptionSpec[] =>
  nameOption(version, "Only those of this name.");

/** What a new thing is to be called. */
export const nameOptions = (version: ApiVersion): readonly OptionSpec[] =>
  version === "v1"
    ? withTwin(valueOption("--display-name", "<display-name>", "Its name."))
    : [
        valueOption("--name", "<name>", "Its name."),
        hidden("--display-name"),
        hidden("--display_name"),
      ];

/** What a thing is for. */
export const descriptionOptions = (version: ApiVersion): readonly OptionSpec[] =>
  version === "v1"
    ? withTwin(valueOption("--display-description", "<display-description>", "What it is for."))
    : [
        valueOption("--description", "<description>", "What it is for."),
        hidden("--display-description"),
        hidden("--display_description"),
      ];

/** The spelling of version 1 counts for more. */
export const nameIn = (args: Arguments): string | null =>
  args.exactText("display_name") ?? args.exactText("name") ?? null;

export const descriptionIn = (args: Arguments): string | null =>
  args.exactText("display_description") ?? args.exactText("description") ?? null;

/** How tables call the name. */
export const nameHeader = (version: ApiVersion): string =>
  version === "v1" ? "Display Name" : "Name";

/** `--metadata a=b c=d`. */
export const metadataOption = (about: string): OptionSpec => ({
  ...valueOption("--metadata", "<key=value>", about),
  takes: "any",
});

/** `_extract_metadata`: without an equals sign, a key alone; its value is None. */
export function metadataOf(args: Arguments): Record<string, Json> {
  const pairs = args.texts("metadata").map((word): [string, Json] => {
    const equals = word.indexOf("=");
    return equals < 0 ? [word, null] : [word.slice(0, equals), word.slice(equals + 1)];
  });
  return Object.fromEntries(pairs);
}

/** `True`, `true`, `False` or `false`. */
export const trueOrFalse = (dest: string, about: string): PositionalSpec => ({
  ...argument(dest, "<True|true|False|false>", about),
  choices: ["True", "true", "False", "false"],
});
