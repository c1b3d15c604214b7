/** Options of heat-api-cfn. Upstream: heat/common/config.py (heat_api_cfn), heat/api/aws/ec2token.py at 2014.2. */
import { boolean, integer, list, option, optionalString } from "../../../framework/index.js";

export const heatApiCfnFlags = {
  heat_api_cfn_bind_port: option(
    "heat_api_cfn.bind_port",
    integer(8000, "The port on which the server will listen", { min: 1, max: 65_535 }),
  ),
  ec2_auth_uri: option("ec2authtoken.auth_uri", optionalString("Authentication Endpoint URI")),
  ec2_multi_cloud: option(
    "ec2authtoken.multi_cloud",
    boolean(false, "Allow orchestration of multiple clouds"),
  ),
  ec2_allowed_auth_uris: option(
    "ec2authtoken.allowed_auth_uris",
    list([], "Keystone endpoints that are asked one after the other if there are multiple clouds"),
  ),
} as const;
