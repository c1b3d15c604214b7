/**
 * Options of `openstack` itself, which may stand anywhere in the line. Those about TLS and the log file are read
 * and have nothing to act on here. Upstream: openstackclient/shell.py (build_option_parser),
 * openstackclient/compute/client.py and its like, 0.4.1; cliff 1.7.0 (App).
 */
import { envOption, flagOption, valueOption } from "../openstack/options.js";
import type { OptionSpec } from "../shell/parser/index.js";
import { API_VERSIONS, type ApiName } from "./login/versions.js";

/** `--os-identity-api-version`. */
function version(api: ApiName): OptionSpec {
  const { option, usual } = API_VERSIONS[api];
  const name = `--${option.replaceAll("_", "-")}`;
  return valueOption(name, `<${name.slice("--os-".length)}>`, `Usually ${usual}.`, {
    env: [option.toUpperCase()],
    otherwise: usual,
  });
}

export const globalOptions: readonly OptionSpec[] = [
  {
    names: ["--version"],
    dest: "version",
    takes: "nothing",
    about: "Print the version of this program and end.",
    ends: { version: "openstack 0.4.1" },
  },
  {
    names: ["-v", "--verbose"],
    dest: "verbose",
    takes: "nothing",
    many: true,
    otherwise: [],
    about: "Say more.",
  },
  {
    names: ["--log-file"],
    dest: "log_file",
    takes: "value",
    about: "A file to log to. There is no disk here.",
  },
  {
    names: ["-q", "--quiet"],
    dest: "quiet",
    takes: "nothing",
    otherwise: false,
    about: "Say errors only.",
  },
  { names: ["-h", "--help"], dest: "help", takes: "nothing", otherwise: false },
  flagOption("--debug", "Print each request and each response."),
  envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL"),
  envOption("--os-domain-name", "<auth-domain-name>", "OS_DOMAIN_NAME"),
  envOption("--os-domain-id", "<auth-domain-id>", "OS_DOMAIN_ID"),
  {
    ...envOption("--os-project-name", "<auth-project-name>", "OS_PROJECT_NAME", "OS_TENANT_NAME"),
    names: ["--os-project-name", "--os-tenant-name"],
  },
  {
    ...envOption("--os-project-id", "<auth-project-id>", "OS_PROJECT_ID", "OS_TENANT_ID"),
    names: ["--os-project-id", "--os-tenant-id"],
  },
  envOption("--os-username", "<auth-username>", "OS_USERNAME"),
  envOption("--os-password", "<auth-password>", "OS_PASSWORD"),
  envOption("--os-user-domain-name", "<auth-user-domain-name>", "OS_USER_DOMAIN_NAME"),
  envOption("--os-user-domain-id", "<auth-user-domain-id>", "OS_USER_DOMAIN_ID"),
  envOption("--os-project-domain-name", "<auth-project-domain-name>", "OS_PROJECT_DOMAIN_NAME"),
  envOption("--os-project-domain-id", "<auth-project-domain-id>", "OS_PROJECT_DOMAIN_ID"),
  envOption("--os-region-name", "<auth-region-name>", "OS_REGION_NAME"),
  envOption("--os-cacert", "<ca-bundle-file>", "OS_CACERT"),
  { ...flagOption("--verify", "Verify certificates. There are none here."), group: "verify" },
  { ...flagOption("--insecure", "Do not verify certificates."), group: "verify" },
  {
    ...envOption("--os-default-domain", "<auth-domain>", "OS_DEFAULT_DOMAIN"),
    otherwise: "default",
  },
  envOption("--os-token", "<token>", "OS_TOKEN"),
  envOption("--os-url", "<url>", "OS_URL"),
  flagOption("--timing", "Print how long the requests to Nova took."),
  version("compute"),
  version("identity"),
  envOption("--os-trust-id", "<trust-id>", "OS_TRUST_ID"),
  ...(["image", "network", "object_store", "volume"] as const).map(version),
];
