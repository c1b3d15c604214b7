/** `--enable` and `--disable`, of which a line has one at most, and other options of many commands. */
import { CommandError } from "../../../framework/apiclient/index.js";
import { PythonTypeError, type JsonObject } from "../../../python/index.js";
import type { Arguments } from "../../openstack/arguments.js";
import { flagOption } from "../../openstack/options.js";
import type { OptionSpec } from "../../shell/parser/index.js";

export const enabling: readonly OptionSpec[] = [
  { ...flagOption("--enable", "Enabled."), group: "enabled" },
  { ...flagOption("--disable", "Disabled."), group: "enabled" },
];

/** `{ enabled }` as one of the two says; nothing if neither does. */
export function enabledIn(args: Arguments): { readonly enabled?: boolean } {
  if (args.flag("disable")) return { enabled: false };
  return args.flag("enable") ? { enabled: true } : {};
}

export const passwordPrompt: OptionSpec = flagOption(
  "--password-prompt",
  "Ask for the password. There is no terminal to ask at.",
);

/** @throws CommandError, as there is no terminal. Upstream: common/utils.py (get_password). */
export function refusePrompt(args: Arguments): void {
  if (args.flag("password_prompt")) throw noTerminal();
}

export const noTerminal = (): CommandError =>
  new CommandError(
    "There was a request to be prompted for a password and a terminal was not detected.",
  );

/** Properties become arguments of a `def`, which has some already. @throws PythonTypeError */
export function refuseTwice(
  method: string,
  properties: JsonObject,
  taken: readonly string[],
): void {
  for (const name of Object.keys(properties)) {
    if (!taken.includes(name)) continue;
    throw new PythonTypeError(`${method}() got multiple values for keyword argument '${name}'`);
  }
}
