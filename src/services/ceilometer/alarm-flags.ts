/** Options of alarms, beside those of the API. Upstream: ceilometer/alarm/service.py, rpc.py,
 * ceilometer/alarm/notifier/rest.py, ceilometer/cmd/alarm.py at 2014.2. */
import { boolean, integer, option, string, wholeSeconds } from "../../framework/index.js";

export const evaluatorFlags = {
  alarm_evaluation_interval: option(
    "alarm.evaluation_interval",
    wholeSeconds(60, "Period of evaluation cycle, in seconds", { min: 1 }),
    ["alarm.threshold_evaluation_interval"],
  ),
  evaluation_service: option(
    "alarm.evaluation_service",
    string("default", "Driver to use for alarm evaluation service", [
      "default",
      "singleton",
      "partitioned",
    ]),
  ),
  partition_rpc_topic: option(
    "alarm.partition_rpc_topic",
    string(
      "alarm_partition_coordination",
      "The topic that ceilometer uses for alarm partition coordination messages",
    ),
  ),
};

export const alarmTopicFlags = {
  notifier_rpc_topic: option(
    "alarm.notifier_rpc_topic",
    string("alarm_notifier", "The topic that ceilometer uses for alarm notifier messages"),
  ),
};

export const restNotifierFlags = {
  rest_notifier_max_retries: option(
    "alarm.rest_notifier_max_retries",
    integer(0, "Number of retries for REST notifier", { min: 0 }),
  ),
  rest_notifier_ssl_verify: option(
    "alarm.rest_notifier_ssl_verify",
    boolean(true, "Whether to verify the SSL server certificate; the network here has http alone"),
  ),
};
