/**
 * Options of `ceilometer` itself, before the sub-command. Those of version 3 of Keystone's API, of TLS and of time
 * limits are read and have nothing to act on. Upstream: ceilometerclient/shell.py (get_base_parser),
 * ceilometerclient/openstack/common/apiclient/auth.py, 1.0.12.
 */
import { baseOptions, envOption, flagOption, withTwin } from "../openstack/options.js";
import type { OptionSpec } from "../shell/parser/index.js";

const named = (name: string, ...variables: string[]): readonly OptionSpec[] =>
  withTwin(envOption(name, `<${name.slice(5)}>`, ...variables));

export const globalOptions: readonly OptionSpec[] = [
  ...baseOptions("1.0.12"),
  flagOption("--verbose", "Print more verbose output."),
  ...withTwin(envOption("--timeout", "<seconds>")),
  ...withTwin(envOption("--ceilometer-url", "<url>", "CEILOMETER_URL")),
  ...withTwin(envOption("--ceilometer-api-version", "<version>", "CEILOMETER_API_VERSION")),
  ...named("--os-username", "OS_USERNAME"),
  ...named("--os-password", "OS_PASSWORD"),
  ...named("--os-tenant-id", "OS_TENANT_ID"),
  ...named("--os-tenant-name", "OS_TENANT_NAME"),
  ...named("--os-auth-url", "OS_AUTH_URL"),
  ...named("--os-region-name", "OS_REGION_NAME"),
  ...named("--os-auth-token", "OS_AUTH_TOKEN"),
  ...named("--os-service-type", "OS_SERVICE_TYPE"),
  ...named("--os-endpoint-type", "OS_ENDPOINT_TYPE"),
  ...["--os-cacert", "--os-cert", "--os-key", "--os-project-id", "--os-project-name"].flatMap(
    (name) => named(name, name.slice(2).toUpperCase().replaceAll("-", "_")),
  ),
  flagOption("--os-insecure", "Do not verify certificates."),
];
