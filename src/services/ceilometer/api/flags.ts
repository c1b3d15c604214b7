/** Options of ceilometer-api. Upstream: ceilometer/api/__init__.py, ceilometer/api/controllers/v2.py at 2014.2. */
import {
  authTokenFlags,
  boolean,
  integer,
  option,
  optionalInteger,
} from "../../../framework/index.js";

export const ceilometerAuthFlags = authTokenFlags("ceilometer", false);

export const ceilometerApiFlags = {
  ceilometer_api_port: option(
    "api.port",
    integer(8777, "The port for the ceilometer API server", { min: 1, max: 65_535 }),
    ["metering_api_port"],
  ),
  record_history: option("alarm.record_history", boolean(true, "Record alarm change events")),
  user_alarm_quota: option(
    "alarm.user_alarm_quota",
    optionalInteger("Maximum number of alarms defined for a user"),
  ),
  project_alarm_quota: option(
    "alarm.project_alarm_quota",
    optionalInteger("Maximum number of alarms defined for a project"),
  ),
};
