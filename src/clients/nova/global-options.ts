/**
 * Options of `nova` itself, before the sub-command. Those about TLS, caches and plug-ins are read and
 * have nothing to act on here. Upstream: novaclient/shell.py (get_base_parser), 2.20.0.
 */
import {
  baseOptions,
  envOption,
  flagOption,
  loginOptions,
  valueOption,
  withTwin,
} from "../openstack/options.js";
import { positiveFloat, type OptionSpec } from "../shell/parser/index.js";

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("2.20.0"),
  flagOption("--os-cache", "Keep tokens for later commands. There is no keyring to keep them in."),
  flagOption("--timings", "Print how long each request took."),
  valueOption("--timeout", "<seconds>", "How long to wait for an answer, in seconds.", {
    type: positiveFloat,
    otherwise: 600,
  }),
  ...loginOptions("NOVA"),
  ...withTwin(envOption("--os-auth-system", "<auth-system>", "OS_AUTH_SYSTEM")),
  ...withTwin(
    valueOption(
      "--service-type",
      "<service-type>",
      "Which service of the catalog to ask: compute, unless told otherwise.",
      { otherwise: "" },
    ),
  ),
  ...withTwin(envOption("--service-name", "<service-name>", "NOVA_SERVICE_NAME")),
  ...withTwin(
    envOption("--volume-service-name", "<volume-service-name>", "NOVA_VOLUME_SERVICE_NAME"),
  ),
  valueOption(
    "--endpoint-type",
    "<endpoint-type>",
    "Taken from env[NOVA_ENDPOINT_TYPE] when it is left out, else publicURL.",
    { env: ["NOVA_ENDPOINT_TYPE"], otherwise: "publicURL" },
  ),
  ...withTwin(
    valueOption(
      "--os-compute-api-version",
      "<compute-api-ver>",
      "1.1 or 2, which are the same; else env[OS_COMPUTE_API_VERSION].",
      { env: ["OS_COMPUTE_API_VERSION"], otherwise: "1.1" },
    ),
  ),
  envOption("--os-cacert", "<ca-certificate>", "OS_CACERT"),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
  ...withTwin(
    valueOption("--bypass-url", "<bypass-url>", "Ask this URL and not that of the catalog.", {
      env: ["NOVACLIENT_BYPASS_URL"],
      otherwise: "",
    }),
  ),
];
