/**
 * Options of `neutron` itself, which may stand anywhere in the line. Those about TLS and domains are
 * read and have nothing to act on here. Upstream: neutronclient/shell.py (build_option_parser,
 * _append_global_identity_args), 2.3.9.
 */
import { parseInteger, repr } from "../../python/index.js";
import { envOption, flagOption, twinOf, valueOption, withTwin } from "../openstack/options.js";
import { InvalidArgument, positiveFloat, type OptionSpec } from "../shell/parser/index.js";

function retries(text: string): number {
  const value = parseInteger(text);
  if (value === undefined) throw new InvalidArgument(`invalid int value: ${repr(text)}`);
  if (value < 0) throw new InvalidArgument(`input value ${String(value)} is negative`);
  return value;
}

const grouped = (option: OptionSpec, group: string): OptionSpec => ({ ...option, group });

/** Several times for more. */
const verbosity: readonly OptionSpec[] = [
  {
    names: ["-v", "--verbose", "--debug"],
    dest: "verbose",
    takes: "nothing",
    many: true,
    otherwise: [],
    about: "Say more; twice is no more than once.",
  },
  {
    names: ["-q", "--quiet"],
    dest: "quiet",
    takes: "nothing",
    otherwise: false,
    about: "Say warnings and errors only.",
  },
];

export const globalOptions: readonly OptionSpec[] = [
  {
    names: ["--version"],
    dest: "version",
    takes: "nothing",
    about: "Print the version of this program and end.",
    ends: { version: "2.3.9" },
  },
  ...verbosity,
  {
    names: ["-h", "--help"],
    dest: "help",
    takes: "nothing",
    otherwise: false,
    about: "Print this page and end.",
  },
  {
    names: ["-r", "--retries"],
    dest: "retries",
    takes: "value",
    metavar: "NUM",
    type: retries,
    otherwise: 0,
    about: "How many times a request is sent again. In this release, never.",
  },
  valueOption("--os-service-type", "<os-service-type>", "Which service of the catalog to ask.", {
    env: ["OS_NETWORK_SERVICE_TYPE"],
    otherwise: "network",
  }),
  valueOption("--os-endpoint-type", "<os-endpoint-type>", "Which URL of the endpoint.", {
    env: ["OS_ENDPOINT_TYPE"],
    otherwise: "publicURL",
  }),
  valueOption("--service-type", "<service-type>", "--os-service-type, as it was called."),
  valueOption("--endpoint-type", "<endpoint-type>", "--os-endpoint-type, as it was called."),
  ...withTwin(
    valueOption("--os-auth-strategy", "<auth-strategy>", "keystone, which is the only one.", {
      env: ["OS_AUTH_STRATEGY"],
      otherwise: "keystone",
    }),
  ),
  ...withTwin(envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL")),
  grouped(envOption("--os-tenant-name", "<auth-tenant-name>", "OS_TENANT_NAME"), "project name"),
  grouped(envOption("--os-project-name", "<auth-project-name>", "OS_PROJECT_NAME"), "project name"),
  ...["NAME", "ID"].map((what) =>
    twinOf(envOption(`--os-project-${what.toLowerCase()}`, "", `OS_PROJECT_${what}`)),
  ),
  twinOf(envOption("--os-tenant-name", "", "OS_TENANT_NAME")),
  grouped(envOption("--os-tenant-id", "<auth-tenant-id>", "OS_TENANT_ID"), "project id"),
  grouped(envOption("--os-project-id", "<auth-project-id>", "OS_PROJECT_ID"), "project id"),
  ...withTwin(envOption("--os-username", "<auth-username>", "OS_USERNAME")),
  ...withTwin(envOption("--os-user-id", "<auth-user-id>", "OS_USER_ID")),
  ...withTwin(envOption("--os-user-domain-id", "<auth-user-domain-id>", "OS_USER_DOMAIN_ID")),
  ...withTwin(envOption("--os-user-domain-name", "<auth-user-domain-name>", "OS_USER_DOMAIN_NAME")),
  envOption("--os-project-domain-id", "<auth-project-domain-id>", "OS_PROJECT_DOMAIN_ID"),
  envOption("--os-project-domain-name", "<auth-project-domain-name>", "OS_PROJECT_DOMAIN_NAME"),
  envOption("--os-cert", "<certificate>", "OS_CERT"),
  envOption("--os-cacert", "<ca-certificate>", "OS_CACERT"),
  envOption("--os-key", "<key>", "OS_KEY"),
  ...withTwin(envOption("--os-password", "<auth-password>", "OS_PASSWORD")),
  ...withTwin(envOption("--os-region-name", "<auth-region-name>", "OS_REGION_NAME")),
  ...withTwin(envOption("--os-token", "<token>", "OS_TOKEN")),
  valueOption("--http-timeout", "<seconds>", "How long to wait. In this release, for ever.", {
    type: positiveFloat,
  }),
  ...withTwin(envOption("--os-url", "<url>", "OS_URL")),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
];
