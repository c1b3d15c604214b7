/** What may be said of an OS::Nova::Server, and asked. Upstream: heat/engine/resources/server.py (Server) at 2014.2. */
import { allowedValues, custom } from "../../../parameters/constraints.js";
import { boolean, integer, list, map, schemata, text } from "../../../properties/schema.js";
import type { TypeFacts } from "../../service-resource.js";

const among = (values: readonly string[], otherwise: string | null, update = false) =>
  text({ default: otherwise, constraints: [allowedValues(values)], update });

const DEVICE = map(
  {},
  {
    device_name: text({ required: true }),
    volume_id: text(),
    snapshot_id: text(),
    volume_size: integer(),
    delete_on_termination: boolean(),
  },
);

const NETWORK = map({}, { uuid: text(), network: text(), fixed_ip: text(), port: text() });

export const SERVER: TypeFacts = {
  className: "Server",
  schemata: schemata({
    name: text({ update: true }),
    image: text({ constraints: [custom("glance.image")], update: true }),
    block_device_mapping: list({}, DEVICE),
    flavor: text({ required: true, update: true }),
    flavor_update_policy: among(["RESIZE", "REPLACE"], "RESIZE", true),
    image_update_policy: among(
      ["REBUILD", "REPLACE", "REBUILD_PRESERVE_EPHEMERAL"],
      "REPLACE",
      true,
    ),
    key_name: text({ constraints: [custom("nova.keypair")] }),
    admin_user: text(),
    availability_zone: text(),
    security_groups: list({ default: [] }),
    networks: list({ update: true }, NETWORK),
    scheduler_hints: map(),
    metadata: map({ update: true }),
    user_data_format: among(["HEAT_CFNTOOLS", "RAW", "SOFTWARE_CONFIG"], "HEAT_CFNTOOLS"),
    software_config_transport: among(
      ["POLL_SERVER_CFN", "POLL_SERVER_HEAT", "POLL_TEMP_URL"],
      "POLL_SERVER_CFN",
    ),
    user_data: text({ default: "" }),
    reservation_id: text(),
    config_drive: boolean(),
    diskConfig: among(["AUTO", "MANUAL"], null),
    personality: map({ default: {} }),
    admin_pass: text({ update: true }),
  }),
  attributes: [
    "name",
    "show",
    "addresses",
    "networks",
    "first_address",
    "instance_name",
    "accessIPv4",
    "accessIPv6",
  ],
};

/** Of the host's name, which has to be one for a guest's. */
export const NAME_LIMIT = 53;
