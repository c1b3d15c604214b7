/** The contract of topic `alarm_notifier`: run the actions of an alarm. Upstream: ceilometer/alarm/rpc.py at 2014.2. */
import { cast, defineRpcApi, required } from "../../../bus/index.js";
import type { Json } from "../../../python/index.js";

export const alarmNotifierApi = defineRpcApi({
  topic: "alarm_notifier",
  version: "1.0",
  methods: {
    notify_alarm: cast<{ data: Json }>(undefined, { data: required() }),
  },
});
