/** The contract of topic `alarm_partition_coordination`: evaluators tell each other that they are there, and their master which alarms are whose. Upstream: ceilometer/alarm/rpc.py (RPCAlarmPartitionCoordination) at 2014.2. */
import { cast, defineRpcApi, required } from "../../../../bus/index.js";
import type { Json } from "../../../../python/index.js";

export const alarmPartitionApi = defineRpcApi({
  topic: "alarm_partition_coordination",
  version: "1.0",
  methods: {
    presence: cast<{ data: Json }>(undefined, { data: required() }),
    assign: cast<{ data: Json }>(undefined, { data: required() }),
    allocate: cast<{ data: Json }>(undefined, { data: required() }),
  },
});
