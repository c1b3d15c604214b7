/** Arguments and options that many commands of `trove` take. Upstream: the `utils.arg` decorators of troveclient/v1/shell.py, 1.0.7. */
import type { Arguments } from "../openstack/arguments.js";
import { argument, valueOption } from "../openstack/options.js";
import type { OptionSpec, PositionalSpec } from "../shell/parser/index.js";

/** `<name>`: exactly one. */
export const one = (dest: string, about: string): PositionalSpec =>
  argument(dest, `<${dest}>`, about);

/** `<databases> [<databases> ...]`. */
export const some = (dest: string, about: string): PositionalSpec => ({
  ...one(dest, about),
  count: "some",
});

/** `--name <name>`. */
export const option = (name: string, about: string, more: Partial<OptionSpec> = {}): OptionSpec =>
  valueOption(`--${name}`, `<${name}>`, about, more);

/** `--databases a b`: at least one. */
export const severalOption = (name: string, about: string): OptionSpec =>
  option(name, about, { takes: "some" });

export const theInstance = one("instance", "ID of the instance.");

export const hostOption = option("host", "Optional host of user.");

/** What was typed for an argument. */
export const typed = (args: Arguments, dest: string): string => args.exactText(dest) ?? "";
