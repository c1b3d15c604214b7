/**
 * The contract of topic `metering`: samples that were published as `rpc://`. Upstream: ceilometer/collector.py
 * (record_metering_data) at 2014.2.
 */
import { cast, defineRpcApi, required } from "../../../bus/index.js";
import type { Json } from "../../../python/index.js";

export const collectorApi = defineRpcApi({
  topic: "metering",
  version: "1.0",
  methods: {
    record_metering_data: cast<{ data: Json }>(undefined, { data: required() }),
  },
});
