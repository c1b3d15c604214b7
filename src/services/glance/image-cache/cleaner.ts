/**
 * The program `glance-cache-cleaner`, which removes what went wrong in the image cache and what a
 * glance-api that died has left half written. Upstream: glance/image_cache/cleaner.py, glance/cmd/cache_cleaner.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { CronJob } from "../../../framework/process/cron-job.js";
import type { CacheDirectory } from "./directory.js";
import { imageCacheFlags } from "./flags.js";
import { ImageCache } from "./image-cache.js";

export function cleaner(env: Env, directory: CacheDirectory): CronJob {
  const cache = new ImageCache(env, env.flags.read(imageCacheFlags), directory);
  return new CronJob(env, function* () {
    cache.clean();
  });
}
