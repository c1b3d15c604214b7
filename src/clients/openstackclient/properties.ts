/**
 * Options that make a dictionary: `--property key=value` puts in, and `--property key` takes out again.
 * Upstream: openstackclient/common/parseractions.py (KeyValueAction), 0.4.1.
 */
import type { JsonObject } from "../../python/index.js";
import type { Arguments } from "../openstack/arguments.js";
import { valueOption } from "../openstack/options.js";
import type { OptionSpec } from "../shell/parser/index.js";

/** `--property <key=value>`, as often as one likes. */
export const propertyOption = (about: string, dest = "property"): OptionSpec =>
  valueOption("--property", "<key=value>", about, { many: true, otherwise: null, dest });

/** `--property <key>`, as often as one likes. */
export const propertyKeyOption = (about: string): OptionSpec =>
  valueOption("--property", "<key>", about, { many: true, otherwise: [] });

/** The dictionary; undefined if nothing was said, and also if there is nothing in it. */
export function propertiesIn(args: Arguments, dest = "property"): JsonObject | undefined {
  const dict = new Map<string, string>();
  for (const text of args.texts(dest)) {
    const at = text.indexOf("=");
    if (at < 0) dict.delete(text);
    else dict.set(text.slice(0, at), text.slice(at + 1));
  }
  return dict.size === 0 ? undefined : Object.fromEntries(dict);
}
