/**
 * Options by which Heat asks other services, and makes users of its own. The section [clients] is read by
 * nobody, since each client has a section with defaults (bug 1379958). Certificates are not simulated.
 * Upstream: heat/common/config.py at 2014.2.
 */
import { list, option, optionalString, secret, string } from "../../../framework/index.js";

const endpointType = (client: string) =>
  option(
    `clients_${client}.endpoint_type`,
    string("publicURL", "Type of endpoint in the catalog to use for the service"),
  );

export const clientFlags = {
  clients_ceilometer_endpoint_type: endpointType("ceilometer"),
  clients_cinder_endpoint_type: endpointType("cinder"),
  clients_glance_endpoint_type: endpointType("glance"),
  clients_heat_endpoint_type: endpointType("heat"),
  clients_neutron_endpoint_type: endpointType("neutron"),
  clients_nova_endpoint_type: endpointType("nova"),
  clients_swift_endpoint_type: endpointType("swift"),
  clients_trove_endpoint_type: endpointType("trove"),
  clients_heat_url: option(
    "clients_heat.url",
    optionalString("Where Heat is instead, as in http://0.0.0.0:8004/v1/%(tenant_id)s"),
  ),
  region_name_for_services: optionalString("Default region name used to get services endpoints"),
  heat_metadata_server_url: string("", "URL of the Heat metadata server"),
  heat_waitcondition_server_url: string("", "URL of the Heat waitcondition server"),
  heat_watch_server_url: string("", "URL of the Heat CloudWatch server"),
  instance_connection_is_secure: string("0", "Instance connection to CFN/CW API via https"),
  instance_connection_https_validate_certificates: string(
    "1",
    "Instance connection to CFN/CW API validate certs if SSL is used",
  ),
  instance_user: string("ec2-user", "The default user for new instances"),
  trusts_delegated_roles: list(
    ["heat_stack_owner"],
    "Subset of trustor roles to be delegated to heat",
  ),
  heat_stack_user_role: string("heat_stack_user", "Keystone role for heat template-defined users"),
  stack_user_domain_id: option(
    "stack_user_domain_id",
    optionalString("Keystone domain ID which contains heat template-defined users"),
    ["stack_user_domain"],
  ),
  stack_user_domain_name: optionalString("Its name; not read if its ID is set"),
  stack_domain_admin: optionalString("User that may manage users and projects in that domain"),
  stack_domain_admin_password: secret(optionalString("Password of that user")),
} as const;
