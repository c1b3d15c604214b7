/** Keystone, Glance and Ceilometer's processes that hear and write; others notify as a test has them do. */
import { Notifier, type Priority } from "../../../src/bus/index.js";
import type { Env, FlagValues, Process } from "../../../src/framework/index.js";
import { seconds, type LogLine } from "../../../src/kernel/index.js";
import { str, type Json, type JsonObject } from "../../../src/python/index.js";
import { ceilometerCollector } from "../../../src/services/ceilometer/collector/index.js";
import { notificationAgent } from "../../../src/services/ceilometer/notification/agent.js";
import type { EventDefinitions } from "../../../src/services/ceilometer/event/config.js";
import { EventDefinitionsFile } from "../../../src/services/ceilometer/event/converter.js";
import { STOCK_DEFINITIONS } from "../../../src/services/ceilometer/event/stock.js";
import type { PipelineConfig } from "../../../src/services/ceilometer/pipeline/config.js";
import {
  PipelineDefinition,
  PipelineFile,
} from "../../../src/services/ceilometer/pipeline/definition.js";
import { STOCK_PIPELINE } from "../../../src/services/ceilometer/pipeline/stock.js";
import { CeilometerDatabase } from "../../../src/services/ceilometer/storage/database.js";
import { seedUser } from "../../../src/services/keystone/seed.js";
import type { TestBedOptions } from "../bed.js";
import { ImageBed } from "../glance/bed.js";

export interface MeteringOptions extends TestBedOptions {
  readonly notify?: boolean;
  readonly pipeline?: PipelineConfig;
  readonly collectorFlags?: FlagValues;
  readonly eventDefinitions?: EventDefinitions;
  readonly agentFlags?: FlagValues;
}

interface Running {
  readonly env: Env;
  process: Process;
}

export class MeteringBed extends ImageBed {
  readonly metering = new CeilometerDatabase(this.kernel);
  readonly collector: Running;
  readonly agent: Running;

  constructor({
    pipeline = STOCK_PIPELINE,
    eventDefinitions = STOCK_DEFINITIONS,
    agentFlags = {},
    collectorFlags = {},
    ...options
  }: MeteringOptions = {}) {
    super(options);
    seedUser(this.database, { name: "ceilometer", project: "service", roles: ["admin"] });
    const collector = this.env("ceilometer-collector", { flags: collectorFlags });
    this.collector = {
      env: collector,
      process: this.start(ceilometerCollector(collector, this.metering)),
    };
    const agent = this.env("ceilometer-agent-notification", { flags: agentFlags });
    this.agent = {
      env: agent,
      process: this.start(
        notificationAgent(agent, {
          pipeline: new PipelineFile(new PipelineDefinition(pipeline)),
          events: new EventDefinitionsFile(eventDefinitions),
          db: this.metering,
        }),
      ),
    };
    this.forget();
  }

  /** A service says something. */
  tells(
    exchange: string,
    event: string,
    payload: Json,
    { context = {}, priority = "info" }: { context?: JsonObject; priority?: Priority } = {},
  ): void {
    const { bus } = this.env(`${exchange}-teller`, { exchange });
    const notifier = new Notifier(bus, {
      publisherId: `${exchange}.host-1`,
      drivers: ["messaging"],
      topics: ["notifications"],
    });
    const ctxt = { request_id: "req-1", toWire: () => ({ request_id: "req-1", ...context }) };
    this.run(notifier.notify(ctxt, priority, event, payload));
    this.wait(seconds(1));
  }

  /** What stands in the database: meter, type, unit, volume; user, project, resource. */
  stored(): Json[][] {
    return this.metering.samples.find().map(({ meter_id, resource_id, volume }) => {
      const meter = this.metering.meters.get(meter_id)!;
      const resource = this.metering.resources.get(resource_id)!;
      return [
        ...[meter.name, meter.type, meter.unit, volume],
        ...[resource.user_id, resource.project_id, resource.resource_id],
      ];
    });
  }

  meters(): string[] {
    return this.stored().map(([name = null]) => str(name));
  }

  /** Lines of that level in the logs. */
  lines(level: LogLine["level"]): string[] {
    return this.of<LogLine>("log")
      .filter((line) => line.level === level)
      .map(({ message }) => message);
  }
}
