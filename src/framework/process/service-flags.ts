/** Options that every service reads. Upstream: nova/service.py, nova/servicegroup/api.py, oslo.messaging. */
import {
  boolean,
  float,
  integer,
  list,
  multiString,
  option,
  string,
  wholeSeconds,
} from "../flags/index.js";

/** As for whole seconds: the end of what a run's clock holds is far beyond. */
const LONGEST_PAUSE = 2_147_483_647;

export const serviceFlags = {
  debug: boolean(
    false,
    "Record what services log for each thing that they look at; else only detail full has it",
  ),
  report_interval: wholeSeconds(10, "Seconds between nodes reporting state to datastore", {
    min: 0,
  }),
  periodic_enable: boolean(true, "Enable periodic tasks"),
  periodic_fuzzy_delay: wholeSeconds(
    60,
    "Range of seconds to randomly delay when starting the periodic task scheduler",
    { min: 0 },
  ),
  run_external_periodic_tasks: boolean(
    true,
    "Run those periodic tasks that another process could run as well",
  ),
  service_down_time: wholeSeconds(60, "Maximum time since last check-in for up service", {
    min: 0,
  }),
  rpc_response_timeout: wholeSeconds(60, "Seconds to wait for a response from a call", { min: 0 }),
  amqp_durable_queues: option("amqp_durable_queues", boolean(false, "Use durable queues in AMQP"), [
    "rabbit_durable_queues",
  ]),
  kombu_reconnect_delay: float(
    1,
    "Seconds to wait before reconnecting to the broker when a connection is gone",
    { min: 0, max: LONGEST_PAUSE },
  ),
  rabbit_retry_interval: wholeSeconds(1, "Seconds between the first tries to connect to RabbitMQ", {
    min: 0,
  }),
  rabbit_retry_backoff: wholeSeconds(
    2,
    "Seconds by which the time between tries to connect to RabbitMQ grows, up to 30",
    { min: 0 },
  ),
  rabbit_max_retries: integer(0, "How often to try again to connect to RabbitMQ; 0 is for ever"),
  rpc_thread_pool_size: integer(64, "Size of RPC greenthread pool", { min: 1 }),
  notification_driver: multiString([], "Driver or drivers to handle sending notifications"),
  notification_topics: option(
    "notification_topics",
    list(["notifications"], "AMQP topic(s) used for OpenStack notifications"),
    ["rpc_notifier2.topics"],
  ),
  default_notification_level: string("INFO", "Default notification level"),
} as const;
