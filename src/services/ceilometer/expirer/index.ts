/** ceilometer-expirer, which cron runs: removes samples that are older than they may be. Upstream: ceilometer/cmd/storage.py (expirer), ceilometer/storage/__init__.py at 2014.2. */
import { option, wholeSeconds, type Env, type Process } from "../../../framework/index.js";
import { CronJob } from "../../../framework/process/cron-job.js";
import type { CeilometerDatabase } from "../storage/database.js";
import { clearExpired } from "../storage/expire.js";

export const expirerFlags = {
  ceilometer_time_to_live: option(
    "database.time_to_live",
    wholeSeconds(-1, "Number of seconds that samples are kept in the database; <= 0: for ever"),
    ["time_to_live"],
  ),
};

export const ceilometerExpirer = (env: Env, db: CeilometerDatabase): Process =>
  new CronJob(env, function* () {
    const { ceilometer_time_to_live: ttl } = env.flags.read(expirerFlags);
    if (ttl <= 0) {
      env.log("info", "Nothing to clean, database time to live is disabled");
      return;
    }
    env.log("debug", "Clearing expired metering data");
    env.log("info", `${clearExpired(db, ttl)} samples removed from database`);
  });
