/**
 * As whom Ceilometer's agents and its evaluator ask other services. Upstream: ceilometer/service.py (CLI_OPTIONS) at
 * 2014.2, with the host, the tenant and the password that clouds have here.
 */
import { option, optionalString, secret, string, type Env } from "../../framework/index.js";
import type { ServiceCredentials } from "./client/index.js";

export const credentialFlags = {
  ceilometer_os_username: option(
    "service_credentials.os_username",
    string("ceilometer", "User name to use for OpenStack service access"),
    ["os_username"],
  ),
  ceilometer_os_password: option(
    "service_credentials.os_password",
    secret(string("secret", "Password to use for OpenStack service access")),
    ["os_password"],
  ),
  ceilometer_os_tenant_name: option(
    "service_credentials.os_tenant_name",
    string("service", "Tenant name to use for OpenStack service access"),
    ["os_tenant_name"],
  ),
  ceilometer_os_auth_url: option(
    "service_credentials.os_auth_url",
    string("http://controller:5000/v2.0", "Auth URL to use for OpenStack service access"),
    ["os_auth_url"],
  ),
  ceilometer_os_region_name: option(
    "service_credentials.os_region_name",
    optionalString("Region name to use for OpenStack service endpoints"),
    ["os_region_name"],
  ),
  ceilometer_os_endpoint_type: option(
    "service_credentials.os_endpoint_type",
    string("publicURL", "Type of endpoint in the catalog to use"),
  ),
};

export function serviceCredentials(env: Env): ServiceCredentials {
  const flags = env.flags.read(credentialFlags);
  return {
    authUrl: flags.ceilometer_os_auth_url,
    username: flags.ceilometer_os_username,
    password: flags.ceilometer_os_password,
    tenantName: flags.ceilometer_os_tenant_name,
    endpointType: flags.ceilometer_os_endpoint_type,
    region: flags.ceilometer_os_region_name ?? undefined,
  };
}
