/**
 * Ceilometer, as a cloud is told of it: who hears notifications and who polls, who writes their samples, the
 * pipeline between them, the API that shows them, and who judges alarms and acts upon them.
 */
import { late } from "../../framework/option-values.js";
import {
  defineProject,
  everywhere,
  onController,
  process,
  store,
} from "../../framework/project.js";
import { ceilometerApiFlags, ceilometerAuthFlags } from "./api/flags.js";
import { ceilometerApi } from "./api/index.js";
import { ceilometerCollector } from "./collector/index.js";
import { notificationAgent } from "./notification/agent.js";
import { exchangeFlags } from "./notification/flags.js";
import { pipelineOption } from "./pipeline/config.js";
import { eventDefinitionsOption } from "./event/config.js";
import { EventDefinitionsFile } from "./event/converter.js";
import { eventFlags, storeEventsFlags } from "./event/flags.js";
import { STOCK_DEFINITIONS } from "./event/stock.js";
import { PipelineDefinition, PipelineFile } from "./pipeline/definition.js";
import { STOCK_DEFINITION } from "./pipeline/stock.js";
import { driverFlags, secretFlags, topicFlags } from "./publisher/flags.js";
import { sampleFlags } from "./sample.js";
import { alarmTopicFlags, evaluatorFlags, restNotifierFlags } from "./alarm-flags.js";
import { alarmEvaluator } from "./evaluator/index.js";
import { ceilometerExpirer, expirerFlags } from "./expirer/index.js";
import { alarmNotifier } from "./notifier/index.js";
import { credentialFlags } from "./service-credentials.js";
import { centralAgent } from "./central/index.js";
import { computeAgent } from "./compute/index.js";
import { hypervisor } from "../hardware.js";
import { CeilometerDatabase } from "./storage/database.js";
import { userMetadataFlags } from "./user-metadata.js";

export const ceilometerDatabase = store((kernel) => new CeilometerDatabase(kernel));
const pipelineFile = everywhere(() => new PipelineFile(STOCK_DEFINITION));

const eventDefinitions = everywhere(() => new EventDefinitionsFile(STOCK_DEFINITIONS));

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
      uses: { pipeline: pipelineFile, events: eventDefinitions, db: ceilometerDatabase },
      flags: [...pipelineFlags, exchangeFlags, userMetadataFlags, storeEventsFlags, eventFlags],
      make: (env, parts) => notificationAgent(env, parts),
    }),
    process({
      binary: "ceilometer-agent-central",
      on: "controller",
      uses: { pipeline: pipelineFile },
      flags: [...pipelineFlags, credentialFlags],
      make: (env, { pipeline }) => centralAgent(env, pipeline),
    }),
    process({
      binary: "ceilometer-agent-compute",
      on: "computes",
      uses: { pipeline: pipelineFile, hypervisor },
      flags: [...pipelineFlags, credentialFlags, userMetadataFlags],
      make: (env, parts) => computeAgent(env, parts.hypervisor, parts.pipeline),
    }),
    process({
      binary: "ceilometer-api",
      on: "controller",
      uses: { db: ceilometerDatabase, pipeline: pipelineFile },
      flags: [...pipelineFlags, ceilometerAuthFlags, ceilometerApiFlags],
      make: (env, { db, pipeline }) => ceilometerApi(env, db, pipeline),
    }),
    process({
      binary: "ceilometer-expirer",
      on: "controller",
      optional: true,
      uses: { db: ceilometerDatabase },
      flags: [expirerFlags],
      make: (env, { db }) => ceilometerExpirer(env, db),
    }),
    process({
      binary: "ceilometer-alarm-notifier",
      on: "controller",
      uses: {},
      flags: [alarmTopicFlags, restNotifierFlags, credentialFlags],
      make: (env) => alarmNotifier(env),
    }),
    process({
      binary: "ceilometer-alarm-evaluator",
      on: "controller",
      uses: {},
      flags: [alarmTopicFlags, evaluatorFlags, credentialFlags],
      make: (env) => alarmEvaluator(env),
    }),
  ],
  stores: { db: ceilometerDatabase, pipeline: pipelineFile, events: eventDefinitions },
  states: {
    alarm: { thing: "alarm", columns: ["state"] },
  },
  catalog: [{ type: "metering", url: onController(8777) }],
  serviceUser: "ceilometer",
  options: {
    pipeline: late(() => pipelineOption())
      .optional()
      .meta({ description: "Ceilometer's pipeline.yaml, instead of the one of 2014.2." }),
    event_definitions: late(() => eventDefinitionsOption())
      .optional()
      .meta({ description: "Ceilometer's event_definitions.yaml, instead of the one of 2014.2." }),
  },
  seed({ pipeline, events }, { pipeline: config, event_definitions }) {
    if (config !== undefined) pipeline.definition = new PipelineDefinition(config);
    if (event_definitions !== undefined) events.config = event_definitions;
  },
  resolve: ({ db }) => ({
    alarm: (name) => db.alarms.find().findLast((alarm) => alarm.name === name)?.alarm_id,
  }),
});
