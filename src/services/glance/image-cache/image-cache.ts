/**
 * What glance-api and the programs of the image cache do with its directory: look, write, read, queue, prune and
 * clean. The bytes do not exist, so a write takes as long as their sender says and no time else.
 * Upstream: glance/image_cache/__init__.py (ImageCache), glance/image_cache/drivers/sqlite.py at 2014.2.
 */
import type { Env, FlagsOf } from "../../../framework/index.js";
import { caught, unixMicros, type Op } from "../../../kernel/index.js";
import { Exception } from "../../../python/index.js";
import { receive, type ImageData } from "../image-data.js";
import type { CachedImage, CacheDirectory } from "./directory.js";
import type { imageCacheFlags } from "./flags.js";

/** What is raised without a class of its own. */
class GlanceException extends Exception {
  static override readonly module: string = "glance.common.exception";
}

export class ImageCache {
  readonly #env: Env;
  readonly #flags: FlagsOf<typeof imageCacheFlags>;
  readonly #directory: CacheDirectory;
  readonly #path: string;

  constructor(env: Env, flags: FlagsOf<typeof imageCacheFlags>, directory: CacheDirectory) {
    this.#env = env;
    this.#flags = flags;
    this.#directory = directory;
    this.#path = flags.image_cache_dir.replace(/\/+$/, "");
    this.#loadDriver();
  }

  isCached(id: string): boolean {
    return this.#directory.active.has(id);
  }

  /** Neither there nor on its way. */
  isCacheable(id: string): boolean {
    return !this.isCached(id) && !this.#directory.incomplete.has(id);
  }

  get cachedImages(): CachedImage[] {
    this.#env.log("debug", "Gathering cached image entries.");
    return [...this.#directory.rows.values()].sort(byId);
  }

  /** In the order in which they were asked for. */
  get queuedImages(): string[] {
    const queued = [...this.#directory.queue].sort(
      ([a, one], [b, other]) => one.modified - other.modified || (a < b ? -1 : 1),
    );
    return queued.map(([id]) => id);
  }

  /** The data of an image that is there, which counts as a hit. */
  read(id: string): ImageData {
    const { active, rows } = this.#directory;
    const { bytes = 0, checksum } = active.get(id) ?? {};
    const row = rows.get(id);
    if (row !== undefined) {
      rows.set(id, { ...row, hits: row.hits + 1, last_accessed: this.#now });
    }
    return { $data: { bytes, ...(checksum !== undefined && { checksum }) } };
  }

  /** Bytes of its file. */
  size(id: string): number {
    return this.#directory.active.get(id)?.bytes ?? 0;
  }

  /**
   * Keep what is read of an image, unless it is not what the image is.
   * @param checksum what it should sum up to, if that is known
   * @throws GlanceException if it does not, with the data moved to `invalid`; what reading throws
   */
  *tee(id: string, data: ImageData, checksum: string | undefined): Op<void> {
    const { active, incomplete, invalid, queue, rows } = this.#directory;
    const [begun, path] = [`${this.#path}/incomplete/${id}`, `${this.#path}/${id}`];
    incomplete.set(id, { modified: this.#now });
    try {
      yield* receive(data);
      const { bytes, checksum: sum } = data.$data;
      if (checksum !== undefined && sum !== undefined && sum !== checksum) {
        throw new GlanceException(
          `Checksum verification failed. Aborted caching of image '${id}'.`,
        );
      }
      this.#env.log("debug", `Fetch finished, moving '${begun}' to '${path}'`);
      incomplete.delete(id);
      active.set(id, { bytes, checksum: sum });
      queue.delete(id);
      const row = { image_id: id, hits: 0, last_accessed: 0, last_modified: this.#now };
      rows.set(id, { ...row, size: bytes });
    } catch (thrown) {
      const error = yield* caught(thrown);
      const aside = `${this.#path}/invalid/${id}`;
      this.#env.log(
        "debug",
        `Fetch of cache file failed (${error.message}), rolling back by moving '${begun}' to '${aside}'`,
      );
      incomplete.delete(id);
      invalid.set(id, { modified: this.#now });
      rows.delete(id);
      this.#env.log("error", error.message);
      throw error;
    }
  }

  delete(id: string): void {
    this.#unlink(id);
    this.#directory.rows.delete(id);
  }

  /** @returns how many there were */
  deleteAll(): number {
    const ids = [...this.#directory.active.keys()];
    for (const id of ids) this.#unlink(id);
    this.#directory.rows.clear();
    return ids.length;
  }

  /** Have the prefetcher fetch it, whether there is such an image or not. */
  enqueue(id: string): void {
    const { incomplete, queue } = this.#directory;
    const why = this.isCached(id)
      ? "Already cached."
      : incomplete.has(id)
        ? "Already being written to cache"
        : queue.has(id)
          ? "Already queued."
          : undefined;
    if (why === undefined) queue.set(id, { modified: this.#now });
    else this.#env.log("info", `Not queueing image '${id}'. ${why}`);
  }

  dequeue(id: string): void {
    this.#directory.queue.delete(id);
  }

  /** @returns how many there were */
  dequeueAll(): number {
    const { size } = this.#directory.queue;
    this.#directory.queue.clear();
    return size;
  }

  /** Remove what was read longest ago until the rest may stay. */
  prune(): void {
    const max = this.#flags.image_cache_max_size;
    let used = this.#directory.used;
    if (max > used) {
      this.#env.log("debug", "Image cache has free space, skipping prune...");
      return;
    }
    this.#env.log(
      "debug",
      `Image cache currently ${String(used - max)} bytes over max size. ` +
        `Starting prune to max size of ${String(max)} `,
    );
    let [files, bytes] = [0, 0];
    for (let oldest = this.#oldest; oldest !== undefined && used > max; oldest = this.#oldest) {
      const size = this.size(oldest.image_id);
      this.#env.log("debug", `Pruning '${oldest.image_id}' to free ${String(size)} bytes`);
      this.delete(oldest.image_id);
      used -= size;
      files += 1;
      bytes += size;
    }
    const pruned = `Pruned ${String(files)} and ${String(bytes)}.`;
    this.#env.log("debug", `Pruning finished pruning. ${pruned}`);
  }

  /** Remove what went wrong, and what nobody has written to for long. */
  clean(): void {
    const { incomplete, invalid } = this.#directory;
    for (const id of invalid.keys()) {
      this.#env.log("info", `Removed invalid cache file ${this.#path}/invalid/${id}`);
    }
    invalid.clear();
    const before = this.#now - this.#flags.image_cache_stall_time;
    for (const [id, { modified }] of incomplete) {
      if (modified >= before) continue;
      incomplete.delete(id);
      this.#env.log("info", `Removed stalled cache file ${this.#path}/incomplete/${id}`);
    }
  }

  /** Of several that were never read, the one that came first. */
  get #oldest(): CachedImage | undefined {
    return [...this.#directory.rows.values()].reduce<CachedImage | undefined>(
      (oldest, row) => (oldest && oldest.last_accessed <= row.last_accessed ? oldest : row),
      undefined,
    );
  }

  /** Seconds since 1970. */
  get #now(): number {
    return unixMicros(this.#env.utcnow()) / 1e6;
  }

  #unlink(id: string): void {
    const path = `${this.#path}/${id}`;
    if (this.#directory.active.delete(id)) {
      this.#env.log("debug", `Deleting image cache file '${path}'`);
    } else {
      this.#env.log("warning", `Cached image file '${path}' doesn't exist, unable to delete`);
    }
  }

  #loadDriver(): void {
    const driver = this.#flags.image_cache_driver;
    if (driver === "sqlite") {
      this.#env.log("info", "Image cache loaded driver 'sqlite'.");
      return;
    }
    const missing = `Got error: 'No module named ${driver}.`;
    this.#env.log("warning", `Image cache driver '${driver}' failed to load. ${missing}`);
    this.#env.log("info", "Defaulting to SQLite driver.");
  }
}

const byId = (one: CachedImage, other: CachedImage): number =>
  one.image_id < other.image_id ? -1 : 1;
