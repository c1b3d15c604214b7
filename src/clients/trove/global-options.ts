/** Options of `trove` itself, before the sub-command. Upstream: troveclient/shell.py (get_base_parser), 1.0.7. */
import { baseOptions, envOption, flagOption, valueOption, withTwin } from "../openstack/options.js";
import { int, type OptionSpec } from "../shell/parser/index.js";

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("1.0.7"),
  ...withTwin(envOption("--os-username", "<auth-user-name>", "OS_USERNAME", "TROVE_USERNAME")),
  ...withTwin(envOption("--os-password", "<auth-password>", "OS_PASSWORD", "TROVE_PASSWORD")),
  ...withTwin(
    envOption("--os-tenant-name", "<auth-tenant-name>", "OS_TENANT_NAME", "TROVE_PROJECT_ID"),
  ),
  ...withTwin(envOption("--os-tenant-id", "<auth-tenant-id>", "OS_TENANT_ID", "TROVE_TENANT_ID")),
  ...withTwin(envOption("--os-auth-url", "<auth-url>", "OS_AUTH_URL", "TROVE_URL")),
  ...withTwin(
    envOption("--os-region-name", "<region-name>", "OS_REGION_NAME", "TROVE_REGION_NAME"),
  ),
  ...withTwin(
    envOption("--service-type", "<service-type>", "OS_SERVICE_TYPE", "TROVE_SERVICE_TYPE"),
  ),
  ...withTwin(envOption("--service-name", "<service-name>", "TROVE_SERVICE_NAME")),
  ...withTwin(envOption("--bypass-url", "<bypass-url>", "TROVE_BYPASS_URL")),
  ...withTwin(
    envOption("--database-service-name", "<database-service-name>", "TROVE_DATABASE_SERVICE_NAME"),
  ),
  ...withTwin(
    valueOption(
      "--endpoint-type",
      "<endpoint-type>",
      "Taken from env[TROVE_ENDPOINT_TYPE] when it is left out, else publicURL.",
      { env: ["TROVE_ENDPOINT_TYPE"], otherwise: "publicURL" },
    ),
  ),
  ...withTwin(
    valueOption(
      "--os-database-api-version",
      "<database-api-ver>",
      "1.0, the one that there is; else env[OS_DATABASE_API_VERSION].",
      { env: ["OS_DATABASE_API_VERSION"], otherwise: "1.0" },
    ),
  ),
  envOption("--os-cacert", "<ca-certificate>", "OS_CACERT"),
  flagOption("--insecure", "Do not verify certificates. There are none here."),
  valueOption("--retries", "<retries>", "Number of retries.", { type: int, otherwise: 0 }),
  {
    ...flagOption("--json", "Print JSON and no tables."),
    names: ["--json", "--os-json-output"],
  },
];
