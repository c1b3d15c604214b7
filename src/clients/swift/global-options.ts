/**
 * Options of `swift`, which stand before the sub-command or behind it. Read by argparse's rules and
 * not by optparse's, so a wrong one is told in argparse's words. Upstream: swiftclient/shell.py (main),
 * python-swiftclient 2.3.1.
 */
import { baseOptions, envOption, flagOption, valueOption, withTwin } from "../openstack/options.js";
import { int, type OptionSpec } from "../shell/parser/index.js";

const shortFlag = (short: string, name: string, about: string): OptionSpec => ({
  ...flagOption(name, about),
  names: [name, short],
});

const shortValue = (short: string, name: string, about: string, env: string[]): OptionSpec =>
  valueOption(name, `<${name.slice(2)}>`, about, { names: [name, short], env });

/** Those that people write behind the sub-command too. */
export const verbosityOptions: readonly OptionSpec[] = [
  shortFlag("-v", "--verbose", "Say more: where things are, and with which token."),
  shortFlag("-q", "--quiet", "Do not say what has been done."),
];

const OS_OPTIONS: readonly (readonly [name: string, metavar: string])[] = [
  ["username", "<auth-user-name>"],
  ["user-id", "<auth-user-id>"],
  ["user-domain-id", "<auth-user-domain-id>"],
  ["user-domain-name", "<auth-user-domain-name>"],
  ["password", "<auth-password>"],
  ["tenant-id", "<auth-tenant-id>"],
  ["tenant-name", "<auth-tenant-name>"],
  ["project-id", "<auth-project-id>"],
  ["project-name", "<auth-project-name>"],
  ["project-domain-id", "<auth-project-domain-id>"],
  ["project-domain-name", "<auth-project-domain-name>"],
  ["auth-url", "<auth-url>"],
  ["auth-token", "<auth-token>"],
  ["storage-url", "<storage-url>"],
  ["region-name", "<region-name>"],
  ["service-type", "<service-type>"],
  ["endpoint-type", "<endpoint-type>"],
];

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("2.3.1").filter(({ dest }) => dest !== "debug"),
  ...verbosityOptions,
  flagOption("--debug", "Not simulated."),
  flagOption("--info", "Not simulated."),
  shortFlag("-s", "--snet", "Read; only version 1 of the login uses it."),
  shortValue("-A", "--auth", "Where to log in.", ["ST_AUTH"]),
  shortValue("-V", "--auth-version", "2, the only login that is simulated.", [
    ...["ST_AUTH_VERSION", "OS_AUTH_VERSION"],
  ]),
  shortValue("-U", "--user", "Who logs in: a user, or tenant:user.", ["ST_USER"]),
  shortValue("-K", "--key", "The password.", ["ST_KEY"]),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
  flagOption("--no-ssl-compression", "Read, and never used."),
  ...OS_OPTIONS.flatMap(([name, metavar]) =>
    withTwin(envOption(`--os-${name}`, metavar, `OS_${name.replaceAll("-", "_").toUpperCase()}`)),
  ),
  envOption("--os-cacert", "<ca-certificate>", "OS_CACERT"),
  {
    ...valueOption("--retries", "<num_retries>", "How often to try again what has failed."),
    names: ["--retries", "-R"],
    type: int,
    otherwise: 5,
  },
];
