/**
 * Options of `keystone` itself, before the sub-command. Those about TLS and the keyring are read and
 * have nothing to act on here. Upstream: keystoneclient/shell.py (get_base_parser), session.py
 * (register_cli_options), 0.11.1.
 */
import { baseOptions, envOption, flagOption, valueOption, withTwin } from "../openstack/options.js";
import { positiveFloat, type OptionSpec } from "../shell/parser/index.js";

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("0.11.1"),
  ...withTwin(envOption("--os-username", "<auth-user-name>", "OS_USERNAME")),
  ...withTwin(envOption("--os-password", "<auth-password>", "OS_PASSWORD")),
  ...withTwin(envOption("--os-tenant-name", "<auth-tenant-name>", "OS_TENANT_NAME")),
  ...withTwin(envOption("--os-tenant-id", "<tenant-id>", "OS_TENANT_ID")),
  ...withTwin(envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL")),
  ...withTwin(envOption("--os-region-name", "<region-name>", "OS_REGION_NAME")),
  ...withTwin(
    envOption(
      "--os-identity-api-version",
      "<identity-api-version>",
      "OS_IDENTITY_API_VERSION",
      "KEYSTONE_VERSION",
    ),
  ),
  envOption("--os-token", "<service-token>", "OS_SERVICE_TOKEN", "SERVICE_TOKEN"),
  envOption("--os-endpoint", "<service-endpoint>", "OS_SERVICE_ENDPOINT", "SERVICE_ENDPOINT"),
  ...withTwin(flagOption("--os-cache", "Keep tokens. There is no keyring to keep them in.")),
  flagOption("--force-new-token", "Do not take a token from the keyring. There is none."),
  valueOption("--stale-duration", "<seconds>", "How long before its end a kept token is too old.", {
    otherwise: "30",
  }),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
  ...withTwin(envOption("--os-cacert", "<ca-certificate>", "OS_CACERT")),
  ...withTwin(envOption("--os-cert", "<certificate>", "OS_CERT")),
  ...withTwin(envOption("--os-key", "<key>", "OS_KEY")),
  valueOption("--timeout", "<seconds>", "How long to wait for an answer, in seconds.", {
    type: positiveFloat,
    otherwise: 600,
  }),
];
