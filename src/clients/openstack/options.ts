/**
 * Options as OpenStack's programs spell them: with a value or alone, out of the environment, with a
 * hidden twin that has underscores, and those that say who somebody is. Upstream: get_base_parser
 * and the `utils.arg` decorators of each shell.py.
 */
import type { OptionSpec, PositionalSpec } from "../shell/parser/index.js";

const destOf = (name: string): string => name.slice(2).replaceAll("-", "_");

/** `--flavor <flavor>`: an option with a value. Hidden without `about`. */
export function valueOption(
  name: string,
  metavar: string,
  about: string | undefined,
  more: Partial<OptionSpec> = {},
): OptionSpec {
  const shown = about === undefined ? {} : { about };
  return { names: [name], dest: destOf(name), takes: "value", metavar, ...shown, ...more };
}

export const flagOption = (name: string, about: string): OptionSpec => ({
  names: [name],
  dest: destOf(name),
  takes: "nothing",
  otherwise: false,
  about,
});

/** `<flavor>`: an argument, exactly one. */
export const argument = (dest: string, metavar: string, about: string): PositionalSpec => ({
  dest,
  metavar,
  count: "one",
  about,
});

/** The hidden twin of an option, with underscores. */
export function twinOf({ about: _about, metavar: _metavar, ...option }: OptionSpec): OptionSpec {
  return { ...option, names: [`--${destOf(option.names[0] ?? "")}`] };
}

/** An option and its twin. */
export const withTwin = (option: OptionSpec): OptionSpec[] => [option, twinOf(option)];

/** `--os-username <auth-user-name>`, else the first of the `variables` that is not empty. */
export const envOption = (
  name: string,
  metavar: string,
  ...variables: readonly string[]
): OptionSpec =>
  valueOption(name, metavar, `Taken from env[${variables[0] ?? ""}] when it is left out.`, {
    env: variables,
    otherwise: "",
  });

/** `--help`, `--version` and `--debug`, with which every program begins. */
export const baseOptions = (version: string): OptionSpec[] => [
  { names: ["-h", "--help"], dest: "help", takes: "nothing", otherwise: false },
  {
    names: ["--version"],
    dest: "version",
    takes: "nothing",
    about: "Print the version of this program and end.",
    ends: { version },
  },
  flagOption("--debug", "Print each request and each response."),
];

/**
 * Who somebody is, and where Keystone is: `--os-username` and its companions. Each is also taken
 * from the environment, and of old from variables of the program's own, `NOVA_USERNAME`.
 */
export const loginOptions = (prefix: string): OptionSpec[] => [
  envOption("--os-auth-token", "OS_AUTH_TOKEN", "OS_AUTH_TOKEN"),
  ...withTwin(envOption("--os-username", "<auth-user-name>", "OS_USERNAME", `${prefix}_USERNAME`)),
  envOption("--os-user-id", "<auth-user-id>", "OS_USER_ID"),
  ...withTwin(envOption("--os-password", "<auth-password>", "OS_PASSWORD", `${prefix}_PASSWORD`)),
  ...withTwin(
    envOption("--os-tenant-name", "<auth-tenant-name>", "OS_TENANT_NAME", `${prefix}_PROJECT_ID`),
  ),
  envOption("--os-tenant-id", "<auth-tenant-id>", "OS_TENANT_ID"),
  ...withTwin(envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL", `${prefix}_URL`)),
  ...withTwin(
    envOption("--os-region-name", "<region-name>", "OS_REGION_NAME", `${prefix}_REGION_NAME`),
  ),
];
