/**
 * Options of `nova` itself, before the sub-command. Those about TLS, caches and plug-ins are read and
 * have nothing to act on here. Upstream: novaclient/shell.py (get_base_parser), 2.20.0.
 */
import { positiveFloat, type OptionSpec } from "../shell/parser/index.js";

export const VERSION = "2.20.0";

interface TextOption {
  readonly name: string;
  readonly metavar?: string;
  readonly about: string;
  readonly env?: readonly string[];
  readonly otherwise?: string;
}

/** `--os-username` has a hidden twin `--os_username`. */
function text(
  { name, metavar, about, env = [], otherwise }: TextOption,
  twin = true,
): OptionSpec[] {
  const dest = name.slice(2).replaceAll("-", "_");
  const option: OptionSpec = {
    names: [name],
    dest,
    takes: "value",
    about,
    env,
    otherwise: otherwise ?? "",
    ...(metavar === undefined ? {} : { metavar }),
  };
  if (!twin) return [option];
  const hidden = `--${dest}`;
  return [option, { names: [hidden], dest, takes: "value", env, otherwise: otherwise ?? "" }];
}

const flag = (name: string, about: string): OptionSpec => ({
  names: [name],
  dest: name.slice(2).replaceAll("-", "_"),
  takes: "nothing",
  otherwise: false,
  about,
});

const from = (...env: string[]): { about: string; env: readonly string[] } => ({
  about: `Taken from env[${env[0] ?? ""}] when it is left out.`,
  env,
});

export const globalOptions: readonly OptionSpec[] = [
  { names: ["-h", "--help"], dest: "help", takes: "nothing", otherwise: false },
  {
    names: ["--version"],
    dest: "version",
    takes: "nothing",
    about: "Print the version of this program and end.",
    ends: { version: VERSION },
  },
  flag("--debug", "Print each request and each response."),
  flag("--os-cache", "Keep tokens for later commands. There is no keyring to keep them in."),
  flag("--timings", "Print how long each request took."),
  {
    names: ["--timeout"],
    dest: "timeout",
    takes: "value",
    metavar: "<seconds>",
    type: positiveFloat,
    otherwise: 600,
    about: "How long to wait for an answer, in seconds.",
  },
  ...text({ name: "--os-auth-token", ...from("OS_AUTH_TOKEN") }, false),
  ...text({
    name: "--os-username",
    metavar: "<auth-user-name>",
    ...from("OS_USERNAME", "NOVA_USERNAME"),
  }),
  ...text({ name: "--os-user-id", metavar: "<auth-user-id>", ...from("OS_USER_ID") }, false),
  ...text({
    name: "--os-password",
    metavar: "<auth-password>",
    ...from("OS_PASSWORD", "NOVA_PASSWORD"),
  }),
  ...text({
    name: "--os-tenant-name",
    metavar: "<auth-tenant-name>",
    ...from("OS_TENANT_NAME", "NOVA_PROJECT_ID"),
  }),
  ...text({ name: "--os-tenant-id", metavar: "<auth-tenant-id>", ...from("OS_TENANT_ID") }, false),
  ...text({
    name: "--os-auth-url",
    metavar: "<auth-url>",
    ...from("OS_AUTH_URL", "NOVA_URL"),
  }),
  ...text({
    name: "--os-region-name",
    metavar: "<region-name>",
    ...from("OS_REGION_NAME", "NOVA_REGION_NAME"),
  }),
  ...text({ name: "--os-auth-system", metavar: "<auth-system>", ...from("OS_AUTH_SYSTEM") }),
  ...text({
    name: "--service-type",
    metavar: "<service-type>",
    about: "Which service of the catalog to ask: compute, unless told otherwise.",
  }),
  ...text({ name: "--service-name", metavar: "<service-name>", ...from("NOVA_SERVICE_NAME") }),
  ...text({
    name: "--volume-service-name",
    metavar: "<volume-service-name>",
    ...from("NOVA_VOLUME_SERVICE_NAME"),
  }),
  ...text(
    {
      name: "--endpoint-type",
      metavar: "<endpoint-type>",
      env: ["NOVA_ENDPOINT_TYPE"],
      otherwise: "publicURL",
      about: "Taken from env[NOVA_ENDPOINT_TYPE] when it is left out, else publicURL.",
    },
    false,
  ),
  ...text({
    name: "--os-compute-api-version",
    metavar: "<compute-api-ver>",
    env: ["OS_COMPUTE_API_VERSION"],
    otherwise: "1.1",
    about: "1.1 or 2, which are the same; else env[OS_COMPUTE_API_VERSION].",
  }),
  ...text({ name: "--os-cacert", metavar: "<ca-certificate>", ...from("OS_CACERT") }, false),
  flag("--insecure", "Do not verify certificates. There are none here."),
  ...text({
    name: "--bypass-url",
    metavar: "<bypass-url>",
    about: "Ask this URL and not that of the catalog.",
    env: ["NOVACLIENT_BYPASS_URL"],
  }),
];
