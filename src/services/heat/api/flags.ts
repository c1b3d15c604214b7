/** Options of heat-api. Upstream: heat/common/wsgi.py, heat/common/config.py at 2014.2. */
import { integer, option } from "../../../framework/index.js";

export const heatApiFlags = {
  heat_api_bind_port: option(
    "heat_api.bind_port",
    integer(8004, "The port on which the server will listen", { min: 1, max: 65_535 }),
  ),
  heat_api_workers: option(
    "heat_api.workers",
    integer(0, "Number of workers for Heat service", { min: 0 }),
  ),
  max_json_body_size: integer(1_048_576, "Maximum raw byte size of JSON request body"),
} as const;
