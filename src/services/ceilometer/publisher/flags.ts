/** Options of publishing. Upstream: ceilometer/publisher/utils.py, ceilometer/publisher/messaging.py at 2014.2. */
import { option, secret, string } from "../../../framework/index.js";

/** What signs and checks. */
export const secretFlags = {
  metering_secret: option(
    "publisher.metering_secret",
    secret(string("change this or be hacked", "Secret value for signing metering messages")),
    ["publisher_rpc.metering_secret"],
  ),
};

export const topicFlags = {
  metering_topic: option(
    "publisher_rpc.metering_topic",
    string("metering", "The topic that ceilometer uses for metering messages"),
  ),
  notifier_topic: option(
    "publisher_notifier.metering_topic",
    string("metering", "The topic that ceilometer uses for metering notifications"),
  ),
};

export const driverFlags = {
  metering_driver: option(
    "publisher_notifier.metering_driver",
    string("messagingv2", "The driver that ceilometer uses for metering notifications"),
  ),
};
