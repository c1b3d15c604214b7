/**
 * What every part of ceilometer-api works with: the database, its own pipeline for samples that are posted, the
 * notifier that tells of alarms, which no flag turns off but `record_history`. Upstream: ceilometer/api/hooks.py,
 * ceilometer/api/app.py at 2014.2.
 */
import { Notifier } from "../../../bus/index.js";
import { serviceFlags, type Env, type FlagsOf } from "../../../framework/index.js";
import type { Stream } from "../../../kernel/index.js";
import type { PipelineFile } from "../pipeline/definition.js";
import { PipelineManager } from "../pipeline/manager.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { ceilometerApiFlags } from "./flags.js";

export class CeilometerApp {
  readonly env: Env;
  readonly db: CeilometerDatabase;
  readonly flags: FlagsOf<typeof ceilometerApiFlags>;
  readonly pipeline: PipelineManager;
  readonly notifier: Notifier;
  /** Where ids of alarms and of their changes come from. */
  readonly ids: Stream;

  /** @throws PipelineException */
  constructor(env: Env, db: CeilometerDatabase, file: PipelineFile) {
    const { notification_driver, notification_topics } = env.flags.read(serviceFlags);
    this.env = env;
    this.db = db;
    this.flags = env.flags.read(ceilometerApiFlags);
    this.pipeline = new PipelineManager(env, file);
    this.notifier = new Notifier(env.bus, {
      publisherId: "ceilometer.api",
      drivers: notification_driver,
      topics: notification_topics,
    });
    this.ids = env.stream("alarm");
  }

  /** `http://controller:8777`: how links begin. */
  get hostUrl(): string {
    return `http://${this.env.hostAt(this.flags.ceilometer_api_port)}`;
  }
}
