/** The pipeline that Ceilometer comes with. Upstream: etc/ceilometer/pipeline.yaml at 2014.2. */
import type { PipelineConfig } from "./config.js";
import { PipelineDefinition } from "./definition.js";

const PUBLISHERS = ["notifier://"];

/** What turns two values of a meter that only grows into the rate between them. */
const rate = (name: string, nameOf: string, unit: string) => ({
  name: "rate_of_change" as const,
  parameters: {
    source: { map_from: { name, unit } },
    target: { map_to: { name: nameOf, unit: "\\1/s" }, type: "gauge" },
  },
});

export const STOCK_PIPELINE: PipelineConfig = {
  sources: [
    { name: "meter_source", interval: 600, meters: ["*"], sinks: ["meter_sink"] },
    { name: "cpu_source", interval: 600, meters: ["cpu"], sinks: ["cpu_sink"] },
    {
      name: "disk_source",
      interval: 600,
      meters: ["disk.read.bytes", "disk.read.requests", "disk.write.bytes", "disk.write.requests"],
      sinks: ["disk_sink"],
    },
    {
      name: "network_source",
      interval: 600,
      meters: [
        "network.incoming.bytes",
        "network.incoming.packets",
        "network.outgoing.bytes",
        "network.outgoing.packets",
      ],
      sinks: ["network_sink"],
    },
  ],
  sinks: [
    { name: "meter_sink", transformers: null, publishers: PUBLISHERS },
    {
      name: "cpu_sink",
      transformers: [
        {
          name: "rate_of_change",
          parameters: {
            target: {
              name: "cpu_util",
              unit: "%",
              type: "gauge",
              scale: "100.0 / (10**9 * (resource_metadata.cpu_number or 1))",
            },
          },
        },
      ],
      publishers: PUBLISHERS,
    },
    {
      name: "disk_sink",
      transformers: [
        rate("disk\\.(read|write)\\.(bytes|requests)", "disk.\\1.\\2.rate", "(B|request)"),
      ],
      publishers: PUBLISHERS,
    },
    {
      name: "network_sink",
      transformers: [
        rate(
          "network\\.(incoming|outgoing)\\.(bytes|packets)",
          "network.\\1.\\2.rate",
          "(B|packet)",
        ),
      ],
      publishers: PUBLISHERS,
    },
  ],
};

/** The same as it is read. */
export const STOCK_DEFINITION = new PipelineDefinition(STOCK_PIPELINE);
