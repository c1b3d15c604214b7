/**
 * Ceilometer, as a cloud is told of it: who hears notifications, who writes samples of them, and the
 * pipeline between the two. Its agents that poll, its API and its alarms are not there yet.
 */
import { defineProject, everywhere, process, store } from "../../framework/project.js";
import { ceilometerCollector } from "./collector/index.js";
import { notificationAgent } from "./notification/agent.js";
import { exchangeFlags } from "./notification/flags.js";
import { PipelineFile, pipelineOption } from "./pipeline/config.js";
import { STOCK_PIPELINE } from "./pipeline/stock.js";
import { driverFlags, secretFlags, topicFlags } from "./publisher/flags.js";
import { sampleFlags } from "./sample.js";
import { CeilometerDatabase } from "./storage/database.js";
import { userMetadataFlags } from "./user-metadata.js";

const ceilometerDatabase = store((kernel) => new CeilometerDatabase(kernel));
const pipelineFile = everywhere(() => new PipelineFile(STOCK_PIPELINE));

/** What every process reads that has a pipeline. */
const pipelineFlags = [sampleFlags, secretFlags, topicFlags, driverFlags];

export const ceilometer = defineProject({
  name: "ceilometer",
  processes: [
    process({
      binary: "ceilometer-collector",
      on: "controller",
      uses: { db: ceilometerDatabase },
      flags: [secretFlags, topicFlags],
      make: (env, { db }) => ceilometerCollector(env, db),
    }),
    process({
      binary: "ceilometer-agent-notification",
      on: "controller",
      uses: { pipeline: pipelineFile },
      flags: [...pipelineFlags, exchangeFlags, userMetadataFlags],
      make: (env, { pipeline }) => notificationAgent(env, pipeline),
    }),
  ],
  stores: { db: ceilometerDatabase, pipeline: pipelineFile },
  catalog: [],
  serviceUser: "ceilometer",
  options: {
    pipeline: pipelineOption
      .optional()
      .meta({ description: "Ceilometer's pipeline.yaml, instead of the one of 2014.2." }),
  },
  seed({ pipeline }, { pipeline: config }) {
    if (config !== undefined) pipeline.config = config;
  },
  resolve: () => ({}),
});
