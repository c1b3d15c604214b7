/**
 * Options of `cinder` itself, before the sub-command. Those about TLS, retries, plug-ins and tokens
 * are read and have nothing to act on, here as upstream with a session of Keystone's library.
 * Upstream: cinderclient/shell.py (get_base_parser), 1.1.1.
 */
import { baseOptions, envOption, flagOption, valueOption, withTwin } from "../openstack/options.js";
import { int, type OptionSpec } from "../shell/parser/index.js";

/** Where none is said. */
export const DEFAULT_VERSION = "1";

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("1.1.1"),
  ...withTwin(envOption("--os-auth-system", "<auth-system>", "OS_AUTH_SYSTEM")),
  ...withTwin(
    valueOption(
      "--service-type",
      "<service-type>",
      "Which service of the catalog to ask: volume, or in version 2 volumev2, unless told otherwise.",
    ),
  ),
  ...withTwin(envOption("--service-name", "<service-name>", "CINDER_SERVICE_NAME")),
  ...withTwin(
    envOption("--volume-service-name", "<volume-service-name>", "CINDER_VOLUME_SERVICE_NAME"),
  ),
  ...withTwin(
    valueOption(
      "--endpoint-type",
      "<endpoint-type>",
      "Taken from env[CINDER_ENDPOINT_TYPE] when it is left out, else publicURL.",
      { env: ["CINDER_ENDPOINT_TYPE"], otherwise: "publicURL" },
    ),
  ),
  ...withTwin(
    valueOption(
      "--os-volume-api-version",
      "<volume-api-ver>",
      "1 or 2; else env[OS_VOLUME_API_VERSION], else 1.",
      { env: ["OS_VOLUME_API_VERSION"] },
    ),
  ),
  valueOption("--retries", "<retries>", "Read, and never used.", { type: int, otherwise: 0 }),
  ...withTwin(envOption("--os-auth-strategy", "<auth-strategy>", "OS_AUTH_STRATEGY")),
  ...withTwin(envOption("--os-username", "<auth-user-name>", "OS_USERNAME", "CINDER_USERNAME")),
  ...withTwin(envOption("--os-password", "<auth-password>", "OS_PASSWORD", "CINDER_PASSWORD")),
  ...withTwin(
    envOption("--os-tenant-name", "<auth-tenant-name>", "OS_TENANT_NAME", "CINDER_PROJECT_ID"),
  ),
  ...withTwin(envOption("--os-tenant-id", "<auth-tenant-id>", "OS_TENANT_ID", "CINDER_TENANT_ID")),
  ...withTwin(envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL", "CINDER_URL")),
  ...withTwin(envOption("--os-user-id", "<auth-user-id>", "OS_USER_ID")),
  ...withTwin(envOption("--os-user-domain-id", "<auth-user-domain-id>", "OS_USER_DOMAIN_ID")),
  ...withTwin(envOption("--os-user-domain-name", "<auth-user-domain-name>", "OS_USER_DOMAIN_NAME")),
  ...withTwin(envOption("--os-project-id", "<auth-project-id>", "OS_PROJECT_ID")),
  ...withTwin(envOption("--os-project-name", "<auth-project-name>", "OS_PROJECT_NAME")),
  envOption("--os-project-domain-id", "<auth-project-domain-id>", "OS_PROJECT_DOMAIN_ID"),
  envOption("--os-project-domain-name", "<auth-project-domain-name>", "OS_PROJECT_DOMAIN_NAME"),
  envOption("--os-cert", "<certificate>", "OS_CERT"),
  envOption("--os-key", "<key>", "OS_KEY"),
  ...withTwin(
    envOption("--os-region-name", "<region-name>", "OS_REGION_NAME", "CINDER_REGION_NAME"),
  ),
  ...withTwin(envOption("--os-token", "<token>", "OS_TOKEN")),
  ...withTwin(envOption("--os-url", "<url>", "OS_URL")),
  envOption("--os-cacert", "<ca-certificate>", "OS_CACERT"),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
];
