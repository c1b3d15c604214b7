/**
 * Options of `openstack` itself, which may stand anywhere in the line. Those about domains, TLS and
 * other versions of the APIs are read and have nothing to act on here. Upstream:
 * openstackclient/shell.py (build_option_parser), 0.4.1, on cliff 1.7.0.
 */
import { envOption, flagOption, valueOption } from "../openstack/options.js";
import { oneOf, type OptionSpec } from "../shell/parser/index.js";

const version = (api: string, variable: string, usual: string, ...others: string[]): OptionSpec =>
  valueOption(`--os-${api}-api-version`, `<${api}-api-version>`, `Usually ${usual}.`, {
    env: [variable],
    otherwise: usual,
    type: oneOf([usual, ...others]),
  });

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
  flagOption("--verify", "Verify certificates. There are none here."),
  flagOption("--insecure", "Do not verify certificates."),
  envOption("--os-default-domain", "<auth-domain>", "OS_DEFAULT_DOMAIN"),
  envOption("--os-token", "<token>", "OS_TOKEN"),
  envOption("--os-url", "<url>", "OS_URL"),
  envOption("--os-trust-id", "<trust-id>", "OS_TRUST_ID"),
  version("compute", "OS_COMPUTE_API_VERSION", "2"),
  version("identity", "OS_IDENTITY_API_VERSION", "2.0"),
  version("image", "OS_IMAGE_API_VERSION", "1"),
  version("network", "OS_NETWORK_API_VERSION", "2"),
];
