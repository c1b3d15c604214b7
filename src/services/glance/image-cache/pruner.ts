/**
 * The program `glance-cache-pruner`, which keeps the image cache below its size. Nothing else does:
 * between two runs it grows as it likes. Upstream: glance/image_cache/pruner.py, glance/cmd/cache_pruner.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { CronJob } from "../../../framework/process/cron-job.js";
import type { CacheDirectory } from "./directory.js";
import { imageCacheFlags } from "./flags.js";
import { ImageCache } from "./image-cache.js";

export function pruner(env: Env, directory: CacheDirectory): CronJob {
  const cache = new ImageCache(env, env.flags.read(imageCacheFlags), directory);
  return new CronJob(env, function* () {
    cache.prune();
  });
}
