/**
 * Options of `heat` itself, before the sub-command. Those about TLS, tokens and time limits are read and have
 * nothing to act on. Upstream: heatclient/shell.py (get_base_parser), 0.2.12.
 */
import { baseOptions, envOption, flagOption, valueOption, withTwin } from "../openstack/options.js";
import type { OptionSpec } from "../shell/parser/index.js";

const IDENTITY = [
  "username",
  "user-id",
  "user-domain-id",
  "user-domain-name",
  "project-id",
  "project-name",
  "project-domain-id",
  "project-domain-name",
  "password",
  "tenant-id",
  "tenant-name",
  "auth-url",
  "region-name",
  "auth-token",
  "service-type",
  "endpoint-type",
];

const VERSION = "0.2.12";

/** `--debug` is `-d` as well. */
const base = baseOptions(VERSION).map((option) =>
  option.dest === "debug" ? { ...option, names: ["-d", "--debug"] } : option,
);

export const globalOptions: readonly OptionSpec[] = [
  ...base,
  { ...flagOption("--verbose", "Print more."), names: ["-v", "--verbose"] },
  valueOption("--api-timeout", "API_TIMEOUT", "Read, and never used."),
  flagOption("--os-no-client-auth", "Do not ask Keystone for a token; not simulated."),
  ...withTwin(envOption("--heat-url", "HEAT_URL", "HEAT_URL")),
  ...withTwin(
    valueOption("--heat-api-version", "HEAT_API_VERSION", "Else env[HEAT_API_VERSION], else 1.", {
      env: ["HEAT_API_VERSION"],
      otherwise: "1",
    }),
  ),
  { names: ["-t", "--token-only"], dest: "token_only", takes: "nothing", otherwise: false },
  flagOption("--include-password", "Send the name and the password of the user to Heat."),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
  valueOption("--os-cert", "OS_CERT", "Read, and never used."),
  valueOption("--cert-file", "OS_CERT", undefined, { dest: "os_cert" }),
  valueOption("--os-key", "OS_KEY", "Read, and never used."),
  valueOption("--key-file", "OS_KEY", undefined, { dest: "os_key" }),
  envOption("--os-cacert", "<ca-certificate-file>", "OS_CACERT"),
  valueOption("--ca-file", "OS_CACERT", undefined, { dest: "os_cacert" }),
  ...IDENTITY.flatMap((name) => {
    const variable = `OS_${name.replaceAll("-", "_").toUpperCase()}`;
    return withTwin(envOption(`--os-${name}`, variable, variable));
  }),
];
