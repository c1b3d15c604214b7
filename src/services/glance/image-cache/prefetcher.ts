/**
 * The program `glance-cache-prefetcher`: fetches the images that were queued, all at once, and leaves those
 * in the queue that it could not have. Upstream: glance/image_cache/prefetcher.py, glance/cmd/cache_prefetcher.py at 2014.2.
 */
import type { Env } from "../../../framework/index.js";
import { join, type Op } from "../../../kernel/index.js";
import { AttributeError, isObject } from "../../../python/index.js";
import { AdminRegistry } from "../admin-registry.js";
import type { ImageMeta } from "../image-meta.js";
import { enabledStores, storeOf } from "../stores/enabled.js";
import type { ImageFiles } from "../stores/file-store.js";
import { BadStoreUri } from "../stores/store.js";
import { CronJob } from "../../../framework/process/cron-job.js";
import type { CacheDirectory } from "./directory.js";
import { imageCacheFlags, prefetcherFlags } from "./flags.js";
import { ImageCache } from "./image-cache.js";

export function prefetcher(env: Env, files: ImageFiles, directory: CacheDirectory): CronJob {
  const flags = env.flags.read(prefetcherFlags);
  const cache = new ImageCache(env, env.flags.read(imageCacheFlags), directory);
  const stores = enabledStores(env, flags, files, "checksum");
  const registry = new AdminRegistry(env, {
    host: flags.registry_host,
    port: flags.registry_port,
    authUrl: flags.cache_auth_url,
    username: flags.cache_user,
    password: flags.cache_password,
    tenantName: flags.cache_tenant_name,
  });

  /** @returns whether it is in the cache now */
  function* fetched(id: string): Op<boolean> {
    const image = yield* imageOf(registry, id);
    if (image === undefined) {
      env.log("warning", `No metadata found for image '${id}'`);
      return false;
    }
    if (image.status !== "active") {
      env.log("warning", `Image '${id}' is not active. Not caching.`);
      return false;
    }
    const { location } = image;
    if (!location) throw new AttributeError("'NoneType' object has no attribute 'find'");
    const data = yield* storeOf(stores, location).get(location);
    env.log("debug", `Caching image '${id}'`);
    yield* cache.tee(id, data, image.checksum ?? undefined);
    return true;
  }

  return new CronJob(env, function* () {
    const ids = cache.queuedImages;
    if (ids.length === 0) {
      env.log("debug", "Nothing to prefetch.");
      return;
    }
    env.log("debug", `Found ${String(ids.length)} images to prefetch`);
    const threads = ids.map((id) => env.spawn(`prefetch ${id}`, fetched(id), { awaited: true }));
    let successes = 0;
    for (const thread of threads) if (yield* join(thread)) successes += 1;
    if (successes === ids.length) {
      env.log("info", `Successfully cached all ${String(ids.length)} images`);
    } else env.log("warning", "Failed to successfully cache all images in queue.");
  });
}

/** Undefined if the registry knows no such image. @throws BadStoreUri for any other refusal */
function* imageOf(registry: AdminRegistry, id: string): Op<ImageMeta | undefined> {
  const { status, body } = yield* registry.find("GET", `/images/${encodeURIComponent(id)}`);
  if (status === 404) return undefined;
  if (status >= 400 || !isObject(body)) {
    throw new BadStoreUri(`the registry answered ${String(status)}`);
  }
  return body["image"] as unknown as ImageMeta;
}
